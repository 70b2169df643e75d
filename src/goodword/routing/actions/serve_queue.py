"""Somebody has come or got free, or some time has passed: those who come first are served first."""

from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.routing import store
from goodword.routing.actions.announce import announce_soon
from goodword.routing.actions.give import hand_out


async def serve_queue(tx: Tx, stamp: Stamp) -> None:
    """Give out as much of the queue as the agents who are there can take."""
    await tx.lock(store.LOCK)
    rules = await store.settings(tx)
    queue = await store.queue(tx, stamp.at, rules)
    if not queue:
        return
    await hand_out(tx, stamp, queue, await store.desk(tx, stamp.at, rules))
    await announce_soon(tx, stamp.at)
