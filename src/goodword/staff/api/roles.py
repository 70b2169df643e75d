"""The roles: six that are built in, and those that were made here."""

from typing import Annotated

from litestar import Router, delete, get, patch, post
from litestar.params import SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.staff import roles
from goodword.staff.actions.roles import create_role, edit_role, remove_role
from goodword.staff.model import RIGHTS, ROLES, Caller
from goodword.staff.roles import CustomRole

Line = Annotated[str, Meta(max_length=500)]
Rights = Annotated[tuple[Line, ...], Meta(max_length=100)]


class RoleLine(Struct):
    """``name`` is empty where the role is built in; ``agents``: how many have it."""

    id: str
    name: str
    built_in: bool
    rights: list[str]
    agents: int


class Roles(Struct):
    """``rights``: all that there are."""

    roles: list[RoleLine]
    rights: tuple[str, ...]


class NewRole(Struct, forbid_unknown_fields=True):
    name: Line
    rights: Rights


class Changes(Struct, forbid_unknown_fields=True):
    """What is left out stays; ``rights`` replaces them all."""

    name: Line | UnsetType = UNSET
    rights: Rights | UnsetType = UNSET


@get("/", summary="All roles with their rights")
async def list_roles(database: SkipValidation[Database], caller: Caller) -> Roles:
    caller.need("staff.read")

    async def deed(tx: Tx) -> Roles:
        many = await roles.holders(tx)
        built_in = [
            RoleLine(role, "", True, [right for right in RIGHTS if right in rights], many.get(role, 0))
            for role, rights in ROLES.items()
        ]
        return Roles([*built_in, *(_line(role, many.get(role.id, 0)) for role in await roles.all_roles(tx))], RIGHTS)

    return await database.read(deed)


@post("/", summary="Make a role")
async def new_role(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: NewRole
) -> RoleLine:
    stamp = caller.stamp(clock.now())
    return _line(await database.write(create_role, stamp, name=data.name, rights=data.rights), 0)


@patch("/{role_id:str}", summary="Change a role; it counts with the next request of everyone who has it")
async def change_role(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, role_id: str, data: Changes
) -> RoleLine:
    stamp = caller.stamp(clock.now())

    async def deed(tx: Tx) -> RoleLine:
        role = await edit_role(tx, stamp, role_id, name=data.name, rights=data.rights)
        return _line(role, (await roles.holders(tx)).get(role.id, 0))

    return await database.write(deed)


@delete("/{role_id:str}", summary="Remove a role that nobody has")
async def drop_role(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, role_id: str
) -> None:
    await database.write(remove_role, caller.stamp(clock.now()), role_id)


def _line(role: CustomRole, agents: int) -> RoleLine:
    return RoleLine(role.id, role.name, False, list(role.rights), agents)


routes = Router("/api/v1/roles", route_handlers=[list_roles, new_role, change_role, drop_role], tags=["Staff"])
