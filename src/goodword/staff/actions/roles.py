"""Roles of our own: made, changed, removed. What somebody may counts with his next request."""

import msgspec
from msgspec import UNSET, UnsetType

from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, append
from goodword.staff import roles, security
from goodword.staff.events import RoleCreated, RoleEdited, RoleRemoved
from goodword.staff.model import ROLES, check_not_above
from goodword.staff.profile import checked_name
from goodword.staff.roles import CustomRole, checked_rights


async def create_role(tx: Tx, stamp: Stamp, *, name: str, rights: tuple[str, ...]) -> CustomRole:
    """``Forbidden``: with a right that the maker hasn't; ``Conflict``: the name is taken."""
    stamp.need("roles.manage")
    role = CustomRole(ids.new("rol", stamp.at), checked_name(name), checked_rights(rights))
    check_not_above(stamp, frozenset(role.rights))
    await _keep(tx, stamp, role)
    await append(tx, role.id, RoleCreated(role=role.named, rights=role.rights), stamp)
    return role


async def edit_role(
    tx: Tx,
    stamp: Stamp,
    role_id: str,
    *,
    name: str | UnsetType = UNSET,
    rights: tuple[str, ...] | UnsetType = UNSET,
) -> CustomRole:
    """Change what is given. ``Forbidden``: it has, or would get, a right that who changes it hasn't."""
    stamp.need("roles.manage")
    role = await _get(tx, role_id)
    previous = role.rights
    if name is not UNSET:
        role = msgspec.structs.replace(role, name=checked_name(name))
    if rights is not UNSET:
        role = msgspec.structs.replace(role, rights=checked_rights(rights))
    check_not_above(stamp, frozenset(role.rights) | frozenset(previous))
    await _keep(tx, stamp, role)
    await append(tx, role.id, RoleEdited(role=role.named, rights=role.rights, previous=previous), stamp)
    return role


async def remove_role(tx: Tx, stamp: Stamp, role_id: str) -> None:
    """``Conflict``: somebody has it still, or newcomers would get it."""
    stamp.need("roles.manage")
    await tx.lock("staff.admins")
    role = await _get(tx, role_id)
    check_not_above(stamp, frozenset(role.rights))
    many = (await roles.holders(tx)).get(role.id, 0)
    if many:
        raise Conflict("role_in_use", count=many)
    policy = await security.get(tx)
    if policy.provider and policy.provider.newcomers == role.id:
        raise Conflict("role_of_newcomers")
    await roles.drop_role(tx, role.id)
    await append(tx, role.id, RoleRemoved(role=role.named), stamp)


async def _get(tx: Tx, role_id: str) -> CustomRole:
    if role_id in ROLES:
        raise Conflict("role_built_in")
    await tx.lock("staff.roles")
    return await roles.get_role(tx, role_id)


async def _keep(tx: Tx, stamp: Stamp, role: CustomRole) -> None:
    await tx.lock("staff.roles")
    if not await roles.keep_role(tx, role, stamp.at):
        raise Conflict("role_taken", fields={"name": "role_taken"})
