"""The agents' list: which conversations belong to a view, as rows."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal, get_args

import msgspec
from sqlalchemy import Select, and_, case, func, select

from goodword.conversations import store
from goodword.conversations.filter import NEVER, Filter, View, at_work, behind, conditions, keys, of_view
from goodword.conversations.model import (
    PRIORITIES,
    ChannelRef,
    Handler,
    Numbered,
    Preview,
    Priority,
    Ref,
    Status,
    Value,
)
from goodword.conversations.search import read_query
from goodword.conversations.search.hits import having
from goodword.conversations.tables import conversations as c
from goodword.conversations.tables import mentions
from goodword.customers.model import CustomerRef
from goodword.customers.tables import customers
from goodword.platform.db import Row, Tx
from goodword.staff.tables import agents, teams

PAGE = 50
MOST = 200


class InboxRow(msgspec.Struct, frozen=True):
    """One conversation as a list shows it. Times in milliseconds since 1970 UTC.

    ``mentioned``: whether whoever looks was named in it and has read that far; ``mention_seq`` names him last.
    ``undelivered``: the newest reply that did not get through, until something was done about it.
    """

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
    priority: Priority
    fields: dict[str, Value]
    spam: bool
    rating: int | None
    merged_into: Numbered | None
    mentioned: Literal["new", "seen"] | None
    mention_seq: int | None
    scheduled: int
    undelivered: str | None
    seq: int


class Slices(msgspec.Struct, frozen=True):
    """How many conversations are at work, by the ids of teams and channels and by mood; ``none``: without one."""

    teams: dict[str, int]
    channels: dict[str, int]
    moods: dict[str, int]


async def rows(
    tx: Tx, wanted: Filter, agent_id: str | None, limit: int = PAGE, before: str | None = None
) -> tuple[list[InboxRow], str | None]:
    """A page of the list as ``agent_id`` sees it, and where the next begins: ``before`` of that one."""
    limit = min(max(limit, 1), MOST)
    query = select(c.c.number).where(*conditions(wanted, agent_id, tx.engine))
    if wanted.q:
        query = query.where(await having(tx, read_query(wanted.q), agent_id))
    if before:
        query = query.where(behind(wanted.sort, wanted.view, before))
    order = [column.desc() if falls else column.asc() for column, falls in keys(wanted.sort, wanted.view)]
    # First which, then what they say: many more are ordered than shown.
    page = query.order_by(*order).limit(limit + 1).subquery()
    shown = _select(agent_id).where(c.c.number.in_(select(page.c.number))).order_by(*order)
    found = list(await tx.rows(shown))
    return await _presented(tx, found[:limit]), _place(wanted, found[limit - 1]) if len(found) > limit else None


async def row(tx: Tx, id: str, agent_id: str | None = None) -> InboxRow:
    """As ``agent_id`` sees it. ``NotFound`` where there is none."""
    await store.get(tx, id)
    return (await rows_of(tx, [id], agent_id))[0]


async def rows_of(tx: Tx, ids: Sequence[str], agent_id: str | None = None) -> list[InboxRow]:
    return await _presented(tx, list(await tx.rows(_select(agent_id).where(c.c.id.in_(ids)))))


async def counts(tx: Tx, agent_id: str | None) -> dict[str, int]:
    """How many conversations each view holds, closed ones only as spam; of mentions, those that are new."""
    views = [view for view in get_args(View) if view not in ("mentioned", "spam", "closed")]
    columns = [func.coalesce(func.sum(case((of_view(view, agent_id), 1), else_=0)), 0).label(view) for view in views]
    found = await tx.row(select(*columns).select_from(c).where(at_work()))
    counted = {view: int(found[view]) if found else 0 for view in views}
    spam = await count(tx, Filter(view="spam"), agent_id)
    return counted | {"mentioned": await _new_mentions(tx, agent_id), "spam": spam}


async def slices(tx: Tx) -> Slices:
    """Each as the view ``all`` holds it."""
    by = (c.c.team_id, c.c.channel_id, c.c.mood)
    # In the order of the index; of what is at work nothing is spam.
    found = await tx.rows(select(*by, func.count().label("count")).where(at_work()).group_by(c.c.spam, *by))
    teams, channels, moods = (Counter[str]() for _ in by)
    for row in found:
        for tally, column in ((teams, "team_id"), (channels, "channel_id"), (moods, "mood")):
            tally[row[column] or "none"] += int(row["count"])
    return Slices(teams, channels, moods)


async def count(tx: Tx, wanted: Filter, agent_id: str | None) -> int:
    """How many conversations the list holds, whatever words it asks for."""
    return int(await tx.value(select(func.count()).select_from(c).where(*conditions(wanted, agent_id, tx.engine))))


async def _new_mentions(tx: Tx, agent_id: str | None) -> int:
    new = select(mentions.c.conversation_id).where(mentions.c.agent_id == (agent_id or ""), ~mentions.c.seen)
    shown = (c.c.id.in_(new), ~c.c.spam, c.c.merged_into.is_(None))
    return int(await tx.value(select(func.count()).select_from(c).where(*shown)))


def _select(agent_id: str | None) -> Select[Any]:
    into = c.alias("into_conversation")
    named = and_(mentions.c.conversation_id == c.c.id, mentions.c.agent_id == (agent_id or ""))
    joined = (
        c.outerjoin(customers, customers.c.id == c.c.customer_id)
        .outerjoin(agents, agents.c.id == c.c.assignee_id)
        .outerjoin(teams, teams.c.id == c.c.team_id)
        .outerjoin(into, into.c.id == c.c.merged_into)
        .outerjoin(mentions, named)
    )
    return select(
        c,
        customers.c.name.label("customer_name"),
        customers.c.anonymous.label("customer_anonymous"),
        agents.c.name.label("agent_name"),
        teams.c.name.label("team_name"),
        into.c.number.label("into_number"),
        mentions.c.seq.label("mention_seq"),
        mentions.c.seen.label("mention_seen"),
    ).select_from(joined)


def _place(wanted: Filter, row: Row) -> str:
    """The place of a row, for ``behind``."""
    since = row["waiting_since"]
    values = {"waiting_since": NEVER if since is None else since, "priority": row["priority"]}
    first = {"waiting": ["waiting_since"] * (wanted.view != "closed"), "priority": ["priority"]}.get(wanted.sort, [])
    return ".".join(str(value) for value in [*(values[name] for name in first), row["last_at"], row["number"]])


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
        priority=PRIORITIES[row["priority"]],
        fields=msgspec.json.decode(row["fields"]),
        spam=bool(row["spam"]),
        rating=row["rating"],
        merged_into=Numbered(row["merged_into"], row["into_number"] or 0) if row["merged_into"] else None,
        mentioned=None if row["mention_seq"] is None else "seen" if row["mention_seen"] else "new",
        mention_seq=row["mention_seq"],
        scheduled=row["scheduled"],
        undelivered=row["undelivered"],
        seq=row["seq"],
    )
