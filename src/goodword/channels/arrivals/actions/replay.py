"""A person has an arrival read once more."""

import msgspec

from goodword.channels.arrivals import store
from goodword.channels.arrivals.events import ArrivalReplayed
from goodword.channels.arrivals.model import Arrival
from goodword.channels.arrivals.queue import have_it_read
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def replay(tx: Tx, stamp: Stamp, arrival_id: str) -> Arrival:
    """Safe at any time: of what is a message already nothing becomes a second one, nor is that one changed."""
    stamp.need("channels.manage")
    arrival = await store.hold_kept(tx, arrival_id)
    if arrival.state == "taken":
        return arrival
    await append(tx, arrival_id, ArrivalReplayed(), stamp)
    await have_it_read(tx, arrival_id, stamp.at)
    return await store.keep(tx, msgspec.structs.replace(arrival, state="waiting", reason="", detail="", attempts=0))
