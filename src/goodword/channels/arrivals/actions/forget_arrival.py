"""Nothing is left of an arrival but that it came."""

import msgspec

from goodword.channels.arrivals import store
from goodword.channels.arrivals.events import ArrivalForgotten
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def forget_arrival(tx: Tx, stamp: Stamp, arrival_id: str) -> list[str]:
    """The names of the bytes that may go now: no other arrival has them. The same ones, however often it is asked."""
    arrival = await store.hold(tx, arrival_id)
    if arrival.state != "forgotten":
        await append(tx, arrival_id, ArrivalForgotten(), stamp)
        await store.keep(tx, msgspec.structs.replace(arrival, state="forgotten", reason="", detail=""))
    names = [arrival.digest, *([arrival.mended] if arrival.mended else [])]
    return [digest for digest in names if not await store.is_needed(tx, digest)]
