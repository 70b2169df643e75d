"""The teams."""

from typing import Annotated

from litestar import Router, get, patch, post
from litestar.params import SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.staff import store
from goodword.staff.actions.teams import create_team, edit_team
from goodword.staff.model import Caller, Strategy, Team
from goodword.staff.shifts import Shifts

Line = Annotated[str, Meta(max_length=500)]
Members = Annotated[tuple[Line, ...], Meta(max_length=1_000)]


class Teams(Struct):
    teams: list[Team]


class NewTeam(Struct, forbid_unknown_fields=True):
    name: Line
    members: Members = ()


class Changes(Struct, forbid_unknown_fields=True):
    """What is left out stays; ``members`` replaces them all."""

    name: Line | UnsetType = UNSET
    members: Members | UnsetType = UNSET
    strategy: Strategy | UnsetType = UNSET
    overflow_minutes: int | UnsetType | None = UNSET
    overflow_to: Line | UnsetType | None = UNSET
    any_language: bool | UnsetType = UNSET
    shifts: Shifts | UnsetType | None = UNSET


@get("/", summary="All teams")
async def list_teams(database: SkipValidation[Database], caller: Caller) -> Teams:
    caller.need("staff.read")
    return Teams(await database.read(store.all_teams))


@post("/", summary="Make a team")
async def new_team(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: NewTeam
) -> Team:
    stamp = caller.stamp(clock.now())
    return await database.write(create_team, stamp, name=data.name, members=data.members)


@patch("/{team_id:str}", summary="Change a team")
async def change_team(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, team_id: str, data: Changes
) -> Team:
    stamp = caller.stamp(clock.now())
    changes = {name: getattr(data, name) for name in data.__struct_fields__}
    return await database.write(edit_team, stamp, team_id, **changes)


routes = Router("/api/v1/teams", route_handlers=[list_teams, new_team, change_team], tags=["Staff"])
