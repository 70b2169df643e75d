"""The one way in for bytes: to the disk, then into the log."""

from goodword.channels.arrivals.actions.forget_arrival import forget_arrival
from goodword.channels.arrivals.actions.keep_arrival import keep_arrival
from goodword.channels.arrivals.forgetting import drop_bytes
from goodword.channels.arrivals.model import MAIL, Arrival
from goodword.channels.arrivals.spool import RawStore
from goodword.channels.model import Channel
from goodword.platform.db import Database
from goodword.platform.events import Actor, Stamp


async def keep_bytes(
    database: Database, raws: RawStore, channel: Channel, raw: bytes, at: int, *, source: str, shape: str = MAIL
) -> tuple[Arrival, bool]:
    """The arrival, and whether these bytes are new to the channel. Once this returns they can't be lost.

    What was forgotten and comes again, from a mailbox that is fetched anew, is not kept a second time.

    ``Unavailable``: they may be, so whoever sent them must be told to send them again.
    """
    digest = await raws.put(raw)
    stamp = Stamp(at, Actor("system", channel.id, channel.name))
    arrival, fresh = await database.write(keep_arrival, stamp, channel, digest, len(raw), source, shape)
    if arrival.state == "forgotten":
        await drop_bytes(raws, await database.write(forget_arrival, stamp, arrival.id))
    return arrival, fresh
