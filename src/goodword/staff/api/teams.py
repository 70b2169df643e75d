"""The teams."""

from typing import Annotated

from litestar import Router, delete, get, patch, post
from litestar.params import SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.staff import store
from goodword.staff.actions.remove_team import remove_team, restore_team
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


@delete("/{team_id:str}", summary="Remove a team")
async def drop_team(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, team_id: str
) -> None:
    """It can be restored for half a minute; then whatever names it lets go of it."""
    await database.write(remove_team, caller.stamp(clock.now()), team_id)


@post("/{team_id:str}/restore", status_code=200, summary="Take a team's removal back")
async def fetch_back(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, team_id: str
) -> Team:
    return await database.write(restore_team, caller.stamp(clock.now()), team_id)


handlers = [list_teams, new_team, change_team, drop_team, fetch_back]
routes = Router("/api/v1/teams", route_handlers=handlers, tags=["Staff"])
