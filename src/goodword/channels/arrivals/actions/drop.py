"""A person says that nothing is to become of an arrival."""

import msgspec

from goodword.channels.arrivals import store
from goodword.channels.arrivals.events import ArrivalDropped
from goodword.channels.arrivals.model import Arrival
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, append


async def drop(tx: Tx, stamp: Stamp, arrival_id: str) -> Arrival:
    """Its bytes are kept, and it may be replayed. ``Conflict``: it is a message already."""
    stamp.need("channels.manage")
    arrival = await store.hold_kept(tx, arrival_id)
    if arrival.state == "taken":
        raise Conflict("arrival_taken")
    if arrival.state == "dropped":
        return arrival
    await append(tx, arrival_id, ArrivalDropped(), stamp)
    return await store.keep(tx, msgspec.structs.replace(arrival, state="dropped"))
