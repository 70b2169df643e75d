"""A person puts bytes that can be read in the place of those that came."""

import msgspec

from goodword.channels.arrivals import store
from goodword.channels.arrivals.actions.replay import replay
from goodword.channels.arrivals.events import ArrivalMended
from goodword.channels.arrivals.model import Arrival
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, append


async def mend(tx: Tx, stamp: Stamp, arrival_id: str, digest: str) -> Arrival:
    """Read those of ``digest`` instead; the first ones are kept. ``Conflict``: it is a message already."""
    stamp.need("channels.manage")
    arrival = await store.hold_kept(tx, arrival_id)
    if arrival.state == "taken":
        raise Conflict("arrival_taken")
    await append(tx, arrival_id, ArrivalMended(digest=digest), stamp)
    await store.keep(tx, msgspec.structs.replace(arrival, mended=digest))
    return await replay(tx, stamp, arrival_id)
