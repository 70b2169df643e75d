"""Those who wait are told where they stand now, or that nobody is there."""

from collections.abc import Sequence

from goodword.conversations import move_up, tell_nobody_is_there
from goodword.platform.clock import SECOND
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.jobs import enqueue
from goodword.routing import history, opening, store
from goodword.routing.model import Desk, Waiting, can_serve, position_in
from goodword.routing.settings import RoutingSettings
from goodword.routing.waits import expectation

ANNOUNCE = "routing.announce"


async def announce_soon(tx: Tx, at: int) -> None:
    """However much changes within a second, it is told once.

    The job has the second in its key: one that runs already can't swallow the wish for the next.
    """
    due = (at // SECOND + 1) * SECOND
    await enqueue(tx, ANNOUNCE, {}, at=due, dedupe=f"{ANNOUNCE}:{due}")


async def announce_positions(tx: Tx, stamp: Stamp) -> None:
    """Only what is new to a customer is said, and never a place behind the one that he was told.

    Who is overtaken by somebody more urgent hears nothing until he has come nearer than he was.
    """
    await tx.lock(store.LOCK)
    rules = await store.settings(tx)
    queue = await store.queue(tx, stamp.at, rules)
    desk = await store.desk(tx, stamp.at, rules)
    if not queue or not desk.seats:
        return
    waits = await history.waits(tx, stamp.at)
    for waiting in queue:
        position = position_in(queue, waiting.id, desk, stamp.at)
        if can_serve(waiting, desk, stamp.at) and (waiting.told is None or position < waiting.told):
            expected = expectation(waits, position, stamp.at, rules.timezone, waiting.team)
            await move_up(tx, stamp, waiting.id, position, expected.usual, expected.seldom)


async def tell_who_waits_in_vain(
    tx: Tx, stamp: Stamp, queue: Sequence[Waiting], desk: Desk, rules: RoutingSettings
) -> None:
    """Those for whom nobody is there."""
    for waiting in queue:
        if not can_serve(waiting, desk, stamp.at):
            opens_at = await opening.opens_at(tx, stamp.at, rules)
            expected = await opening.expected_seconds(tx, stamp.at, rules, opens_at, waiting.team)
            await tell_nobody_is_there(tx, stamp, waiting.id, expected, opens_at)
