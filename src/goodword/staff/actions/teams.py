"""Agents who share a kind of work."""

import msgspec
from msgspec import UNSET, UnsetType

from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, append
from goodword.staff import store
from goodword.staff.events import TeamCreated, TeamEdited
from goodword.staff.model import Team
from goodword.staff.profile import checked_name


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
) -> Team:
    """Change what is given; ``members`` replaces them all."""
    stamp.need("staff.manage")
    team = await store.get_team(tx, team_id)
    if name is not UNSET:
        team = msgspec.structs.replace(team, name=checked_name(name))
    if members is not UNSET:
        team = msgspec.structs.replace(team, members=members)
    team = await _keep(tx, stamp, team)
    fact = TeamEdited(team=team.named, members=await store.names_of(tx, team.members))
    await append(tx, team.id, fact, stamp)
    return team


async def _keep(tx: Tx, stamp: Stamp, team: Team) -> Team:
    await tx.lock("staff.teams")
    team = msgspec.structs.replace(team, members=tuple(dict.fromkeys(team.members)))
    await store.names_of(tx, team.members)
    if not await store.keep_team(tx, team, stamp.at):
        raise Conflict("team_taken", fields={"name": "team_taken"})
    return team
