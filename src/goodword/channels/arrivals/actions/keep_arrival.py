"""Bytes have come in and lie on the disk."""

from goodword.channels.arrivals import store
from goodword.channels.arrivals.events import ArrivalKept
from goodword.channels.arrivals.model import MAIL, Arrival
from goodword.channels.arrivals.queue import have_it_read
from goodword.channels.model import Channel
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def keep_arrival(
    tx: Tx, stamp: Stamp, channel: Channel, digest: str, size: int, source: str, shape: str = MAIL
) -> tuple[Arrival, bool]:
    """Have them read. The same bytes through the same channel are one arrival: False where they had come before."""
    arrival = Arrival(ids.derived("arr", channel.id, digest), channel.id, source, shape, digest, size, stamp.at)
    if not await store.insert(tx, arrival):
        return await store.get(tx, arrival.id), False
    fact = ArrivalKept(channel=channel.ref, source=source, shape=shape, digest=digest, size=size)
    await append(tx, arrival.id, fact, stamp)
    await have_it_read(tx, arrival.id, stamp.at)
    return arrival, True
