"""Roles: the six that are built in, and every query on those that were made here."""

from collections.abc import Iterable

import msgspec

from goodword.platform.db import Row, Tx
from goodword.platform.errors import BadInput, NotFound
from goodword.staff.model import RIGHTS, ROLES, Named

KEEP = """
INSERT INTO roles (id, name, rights, created_at) VALUES (:id, :name, :rights, :at)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, rights = excluded.rights
"""


class CustomRole(msgspec.Struct, frozen=True):
    """One that was made here; ``rights`` in the order of ``RIGHTS``."""

    id: str
    name: str
    rights: tuple[str, ...]

    @property
    def named(self) -> Named:
        return Named(self.id, self.name)


def checked_rights(rights: Iterable[str]) -> tuple[str, ...]:
    """Each once, in our order. ``BadInput``: one is unknown."""
    wanted = set(rights)
    if not wanted <= set(RIGHTS):
        raise BadInput("rights", fields={"rights": "rights"})
    return tuple(right for right in RIGHTS if right in wanted)


async def rights_of(tx: Tx, role: str) -> frozenset[str]:
    """Of a built-in role or one that was made here. ``BadInput``: there is no such role."""
    if role in ROLES:
        return ROLES[role]
    row = await tx.row("SELECT * FROM roles WHERE id = :id", id=role)
    if row is None:
        raise BadInput("role", fields={"role": "role"})
    return frozenset(_role(row).rights)


async def get_role(tx: Tx, id: str) -> CustomRole:
    """``NotFound`` where there is none that was made here."""
    row = await tx.row("SELECT * FROM roles WHERE id = :id", id=id)
    if row is None:
        raise NotFound("role")
    return _role(row)


async def all_roles(tx: Tx) -> list[CustomRole]:
    """Those that were made here, by name."""
    return [_role(row) for row in await tx.rows("SELECT * FROM roles ORDER BY name, id")]


async def holders(tx: Tx) -> dict[str, int]:
    """How many agents have each role, those who have left among them."""
    rows = await tx.rows("SELECT role, count(*) AS many FROM agents GROUP BY role")
    return {row["role"]: row["many"] for row in rows}


async def keep_role(tx: Tx, role: CustomRole, at: int) -> bool:
    """False: another role has this name."""
    if await tx.value("SELECT id FROM roles WHERE name = :name AND id <> :id", name=role.name, id=role.id):
        return False
    await tx.run(KEEP, id=role.id, name=role.name, rights=msgspec.json.encode(role.rights).decode(), at=at)
    return True


async def drop_role(tx: Tx, id: str) -> None:
    await tx.run("DELETE FROM roles WHERE id = :id", id=id)


def _role(row: Row) -> CustomRole:
    return CustomRole(row["id"], row["name"], msgspec.json.decode(row["rights"], type=tuple[str, ...]))
