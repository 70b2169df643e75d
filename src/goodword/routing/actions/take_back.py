"""Nothing lies with somebody who is gone: what he has in hand goes to others, and who waits in vain learns it."""

from goodword.conversations import assign
from goodword.platform.clock import MINUTE
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.jobs import enqueue
from goodword.routing import history, store
from goodword.routing.actions.announce import announce_soon, tell_who_waits_in_vain
from goodword.routing.actions.give import hand_out
from goodword.routing.model import Desk, Waiting
from goodword.routing.returning import Held, goes_back
from goodword.routing.settings import RoutingSettings
from goodword.staff import all_duties

TAKE_BACK = "routing.take_back"
LOOK = "routing.look"


async def take_back_later(tx: Tx, agent_id: str, at: int) -> None:
    """Unless he has come back by then. Going again starts the time anew."""
    rules, duties = await store.settings(tx), await all_duties(tx)
    gone_at = (await history.absence(tx, agent_id, duties, at)).since
    due = max(at, gone_at + rules.return_new_minutes * MINUTE)
    await enqueue(tx, TAKE_BACK, {}, at=due, dedupe=f"{TAKE_BACK}:{agent_id}", move=True)


async def look_each_minute(tx: Tx, now: int) -> None:
    """Shifts begin and end, and waiting grows long, without anything happening that would tell."""
    await enqueue(tx, LOOK, {}, at=(now // MINUTE + 1) * MINUTE, dedupe=LOOK)


async def take_back(tx: Tx, stamp: Stamp, moved: str | None = None) -> None:
    """Serve the queue together with what goes back from those who are gone.

    ``moved``: a conversation whose customer wrote just now, or that woke up just now. What nobody begun and nobody can
    take waits in the queue; what somebody has begun stays with him until another can take it at once.
    """
    await tx.lock(store.LOCK)
    rules = await store.settings(tx)
    desk = await store.desk(tx, stamp.at, rules)
    back = await _going_back(tx, stamp.at, rules, desk, moved)
    returning = [await store.returning(tx, held.id, stamp.at, rules) for held in back]
    queue = await store.queue(tx, stamp.at, rules)
    if not queue and not returning:
        return
    together = sorted([*queue, *returning], key=lambda waiting: waiting.rank)
    left, desk = await hand_out(tx, stamp, together, desk)
    await _put_into_the_queue(tx, stamp, left, {held.id for held in back if not held.begun})
    await tell_who_waits_in_vain(tx, stamp, [waiting for waiting in left if not waiting.owner], desk, rules)
    await announce_soon(tx, stamp.at)


async def _going_back(tx: Tx, now: int, rules: RoutingSettings, desk: Desk, moved: str | None) -> list[Held]:
    here = {seat.id: seat for seat in desk.seats}
    duties = await all_duties(tx)
    back: list[Held] = []
    for agent_id in await history.holders(tx):
        if agent_id not in here:
            absence = await history.absence(tx, agent_id, duties, now)
            back += [
                held
                for held in await history.held_by(tx, agent_id)
                if goes_back(
                    held,
                    absence,
                    now,
                    new_minutes=rules.return_new_minutes,
                    begun_minutes=rules.return_begun_minutes,
                    moved=held.id == moved,
                )
            ]
    return back


async def _put_into_the_queue(tx: Tx, stamp: Stamp, left: list[Waiting], not_begun: set[str]) -> None:
    for waiting in left:
        if waiting.id in not_begun:
            await assign(tx, stamp, waiting.id, agent_id=None, reason="returned")
