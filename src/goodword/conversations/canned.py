"""Canned answers: texts that are needed often, in every language, with fields to fill."""

from collections.abc import Sequence

import msgspec

from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Fact
from goodword.staff import Scope

KEEP = """
INSERT INTO canned_answers (id, key, texts, scope, team_id, owner, used, at)
VALUES (:id, :key, :texts, :scope, :team_id, :owner, :used, :at)
ON CONFLICT (id) DO UPDATE SET key = excluded.key, texts = excluded.texts, scope = excluded.scope,
  team_id = excluded.team_id, owner = excluded.owner, at = excluded.at
"""


class CannedAnswer(msgspec.Struct, frozen=True):
    """``texts`` by language; fields: ``{customer}``, ``{agent}``, ``{order}``, ``{company}`` and ``{number}``.

    ``owner``: the agent whose it is alone, with the scope ``mine``; nobody's otherwise. ``used``: how many replies that
    were sent it was put into.
    """

    id: str
    key: str
    texts: dict[str, str]
    scope: Scope = "everyone"
    team_id: str | None = None
    owner: str = ""
    used: int = 0


class CannedAnswerKept(Fact):
    canned: CannedAnswer


class CannedAnswerRemoved(Fact):
    key: str
    used: int = 0


async def get_canned_answer(tx: Tx, id: str) -> CannedAnswer:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM canned_answers WHERE id = :id", id=id)
    if row is None:
        raise NotFound("canned")
    return _canned(row)


async def canned_by_key(tx: Tx, key: str) -> CannedAnswer:
    """Of those that are not somebody's alone: what rules and macros may say. ``NotFound`` where there is none."""
    canned = await find_by_key(tx, key)
    if canned is None:
        raise NotFound("canned")
    return canned


async def find_by_key(tx: Tx, key: str, owner: str = "") -> CannedAnswer | None:
    row = await tx.row("SELECT * FROM canned_answers WHERE key = :key AND owner = :owner", key=key, owner=owner)
    return None if row is None else _canned(row)


async def canned_answers(tx: Tx) -> list[CannedAnswer]:
    return [_canned(row) for row in await tx.rows("SELECT * FROM canned_answers ORDER BY key, id")]


async def keep(tx: Tx, canned: CannedAnswer, at: int) -> None:
    values = msgspec.structs.asdict(canned) | {"texts": msgspec.json.encode(canned.texts).decode()}
    await tx.run(KEEP, **values, at=at)


async def drop(tx: Tx, id: str) -> None:
    await tx.run("DELETE FROM canned_answers WHERE id = :id", id=id)


async def count_uses(tx: Tx, ids: Sequence[str]) -> None:
    """A reply was made from these. One that is gone meanwhile counts for nothing."""
    for id in sorted(set(ids)):
        await tx.run("UPDATE canned_answers SET used = used + 1 WHERE id = :id", id=id)


def _canned(row: Row) -> CannedAnswer:
    texts = msgspec.json.decode(row["texts"])
    return CannedAnswer(row["id"], row["key"], texts, row["scope"], row["team_id"], row["owner"], row["used"])
