"""Canned answers: texts that are needed often, in every language, with fields to fill."""

import msgspec

from goodword.platform import ids
from goodword.platform.db import Row, Tx
from goodword.platform.errors import BadInput, NotFound
from goodword.platform.events import Fact, Stamp, append
from goodword.platform.i18n import LANGUAGES

LONGEST_KEY = 60
LONGEST_TEXT = 10_000

KEEP = """
INSERT INTO canned_answers (id, key, texts, at) VALUES (:id, :key, :texts, :at)
ON CONFLICT (id) DO UPDATE SET key = excluded.key, texts = excluded.texts, at = excluded.at
"""


class CannedAnswer(msgspec.Struct, frozen=True):
    """``texts`` by language; fields: ``{customer}``, ``{agent}``, ``{order}``, ``{company}`` and ``{number}``."""

    id: str
    key: str
    texts: dict[str, str]


class CannedAnswerKept(Fact):
    canned: CannedAnswer


class CannedAnswerRemoved(Fact):
    key: str


async def keep_canned_answer(
    tx: Tx, stamp: Stamp, key: str, texts: dict[str, str], *, id: str | None = None
) -> CannedAnswer:
    """A new one, or another wording of ``id``. ``BadInput``: key or texts; ``Conflict``: another has this key."""
    stamp.need("conversations.assign")
    key = "-".join(key.lower().split())
    if not 1 <= len(key) <= LONGEST_KEY:
        raise BadInput("name", limit=LONGEST_KEY)
    if not texts or any(code not in LANGUAGES or len(text) > LONGEST_TEXT for code, text in texts.items()):
        raise BadInput("texts")
    canned = CannedAnswer(id or ids.new("can", stamp.at), key, texts)
    await tx.run(KEEP, id=canned.id, key=key, texts=msgspec.json.encode(texts).decode(), at=stamp.at)
    await append(tx, canned.id, CannedAnswerKept(canned=canned), stamp)
    return canned


async def remove_canned_answer(tx: Tx, stamp: Stamp, id: str) -> None:
    stamp.need("conversations.assign")
    key = await tx.value("DELETE FROM canned_answers WHERE id = :id RETURNING key", id=id)
    if key is None:
        raise NotFound("canned")
    await append(tx, id, CannedAnswerRemoved(key=key), stamp)


async def get_canned_answer(tx: Tx, id: str) -> CannedAnswer:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT id, key, texts FROM canned_answers WHERE id = :id", id=id)
    if row is None:
        raise NotFound("canned")
    return _canned(row)


async def canned_by_key(tx: Tx, key: str) -> CannedAnswer:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT id, key, texts FROM canned_answers WHERE key = :key", key=key)
    if row is None:
        raise NotFound("canned")
    return _canned(row)


async def canned_answers(tx: Tx) -> list[CannedAnswer]:
    return [_canned(row) for row in await tx.rows("SELECT id, key, texts FROM canned_answers ORDER BY key")]


def _canned(row: Row) -> CannedAnswer:
    return CannedAnswer(row["id"], row["key"], msgspec.json.decode(row["texts"]))
