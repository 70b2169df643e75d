"""Somebody has come or got free: those who wait longest go first."""

from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.routing import store
from goodword.routing.actions.announce import announce_soon
from goodword.routing.actions.give import give
from goodword.routing.model import handed_out


async def serve_queue(tx: Tx, stamp: Stamp) -> None:
    """Give out as much of the queue as the agents who are there can take."""
    await tx.lock(store.LOCK)
    queue = await store.queue(tx)
    if not queue:
        return
    desk = await store.desk(tx, stamp.at)
    for waiting, seat in handed_out(queue, desk, stamp.at):
        await give(tx, stamp, waiting.id, seat)
    await announce_soon(tx, stamp.at)
