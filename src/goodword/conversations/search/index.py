"""Keeping the index: what a message says, under the place that its row names."""

from collections.abc import Iterable
from typing import Final

import msgspec

from goodword.conversations.model import Attachment, Message
from goodword.conversations.search.query import LONGEST_TERM
from goodword.platform.db import Row, Tx
from goodword.platform.words import terms

# The virtual table of SQLite is not known to SQLAlchemy; see the migration 0002.
KEEP: Final = {
    "sqlite": "INSERT INTO search_terms (rowid, terms) VALUES (:place, :terms)",
    "postgresql": """INSERT INTO search_terms (place, terms)
        VALUES (:place, array_to_tsvector(string_to_array(:terms, ' '))) ON CONFLICT (place) DO NOTHING""",
}
FORGET: Final = {
    "sqlite": "INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', :place, :terms)",
    "postgresql": "DELETE FROM search_terms WHERE place = :place AND CAST(:terms AS TEXT) IS NOT NULL",
}
STANDS: Final = {
    "sqlite": "SELECT 1 FROM search_terms WHERE search_terms MATCH :term AND rowid = :place",
    "postgresql": """SELECT 1 FROM search_terms
        WHERE place = :place AND CAST(:term AS TEXT) = ANY (tsvector_to_array(terms))""",
}
BATCH: Final = 200
UNREAD: Final = """
SELECT m.id, m.seq, m.text, c.subject,
  NOT EXISTS (SELECT 1 FROM messages e WHERE e.conversation_id = m.conversation_id AND e.seq < m.seq) AS first,
  (SELECT data FROM events WHERE seq = m.seq) AS fact
FROM messages m JOIN conversations c ON c.id = m.conversation_id
WHERE m.place IS NULL ORDER BY m.seq DESC LIMIT :limit
"""
PLACE: Final = "UPDATE messages SET place = seq, files = :files WHERE id = :id"


async def take_in(tx: Tx, place: int, *texts: str) -> None:
    """What stands in ``texts`` is found at ``place`` from now on."""
    kept = _kept(texts)
    if kept:
        await tx.run(KEEP[tx.engine], place=place, terms=kept)


async def forget(tx: Tx, place: int, *texts: str) -> None:
    """The opposite of ``take_in``, with the same texts: they must be given before they are changed."""
    kept = _kept(texts)
    if kept:
        await tx.run(FORGET[tx.engine], place=place, terms=kept)


async def take_in_more(tx: Tx) -> bool:
    """A batch of the messages that were written down before there was an index; False when there is none left."""
    rows = await tx.rows(UNREAD, limit=BATCH)
    for row in rows:
        files = _files(row)
        names = [file.name for file in files]
        await take_in(tx, row["seq"], row["text"], *names, row["subject"] if row["first"] else "")
        await tx.run(PLACE, id=row["id"], files=len(files))
    return bool(rows)


async def stands_at(tx: Tx, place: int, text: str) -> bool:
    """Whether all of it is found there."""
    for term in _kept((text,)).split():
        if await tx.value(STANDS[tx.engine], term=f'"{term}"' if tx.engine == "sqlite" else term, place=place) is None:
            return False
    return True


class _Spoken(msgspec.Struct):
    message: Message | None = None


def _files(row: Row) -> tuple[Attachment, ...]:
    if row["fact"] is None:
        return ()
    message = msgspec.json.decode(row["fact"], type=_Spoken).message
    return message.attachments if message else ()


def _kept(texts: Iterable[str]) -> str:
    """Each term once, with blanks between them."""
    return " ".join(dict.fromkeys(term[:LONGEST_TERM] for text in texts for term in terms(text)))
