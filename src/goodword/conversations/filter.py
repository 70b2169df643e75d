"""Which conversations a list holds and in which order: as agents ask for it, and as SQL says it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import ColumnElement, Text, and_, case, cast, func, literal, or_, select, text, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.elements import SQLColumnExpression

from goodword.conversations.model import PRIORITIES, Mood, Priority, Status, Value
from goodword.conversations.tables import conversation_tags, mentions
from goodword.conversations.tables import conversations as c
from goodword.platform.errors import BadInput

View = Literal["mine", "unassigned", "queue", "assistant", "mentioned", "all", "snoozed", "spam", "closed"]
Sort = Literal["newest", "oldest", "waiting", "priority"]
Short = Annotated[str, Meta(max_length=200)]
LARGEST = (1 << 63) - 1
NEVER = (1 << 53) - 1


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Every member narrows what ``view`` holds. ``team`` and ``assignee`` may be ``none``, ``assignee`` also ``me``."""

    view: View = "all"
    team: Short | None = None
    channel: Short | None = None
    mood: tuple[Mood, ...] = ()
    tag: Short | None = None
    language: Short | None = None
    assignee: Short | None = None
    customer: Short | None = None
    status: Status | None = None
    priority: Priority | None = None
    fields: dict[str, Value] = {}
    waiting: bool = False
    sort: Sort = "newest"
    q: Short | None = None


def in_view(view: View, agent_id: str | None) -> ColumnElement[bool]:
    """What was marked as spam is nowhere but there and among the closed; what was merged away is nowhere."""
    alone = c.c.merged_into.is_(None)
    match view:
        case "spam":
            return and_(text("conversations.spam"), alone)
        case "closed":
            return and_(text("conversations.status = 'closed'"), alone)
        case "mentioned":
            named = select(mentions.c.conversation_id).where(mentions.c.agent_id == (agent_id or ""))
            return and_(c.c.id.in_(named), text("NOT conversations.spam"), alone)
    return and_(at_work(), of_view(view, agent_id))


def at_work() -> ColumnElement[bool]:
    """In the very words of the index: a parameter for ``closed`` would hide from SQLite that it fits."""
    return and_(text("conversations.status <> 'closed'"), text("NOT conversations.spam"), c.c.merged_into.is_(None))


def of_view(view: View, agent_id: str | None) -> ColumnElement[bool]:
    """Of what is ``at_work``."""
    running = c.c.status.in_(("open", "waiting"))
    match view:
        case "mine":
            return and_(c.c.assignee_id == (agent_id or ""), running)
        case "unassigned":
            return and_(c.c.assignee_id.is_(None), running, c.c.handler != "assistant")
        case "queue":
            return c.c.queued_at.is_not(None)
        case "assistant":
            return and_(c.c.handler == "assistant", running)
        case "snoozed":
            return c.c.status == "snoozed"
        case _:
            return true()


def conditions(wanted: Filter, agent_id: str | None, engine: str) -> list[ColumnElement[bool]]:
    """All of ``wanted`` but its words."""
    return [in_view(wanted.view, agent_id), *narrowing(wanted, agent_id, engine)]


def narrowing(wanted: Filter, agent_id: str | None, engine: str) -> list[ColumnElement[bool]]:
    """All of ``wanted`` but its words and its view."""
    found: list[ColumnElement[bool]] = []
    for column, value in (
        (c.c.channel_id, wanted.channel),
        (c.c.language, wanted.language),
        (c.c.customer_id, wanted.customer),
        (c.c.status, wanted.status),
    ):
        if value:
            found.append(column == value)
    if wanted.team:
        found.append(_of(c.c.team_id, wanted.team))
    if wanted.assignee:
        found.append(_of(c.c.assignee_id, (agent_id or "") if wanted.assignee == "me" else wanted.assignee))
    if wanted.mood:
        found.append(c.c.mood.in_(wanted.mood))
    if wanted.tag:
        tagged = select(conversation_tags.c.conversation_id).where(conversation_tags.c.tag == wanted.tag)
        found.append(c.c.id.in_(tagged))
    if wanted.priority:
        found.append(c.c.priority == PRIORITIES.index(wanted.priority))
    if wanted.waiting:
        found.append(c.c.waiting_since.is_not(None))
    return found + [one for key, value in wanted.fields.items() for one in _having(key, shown(value), engine)]


def _of(column: ColumnElement[str], id: str) -> ColumnElement[bool]:
    return column.is_(None) if id == "none" else column == id


def shown(value: Value) -> str:
    """A value as it is compared, alike on both sides of the line: ``true``, ``3`` or the words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _having(key: str, value: str, engine: str) -> list[ColumnElement[bool]]:
    """First whether it stands there at all: that tells most apart without reading what they have field by field."""
    written = msgspec.json.encode(value).decode()[1:-1]
    find = func.strpos if engine == "postgresql" else func.instr
    return [find(c.c.fields, written) > 0, _field(key, engine) == value]


def _field(key: str, engine: str) -> ColumnElement[str]:
    if engine == "postgresql":
        value: ColumnElement[str] = cast(c.c.fields, JSONB)[key].astext
        return value
    path = '$."' + key.replace('"', "") + '"'
    kind, found = func.json_type(c.c.fields, path), func.json_extract(c.c.fields, path)
    return case((kind == "true", literal("true")), (kind == "false", literal("false")), else_=cast(found, Text))


def keys(sort: Sort, view: View) -> list[tuple[SQLColumnExpression[int], bool]]:
    """What a list is ordered by, each with whether it falls. No two conversations are alike in all of them.

    In none that is closed somebody waits.
    """
    newest: list[tuple[SQLColumnExpression[int], bool]] = [(c.c.last_at, True), (c.c.number, True)]
    match sort:
        case "oldest":
            return [(column, False) for column, _ in newest]
        case "waiting" if view != "closed":
            return [(func.coalesce(c.c.waiting_since, NEVER), False), *newest]
        case "priority":
            return [(c.c.priority, True), *newest]
        case _:
            return newest


def behind(sort: Sort, view: View, place: str) -> ColumnElement[bool]:
    """Below the row at ``place`` in the list. ``BadInput``: not one of our places."""
    columns, at = keys(sort, view), place.split(".")
    if len(at) != len(columns) or len(place) > 60 or not all(one.isascii() and one.isdigit() for one in at):
        raise BadInput("before")
    values = [int(one) for one in at]
    if max(values) > LARGEST or (sort == "priority" and values[0] >= len(PRIORITIES)):
        raise BadInput("before")
    steps = []
    for n, ((column, falls), value) in enumerate(zip(columns, values, strict=True)):
        above = [column == value for (column, _), value in zip(columns[:n], values[:n], strict=True)]
        steps.append(and_(*above, column < value if falls else column > value))
    return or_(*steps)
