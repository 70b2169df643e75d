"""Looking: the newest places where all the words stand, the best of them first."""

from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

import msgspec
from sqlalchemy import Select, select

from goodword.conversations import inbox
from goodword.conversations.inbox import InboxRow
from goodword.conversations.search.conditions import (
    Conditions,
    Scope,
    customers_called,
    names,
    numbers,
    on_conversations,
    on_messages,
)
from goodword.conversations.search.hits import hits
from goodword.conversations.search.query import Query, Wanted, marked_terms, wanted_terms
from goodword.conversations.search.snippets import Piece, is_hit, snippet
from goodword.conversations.tables import conversations as c
from goodword.conversations.tables import messages as m
from goodword.platform.clock import DAY
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Actor

# How many places are ranked against each other, and how often that is tried before the asker has to ask again.
WINDOW: Final = 300
WINDOWS: Final = 8
MOST_PEOPLE: Final = 3
HALF_AS_GOOD: Final = 120 * DAY
NOWHERE: Final = 1 << 62


class Found(msgspec.Struct, frozen=True):
    """``kind`` says what was found: a message, a note, the subject, or the customer's name with his newest words."""

    conversation: InboxRow
    message_id: str
    seq: int
    at: int
    author: Actor
    kind: Literal["message", "note", "subject", "customer"]
    snippet: list[Piece]


class Narrowed(NamedTuple):
    """The conditions on a message and on its conversation."""

    messages: Conditions
    conversations: Conditions


class Hit(msgspec.Struct, frozen=True):
    """A message as the search comes upon it."""

    id: str
    conversation_id: str
    seq: int
    place: int
    at: int
    kind: str
    author_kind: Literal["customer", "agent", "assistant", "system"]
    author_id: str | None
    text: str


class Place(msgspec.Struct, frozen=True):
    """Where the next page begins: below which place of the index, and how many of its window were shown."""

    below: int = NOWHERE
    shown: int = 0

    def __str__(self) -> str:
        return f"{self.below}.{self.shown}"

    @classmethod
    def read(cls, text: str | None) -> "Place":
        """``BadInput``: not one of ours."""
        if text is None:
            return cls()
        below, dot, shown = text.partition(".")
        if not dot or len(text) > 40 or not all(part.isascii() and part.isdigit() for part in (below, shown)):
            raise BadInput("before")
        return cls(min(int(below), NOWHERE), int(shown))


async def find(
    tx: Tx, query: Query, scope: Scope, now: int, limit: int = 30, before: str | None = None
) -> tuple[list[Found], str | None]:
    """A page of what was found, and ``before`` of the next. Nothing asked, nothing found."""
    wanted, place = wanted_terms(query.words), Place.read(before)
    if query.is_empty or (query.words and not wanted):
        return [], None
    narrowed = Narrowed(await on_messages(tx, query, scope), await on_conversations(tx, query, scope))
    people = await _people(tx, query, scope, narrowed) if before is None and wanted else []
    rows, following = await _page(tx, query, wanted, narrowed, place, now, limit)
    shown = await _shown(tx, [*people, *rows], marked_terms(query.words), scope.agent_id)
    return shown, str(following) if following else None


async def _page(
    tx: Tx, query: Query, wanted: Sequence[Wanted], narrowed: Narrowed, place: Place, now: int, limit: int
) -> tuple[list[Hit], Place | None]:
    """Window by window, until there is something to show or nothing left to look at."""
    exactly = query.words.casefold()
    for _ in range(WINDOWS):
        rows, lowest = await _window(tx, wanted, narrowed, place.below)
        ranked = sorted(rows, key=lambda row: _worth(row, exactly, now), reverse=True)
        page = ranked[place.shown : place.shown + limit]
        if place.shown + limit < len(ranked):
            return page, Place(place.below, place.shown + limit)
        if page or lowest is None:
            return page, None if lowest is None else Place(lowest)
        place = Place(lowest)
    return [], place


async def _window(tx: Tx, wanted: Sequence[Wanted], narrowed: Narrowed, below: int) -> tuple[list[Hit], int | None]:
    """The messages of a window, and where the next one begins; None where this was the last."""
    if not wanted:
        return await _newest_of_each(tx, narrowed, below)
    places = await hits(tx, wanted, below, WINDOW)
    lowest = places[-1] if len(places) == WINDOW else None
    rows = await _messages(tx, select(m).where(m.c.place.in_(numbers(places, tx.engine)), *narrowed.messages))
    return await _of_these(tx, rows, narrowed.conversations), lowest


