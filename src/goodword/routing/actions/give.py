"""Conversations go to the agents who were chosen."""

from collections.abc import Sequence

from goodword.conversations import assign
from goodword.conversations.events import AssignedReason
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.routing import history
from goodword.routing.model import Desk, Seat, Waiting, handed_out


async def hand_out(tx: Tx, stamp: Stamp, queue: Sequence[Waiting], desk: Desk) -> tuple[list[Waiting], Desk]:
    """As much of ``queue`` as the agents who are there can take; what is left, and the desk as it is then."""
    left = list(queue)
    for waiting, seat in handed_out(queue, desk, stamp.at):
        await _give(tx, stamp, waiting, seat, desk)
        left.remove(waiting)
        desk = desk.given(seat.id, waiting.kind)
    return left, desk


async def _give(tx: Tx, stamp: Stamp, waiting: Waiting, seat: Seat, desk: Desk) -> None:
    """Noted at once, because the next choice in this transaction depends on it."""
    reason = _reason(waiting, seat, desk)
    await assign(tx, stamp, waiting.id, agent_id=seat.id, team_id=waiting.team, reason=reason)
    if event := await history.newest_assignment(tx, waiting.id):
        await history.keep_assignment(tx, event, seat.id)


def _reason(waiting: Waiting, seat: Seat, desk: Desk) -> AssignedReason:
    if waiting.owner:
        return "returned"
    from_elsewhere = waiting.team in desk.teams and waiting.team not in seat.teams
    return "overflow" if from_elsewhere else "routed"
