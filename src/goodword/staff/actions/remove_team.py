"""A team is no more. For a while it can be fetched back; then whatever names it lets go of it."""

from typing import Final

import msgspec

from goodword.platform.clock import SECOND
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict, NotFound
from goodword.platform.events import Event, Stamp, append, latest
from goodword.platform.jobs import cancel, enqueue
from goodword.staff import store
from goodword.staff.events import TeamEdited, TeamForgotten, TeamRemoved, TeamRestored
from goodword.staff.model import Team

FORGET_TEAM: Final = "staff.forget_team"
FETCHED_BACK_WITHIN: Final = 30 * SECOND


async def remove_team(tx: Tx, stamp: Stamp, team_id: str) -> None:
    """``NotFound``: there is none."""
    stamp.need("staff.manage")
    await tx.lock("staff.teams")
    team = await store.get_team(tx, team_id)
    await store.drop_team(tx, team_id)
    await append(tx, team_id, TeamRemoved(team=team.named, whole=team), stamp)
    at = stamp.at + FETCHED_BACK_WITHIN
    await enqueue(tx, FORGET_TEAM, {"team_id": team_id}, at=at, dedupe=_timer(team_id), move=True)


async def restore_team(tx: Tx, stamp: Stamp, team_id: str) -> Team:
    """As it was. ``NotFound``: it was not removed, or too long ago; ``Conflict``: its name is another's by now."""
    stamp.need("staff.manage")
    await tx.lock("staff.teams")
    _, team = await _removed(tx, team_id) or (None, None)
    if team is None:
        raise NotFound("team")
    if not await store.keep_team(tx, team, stamp.at):
        raise Conflict("team_taken", fields={"name": "team_taken"})
    await append(tx, team_id, TeamRestored(team=team.named, members=await store.names_of(tx, team.members)), stamp)
    await cancel(tx, _timer(team_id))
    return team


async def forget_team(tx: Tx, now: int, team_id: str) -> None:
    """Nobody has fetched it back: in the name of who removed it, and once."""
    await tx.lock("staff.teams")
    event, team = await _removed(tx, team_id) or (None, None)
    if event is None or team is None:
        return
    stamp = event.stamp(now, event.actor)
    for other in await store.all_teams(tx):
        if other.overflow_to == team_id:
            await store.keep_team(tx, msgspec.structs.replace(other, overflow_to=None), now)
            fact = TeamEdited(team=other.named, members=await store.names_of(tx, other.members))
            await append(tx, other.id, fact, stamp)
    await append(tx, team_id, TeamForgotten(team=team.named), stamp)


async def _removed(tx: Tx, team_id: str) -> tuple[Event, Team] | None:
    """The removal of one that can still be fetched back."""
    for event in await latest(tx, team_id, 1):
        fact = event.fact() if event.type == TeamRemoved.__name__ else None
        if isinstance(fact, TeamRemoved):
            return event, fact.whole
    return None


def _timer(team_id: str) -> str:
    return f"{FORGET_TEAM}:{team_id}"
