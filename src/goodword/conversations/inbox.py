"""The agents' list: which conversations belong to a view, as rows."""

from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from goodword.conversations import store
from goodword.conversations.model import ChannelRef, Handler, Ref, Status
from goodword.conversations.tables import conversation_tags
from goodword.conversations.tables import conversations as c
from goodword.customers.model import CustomerRef
from goodword.customers.tables import customers
from goodword.platform.db import Row, Tx
from goodword.platform.errors import BadInput
from goodword.staff.tables import agents, teams

View = Literal["mine", "unassigned", "queue", "assistant", "all", "snoozed", "closed"]
PAGE = 50
MOST = 200
LARGEST = (1 << 63) - 1


class Preview(msgspec.Struct, frozen=True):
    text: str
    author_kind: str
    kind: str
    at: int


class InboxRow(msgspec.Struct, frozen=True):
    """One conversation as a list shows it. Times in milliseconds since 1970 UTC."""

    id: str
    number: int
    status: Status
    handler: Handler
    customer: CustomerRef
    channel: ChannelRef
    language: str | None
    assignee: Ref | None
    team: Ref | None
    subject: str
    preview: Preview
    last_at: int
    waiting_since: int | None
    snoozed_until: int | None
    unread: int
    tags: list[str]
    mood: str | None
    queued_at: int | None
    queue_position: int | None
    seq: int


class Filter(msgspec.Struct, frozen=True):
    """``agent_id`` is whose eyes look; ``before`` is ``next`` of the page above."""

    view: View
    agent_id: str | None
    tag: str | None = None
    channel: str | None = None
    q: str | None = None
    limit: int = PAGE
    before: str | None = None


async def rows(tx: Tx, wanted: Filter) -> tuple[list[InboxRow], str | None]:
    """A page, newest first, and where the next begins."""
    limit = min(max(wanted.limit, 1), MOST)
    query = _select().where(*_conditions(wanted)).order_by(c.c.last_at.desc(), c.c.number.desc()).limit(limit + 1)
    found = list(await tx.rows(query))
    page = await _presented(tx, found[:limit])
    following = f"{page[-1].last_at}.{page[-1].number}" if len(found) > limit else None
    return page, following


async def row(tx: Tx, id: str) -> InboxRow:
    """``NotFound`` where there is none."""
    await store.get(tx, id)
    return (await _presented(tx, list(await tx.rows(_select().where(c.c.id == id)))))[0]


async def rows_of(tx: Tx, ids: list[str]) -> list[InboxRow]:
    return await _presented(tx, list(await tx.rows(_select().where(c.c.id.in_(ids)))))


async def counts(tx: Tx, agent_id: str | None) -> dict[str, int]:
    """How many conversations each view holds; closed ones are not counted."""
    views: tuple[View, ...] = ("mine", "unassigned", "queue", "assistant", "all", "snoozed")
    columns = [func.coalesce(func.sum(_as_number(_in_view(view, agent_id))), 0).label(view) for view in views]
    found = await tx.row(select(*columns).where(c.c.status != "closed"))
    return {view: int(found[view]) if found else 0 for view in views}


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    from sqlalchemy import case

    return case((condition, 1), else_=0)


def _select() -> Select[Any]:
    joined = (
        c.outerjoin(customers, customers.c.id == c.c.customer_id)
        .outerjoin(agents, agents.c.id == c.c.assignee_id)
        .outerjoin(teams, teams.c.id == c.c.team_id)
    )
    return select(
        c,
        customers.c.name.label("customer_name"),
        customers.c.anonymous.label("customer_anonymous"),
        agents.c.name.label("agent_name"),
        teams.c.name.label("team_name"),
    ).select_from(joined)


def _in_view(view: View, agent_id: str | None) -> ColumnElement[bool]:
    live = c.c.status.in_(("open", "waiting"))
    match view:
        case "mine":
            return and_(c.c.assignee_id == (agent_id or ""), live)
        case "unassigned":
            return and_(c.c.assignee_id.is_(None), live, c.c.handler != "assistant")
        case "queue":
            return c.c.queued_at.is_not(None)
        case "assistant":
            return and_(c.c.handler == "assistant", live)
        case "snoozed":
            return c.c.status == "snoozed"
        case "closed":
            return c.c.status == "closed"
        case "all":
            return c.c.status != "closed"


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions = [_in_view(wanted.view, wanted.agent_id)]
    if wanted.channel:
        conditions.append(c.c.channel_id == wanted.channel)
    if wanted.tag:
        tagged = select(conversation_tags.c.conversation_id).where(conversation_tags.c.tag == wanted.tag)
        conditions.append(c.c.id.in_(tagged))
    if wanted.q:
        conditions.append(_matching(wanted.q[:200]))
    if wanted.before:
        conditions.append(_before(wanted.before))
    return conditions


def _matching(words: str) -> ColumnElement[bool]:
    words = words.strip()
    said = words.lower()
    number = int(words.lstrip("#")) if words.lstrip("#").isascii() and words.lstrip("#").isdigit() else -1
    return or_(
        c.c.number == min(number, 2**31 - 1),
        func.lower(customers.c.name).contains(said, autoescape=True),
        func.lower(customers.c.email).contains(said, autoescape=True),
        func.lower(c.c.subject).contains(said, autoescape=True),
        func.lower(c.c.preview_text).contains(said, autoescape=True),
    )


def _before(place: str) -> ColumnElement[bool]:
    at, dot, number = place.partition(".")
    if not (dot and at.isascii() and at.isdigit() and number.isascii() and number.isdigit()) or len(place) > 40:
        raise BadInput("before")
    if max(int(at), int(number)) > LARGEST:
        raise BadInput("before")
    return or_(c.c.last_at < int(at), and_(c.c.last_at == int(at), c.c.number < int(number)))


async def _presented(tx: Tx, found: list[Row]) -> list[InboxRow]:
    tags = await store.tags_of_many(tx, [row["id"] for row in found]) if found else {}
    return [_row(row, tags.get(row["id"], [])) for row in found]


def _row(row: Row, tags: list[str]) -> InboxRow:
    return InboxRow(
        id=row["id"],
        number=row["number"],
        status=row["status"],
        handler=row["handler"],
        customer=CustomerRef(row["customer_id"], row["customer_name"] or "", bool(row["customer_anonymous"])),
        channel=ChannelRef(row["channel_id"], row["channel_kind"], row["channel_name"]),
        language=row["language"],
        assignee=Ref(row["assignee_id"], row["agent_name"] or "") if row["assignee_id"] else None,
        team=Ref(row["team_id"], row["team_name"] or "") if row["team_id"] else None,
        subject=row["subject"],
        preview=Preview(row["preview_text"], row["preview_author"], row["preview_kind"], row["preview_at"]),
        last_at=row["last_at"],
        waiting_since=row["waiting_since"],
        snoozed_until=row["snoozed_until"],
        unread=row["unread"],
        tags=tags,
        mood=row["mood"],
        queued_at=row["queued_at"],
        queue_position=row["queue_position"],
        seq=row["seq"],
    )
