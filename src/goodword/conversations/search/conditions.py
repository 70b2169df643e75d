"""What the operators of a query mean in SQL."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    column,
    false,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.sql.selectable import TableValuedAlias

from goodword.conversations.filter import Filter, narrowing
from goodword.conversations.model import PRIORITIES
from goodword.conversations.search.query import Is, Query, Wanted
from goodword.conversations.tables import conversation_tags
from goodword.conversations.tables import conversations as c
from goodword.conversations.tables import messages as m
from goodword.customers.store import search_customers
from goodword.platform.db import Tx
from goodword.platform.words import fold

Author = Literal["customer", "agent", "note"]
KINDS = ("customer", "agent", "assistant")
MOST_NAMES = 200
Conditions = list[ColumnElement[bool]]


class Scope(msgspec.Struct, frozen=True):
    """Where to look, beside what the query itself says. ``after`` in milliseconds.

    ``narrowed``: only in conversations such as it asks for, in whatever view they are.
    """

    agent_id: str | None = None
    author: Author | None = None
    after: int | None = None
    narrowed: Filter = Filter()


async def on_conversations(tx: Tx, query: Query, scope: Scope) -> Conditions:
    """Those that decide about a whole conversation."""
    found: Conditions = [_is(state, scope.agent_id) for state in query.states]
    for tag in query.tags:
        tagged = select(conversation_tags.c.conversation_id).where(conversation_tags.c.tag.in_({tag, tag.lower()}))
        found.append(c.c.id.in_(tagged))
    if query.number is not None:
        found.append(c.c.number == query.number)
    if query.channel:
        name = func.lower(c.c.channel_name).contains(query.channel.lower(), autoescape=True)
        found.append(or_(c.c.channel_kind == query.channel.lower(), name))
    if query.receiver:
        found.append(c.c.customer_id.in_(await customers_called(tx, query.receiver)))
    if query.nonsense:
        found.append(false())
    return [*found, *narrowing(scope.narrowed, scope.agent_id, tx.engine)]


async def on_messages(tx: Tx, query: Query, scope: Scope) -> Conditions:
    """Those that decide about a single message."""
    found: Conditions = []
    if query.sender:
        found.append(await _said_by(tx, query.sender, scope.agent_id))
    if query.receiver:
        found.append(and_(m.c.author_kind != "customer", m.c.kind == "message"))
    if scope.author == "note":
        found.append(m.c.kind == "note")
    elif scope.author:
        found.append(and_(m.c.author_kind == scope.author, m.c.kind == "message"))
    if query.has_file:
        found.append(m.c.files > 0)
    if query.before is not None:
        found.append(m.c.at < query.before)
    afters = [one for one in (query.after, scope.after) if one is not None]
    return [*found, m.c.at >= max(afters)] if afters else found


async def customers_called(tx: Tx, name: str) -> list[str]:
    return [customer.id for customer in await search_customers(tx, name, MOST_NAMES)]


async def _said_by(tx: Tx, name: str, agent_id: str | None) -> ColumnElement[bool]:
    """A kind of people, oneself, or whoever is called so."""
    if name.lower() in KINDS:
        return m.c.author_kind == name.lower()
    if name.lower() == "me":
        return _of_agents([agent_id or ""])
    folded = fold(name)
    agents = [row["id"] for row in await tx.rows("SELECT id, name FROM agents") if folded in fold(row["name"])]
    customers = await customers_called(tx, name)
    theirs = select(c.c.id).where(c.c.customer_id.in_(customers))
    by_customer = and_(m.c.author_kind == "customer", m.c.conversation_id.in_(theirs))
    # One kind alone where only one is called so: a database goes by no index where there are two ways.
    ways = [*([by_customer] if customers else ()), *([_of_agents(agents)] if agents else ())]
    return or_(false(), *ways)


def _of_agents(ids: Sequence[str]) -> ColumnElement[bool]:
    """In the very words of the index."""
    return and_(text("messages.author_kind = 'agent'"), m.c.author_id.in_(ids))


def _is(state: Is, agent_id: str | None) -> ColumnElement[bool]:
    match state:
        case "spam":
            return c.c.spam
        case "merged":
            return c.c.merged_into.is_not(None)
        case "unassigned":
            return c.c.assignee_id.is_(None)
        case "mine":
            return c.c.assignee_id == (agent_id or "")
        case "unread":
            return c.c.unread > 0
        case "urgent":
            return c.c.priority == PRIORITIES.index("urgent")
        case _:
            return c.c.status == state


def matching(wanted: Sequence[Wanted], engine: str) -> str:
    """All of these, as the index is asked for them."""
    if engine == "sqlite":
        return " AND ".join(f'"{one.term}"{"*" if one.begun else ""}' for one in wanted)
    quoted = (one.term.replace("\\", "\\\\").replace("'", "''") for one in wanted)
    return " & ".join(f"'{term}'{':*' if one.begun else ''}" for term, one in zip(quoted, wanted, strict=True))


def names(values: Sequence[str], engine: str) -> Select[tuple[str]]:
    """The values as a selection: one parameter, however many there are."""
    return select(_each(values, engine).c.value)


def numbers(values: Sequence[int], engine: str) -> Select[tuple[int]]:
    """See ``names``."""
    return select(cast(_each(values, engine).c.value, BigInteger))


def _each(values: Sequence[str] | Sequence[int], engine: str) -> TableValuedAlias:
    text = msgspec.json.encode(values).decode()
    given = literal(text, String)
    each = func.json_each(given) if engine == "sqlite" else func.json_array_elements_text(cast(given, JSON))
    return each.table_valued(column("value", String))
