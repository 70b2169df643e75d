"""Agents who share a kind of work."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, Conflict
from goodword.platform.events import Stamp, append
from goodword.staff import store
from goodword.staff.events import TeamCreated, TeamEdited
from goodword.staff.model import Strategy, Team
from goodword.staff.profile import checked_minutes, checked_name
from goodword.staff.shifts import Shifts, checked_shifts


async def create_team(tx: Tx, stamp: Stamp, *, name: str, members: tuple[str, ...] = ()) -> Team:
    """``members``: ids of agents. ``Conflict``: the name is taken; ``NotFound``: no such agent."""
    stamp.need("staff.manage")
    team = await _keep(tx, stamp, Team(ids.new("tem", stamp.at), checked_name(name), members))
    fact = TeamCreated(team=team.named, members=await store.names_of(tx, team.members))
    await append(tx, team.id, fact, stamp)
    return team


async def edit_team(
    tx: Tx,
    stamp: Stamp,
    team_id: str,
    *,
    name: str | UnsetType = UNSET,
    members: tuple[str, ...] | UnsetType = UNSET,
    strategy: Strategy | UnsetType = UNSET,
    overflow_minutes: int | UnsetType | None = UNSET,
    overflow_to: str | UnsetType | None = UNSET,
    any_language: bool | UnsetType = UNSET,
    shifts: Shifts | UnsetType | None = UNSET,
) -> Team:
    """Change what is given; ``members`` replaces them all. See ``Team``.

    ``Forbidden``: who they are is a matter of the staff, what they get is one of routing.
    """
    wanted: dict[str, Any] = {}
    whom = [one for one in (name, members) if one is not UNSET]
    what = [one for one in (strategy, overflow_minutes, overflow_to, any_language, shifts) if one is not UNSET]
    if whom:
        stamp.need("staff.manage")
    if what or not whom:
        stamp.need("routing.manage")
    if name is not UNSET:
        wanted["name"] = checked_name(name)
    if members is not UNSET:
        wanted["members"] = members
    if strategy is not UNSET:
        wanted["strategy"] = strategy
    if overflow_minutes is not UNSET:
        wanted["overflow_minutes"] = None if overflow_minutes is None else checked_minutes(overflow_minutes)
    if overflow_to is not UNSET:
        wanted["overflow_to"] = await _other_team(tx, team_id, overflow_to)
    if any_language is not UNSET:
        wanted["any_language"] = any_language
    if shifts is not UNSET:
        wanted["shifts"] = checked_shifts(shifts) if shifts else None
    team = await _keep(tx, stamp, msgspec.structs.replace(await store.get_team(tx, team_id), **wanted))
    fact = TeamEdited(team=team.named, members=await store.names_of(tx, team.members))
    await append(tx, team.id, fact, stamp)
    return team


async def _other_team(tx: Tx, team_id: str, other: str | None) -> str | None:
    if other is not None and (other == team_id or await store.find_team(tx, other) is None):
        raise BadInput("team", fields={"overflow_to": "team"})
    return other


async def _keep(tx: Tx, stamp: Stamp, team: Team) -> Team:
    await tx.lock("staff.teams")
    team = msgspec.structs.replace(team, members=tuple(dict.fromkeys(team.members)))
    await store.names_of(tx, team.members)
    if not await store.keep_team(tx, team, stamp.at):
        raise Conflict("team_taken", fields={"name": "team_taken"})
    return team
