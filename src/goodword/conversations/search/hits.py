"""Asking the index."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select

from goodword.conversations.search.conditions import (
    Scope,
    customers_called,
    matching,
    names,
    numbers,
    on_conversations,
    on_messages,
)
from goodword.conversations.search.query import Query, Wanted, wanted_terms
from goodword.conversations.tables import conversations as c
from goodword.conversations.tables import messages as m
from goodword.platform.db import Tx

# A list of conversations is searched in so many of the newest places.
DEEPEST: Final = 2_000
HITS: Final = {
    "sqlite": """SELECT rowid AS place FROM search_terms WHERE search_terms MATCH :terms AND rowid < :below
        ORDER BY rowid DESC LIMIT :limit""",
    # By the index, whatever the planner thinks of how rare the words are.
    "postgresql": """WITH found AS MATERIALIZED (
          SELECT place FROM search_terms WHERE terms @@ CAST(CAST(:terms AS TEXT) AS tsquery) AND place < :below
        )
        SELECT place FROM found ORDER BY place DESC LIMIT :limit""",
}
# Words that are everywhere fill a list from the newest places alone; to gather all of theirs would take long.
AMONG_THE_NEWEST: Final = """
SELECT place FROM (
  SELECT place, terms FROM search_terms WHERE place < :below ORDER BY place DESC LIMIT :newest
) AS newest
WHERE terms @@ CAST(CAST(:terms AS TEXT) AS tsquery) ORDER BY place DESC LIMIT :limit
"""
NEWEST: Final = 4_000


async def hits(tx: Tx, wanted: Sequence[Wanted], below: int, limit: int) -> list[int]:
    """The newest places below ``below`` where all of it stands, newest first.

    What is begun is taken for a whole word where that fills the list: words that begin so are dear to gather.
    """
    whole = [Wanted(one.term) for one in wanted]
    found = await _hits(tx, whole, below, limit)
    return found if len(found) == limit or whole == wanted else await _hits(tx, wanted, below, limit)


async def _hits(tx: Tx, wanted: Sequence[Wanted], below: int, limit: int) -> list[int]:
    asked = {"terms": matching(wanted, tx.engine), "below": below, "limit": limit}
    rows = await tx.rows(AMONG_THE_NEWEST, **asked, newest=NEWEST) if tx.engine == "postgresql" else ()
    if len(rows) < limit:
        rows = await tx.rows(HITS[tx.engine], **asked)
    return [row["place"] for row in rows]


async def having(tx: Tx, query: Query, agent_id: str | None) -> ColumnElement[bool]:
    """Of conversations: the words stand in them or name their customer, and they are what the operators ask for."""
    scope = Scope(agent_id)
    own = await on_conversations(tx, query, scope)
    of_messages = await on_messages(tx, query, scope)
    wanted = wanted_terms(query.words)
    if not query.words and not of_messages:
        return and_(*own)
    said = select(m.c.conversation_id).join(c, c.c.id == m.c.conversation_id).where(*of_messages)
    if not query.words:
        return and_(*own, c.c.id.in_(said))
    places = await hits(tx, wanted, 1 << 62, DEEPEST) if wanted else []
    rows = await tx.rows(said.where(m.c.place.in_(numbers(places, tx.engine))))
    ids = {row["conversation_id"] for row in rows}
    found = c.c.id.in_(names(sorted(ids), tx.engine))
    if of_messages:
        return and_(*own, found)
    return and_(*own, or_(found, c.c.customer_id.in_(await customers_called(tx, query.words)), _number(query.words)))


def _number(words: str) -> ColumnElement[bool]:
    return c.c.number == (int(words) if words.isascii() and words.isdigit() and len(words) < 10 else -1)