async def _of_these(tx: Tx, rows: list[Hit], conditions: Conditions) -> list[Hit]:
    """Asked for apart: a database that joins might begin with all conversations that fit."""
    if not conditions or not rows:
        return rows
    ids = names(sorted({row.conversation_id for row in rows}), tx.engine)
    fitting = {row["id"] for row in await tx.rows(select(c.c.id).where(c.c.id.in_(ids), *conditions))}
    return [row for row in rows if row.conversation_id in fitting]


async def _newest_of_each(tx: Tx, narrowed: Narrowed, below: int) -> tuple[list[Hit], int | None]:
    """Where no words are asked for, a conversation is shown once, by the newest of its messages that fit."""
    joined = select(m).join(c, c.c.id == m.c.conversation_id)
    query = joined.where(m.c.place < below, *narrowed.messages, *narrowed.conversations)
    rows = await _messages(tx, query)
    newest: dict[str, Hit] = {}
    for row in rows:
        newest.setdefault(row.conversation_id, row)
    return list(newest.values()), rows[-1].place if len(rows) == WINDOW else None


async def _messages(tx: Tx, query: Select[Any]) -> list[Hit]:
    # What was said under the seal of a whisper has another kind, and nobody finds it.
    shown = query.where(m.c.kind.in_(("message", "note"))).order_by(m.c.place.desc()).limit(WINDOW)
    rows = await tx.rows(shown.with_only_columns(*(m.c[name] for name in Hit.__struct_fields__)))
    return [Hit(**{name: row[name] for name in Hit.__struct_fields__}) for row in rows]


def _worth(row: Hit, exactly: str, now: int) -> tuple[float, int]:
    """The very words in their order weigh as much as a year and a half; a short text says more than a long one."""
    if not exactly:
        return 0.0, row.place
    exact = 5.0 if exactly in row.text.casefold() else 0.0
    terse = 1.0 / (1.0 + len(row.text) / 400)
    age = max(0, now - row.at) / HALF_AS_GOOD
    return exact + terse - age, row.place


async def _people(tx: Tx, query: Query, scope: Scope, narrowed: Narrowed) -> list[Hit]:
    """The newest words of customers who are called so; ``from:`` has said already who is meant."""
    if query.sender or query.receiver or query.has_file or scope.author:
        return []
    ids = (await customers_called(tx, query.words))[:MOST_PEOPLE]
    if not ids:
        return []
    called = Narrowed([m.c.author_kind == "customer"], [c.c.customer_id.in_(ids), *narrowed.conversations])
    rows, _ = await _newest_of_each(tx, called, NOWHERE)
    first: dict[str, Hit] = {}
    for row in rows:
        first.setdefault(row.author_id or "", msgspec.structs.replace(row, kind="customer"))
    return list(first.values())


async def _shown(tx: Tx, rows: Sequence[Hit], wanted: Sequence[Wanted], agent_id: str | None) -> list[Found]:
    ids = list({row.conversation_id for row in rows})
    lines = {line.id: line for line in await inbox.rows_of(tx, ids, agent_id)}
    names = await _names(tx, [row.seq for row in rows])
    found: dict[str, Found] = {}
    for row in rows:
        line = lines[row.conversation_id]
        author = Actor(row.author_kind, row.author_id, names.get(row.seq, ""))
        kind, text = _what(row, line, wanted)
        cut = snippet(text, wanted)
        found.setdefault(row.id, Found(line, row.id, row.seq, row.at, author, kind, cut))
    return list(found.values())


def _what(row: Hit, line: InboxRow, wanted: Sequence[Wanted]) -> tuple[Any, str]:
    if row.kind == "customer":
        return "customer", f"{line.customer.name} · {row.text}" if line.customer.name else row.text
    if line.subject and is_hit(line.subject, wanted) and not is_hit(row.text, wanted):
        return "subject", line.subject
    return row.kind, row.text


async def _names(tx: Tx, seqs: Sequence[int]) -> dict[int, str]:
    """What people were shown of who wrote, when he wrote."""
    if not seqs:
        return {}
    places = ", ".join(str(int(seq)) for seq in seqs)
    rows = await tx.rows(f"SELECT seq, actor_name FROM events WHERE seq IN ({places})")
    return {row["seq"]: row["actor_name"] for row in rows}
