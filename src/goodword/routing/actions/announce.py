"""Those who wait are told where they stand now."""

from goodword.conversations import move_up
from goodword.platform.clock import SECOND
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.jobs import enqueue
from goodword.routing import store
from goodword.routing.model import estimate_seconds, position_in

ANNOUNCE = "routing.announce"


async def announce_soon(tx: Tx, at: int) -> None:
    """However much changes within a second, it is told once.

    The job has the second in its key: one that runs already can't swallow the wish for the next.
    """
    due = (at // SECOND + 1) * SECOND
    await enqueue(tx, ANNOUNCE, {}, at=due, dedupe=f"{ANNOUNCE}:{due}")


async def announce_positions(tx: Tx, stamp: Stamp) -> None:
    """Only what is new to a customer is said."""
    await tx.lock(store.LOCK)
    queue = await store.queue(tx)
    desk = await store.desk(tx, stamp.at)
    if not queue or not desk.seats:
        return
    waits = await store.waits(tx)
    for waiting in queue:
        position = position_in(queue, waiting.id, desk)
        await move_up(tx, stamp, waiting.id, position, estimate_seconds(waits, position))
