"""The list, and one conversation with its time line."""

from typing import Annotated

import msgspec
from litestar import get
from litestar.di import Provide
from litestar.params import Parameter, SkipValidation

from goodword.conversations import inbox, sending_later, store
from goodword.conversations.api.drafts import KeptDraft
from goodword.conversations.api.narrowing import narrowing
from goodword.conversations.api.shapes import Waiting, as_waiting
from goodword.conversations.filter import Filter, Sort, View
from goodword.conversations.inbox import InboxRow, Slices
from goodword.conversations.person import Person, person
from goodword.conversations.streams import shown_after, shown_before, streams_of
from goodword.conversations.visible import Eyes, eyes_of, may_see
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import newest_cursor
from goodword.staff import Caller

NEWEST = 200
END = 1 << 62


class Inbox(msgspec.Struct):
    conversations: list[InboxRow]
    next: str | None
    cursor: str
    counts: dict[str, int]


class Whole(msgspec.Struct):
    """A conversation as it is opened; ``streams`` names it and all that is merged into it, whose events are shown."""

    conversation: InboxRow
    customer: Person
    events: list[msgspec.Raw]
    earlier: bool
    cursor: str
    draft: KeptDraft | None
    streams: list[str]
    scheduled: list[Waiting]


class Page(msgspec.Struct):
    """``earlier`` and ``later``: whether there are more on that side; always so on the side one has come from."""

    events: list[msgspec.Raw]
    earlier: bool
    later: bool = True


@get("/conversations", dependencies={"narrowed": Provide(narrowing, sync_to_thread=False)})
async def list_conversations(
    caller: Caller,
    database: Database,
    narrowed: SkipValidation[Filter],
    view: View = "all",
    sort: Sort = "newest",
    q: str | None = None,
    limit: Annotated[int, Parameter(ge=1, le=200)] = 50,
    before: str | None = None,
) -> Inbox:
    """A page of a view and how many every view holds; ``field.<key>`` narrows by a field of one's own."""
    caller.need("conversations.read")
    wanted = msgspec.structs.replace(narrowed, view=view, sort=sort, q=q)
    return await database.read(_inbox, wanted, caller.agent.id if caller.agent else None, limit, before)


@get("/conversations/counts")
async def count_conversations(caller: Caller, database: Database) -> Slices:
    """How many of those at work (the view ``all``) each team, channel and mood has; ``none``: without one."""
    caller.need("conversations.read")
    return await database.read(inbox.slices)


@get("/conversations/{id:str}")
async def open_conversation(id: str, caller: Caller, database: Database, clock: Clock) -> Whole:
    """A conversation with its newest 200 events and what is known of the customer."""
    caller.need("conversations.read")
    return await database.read(_whole, id, caller.agent.id if caller.agent else "", eyes_of(caller))


@get("/conversations/{id:str}/events")
async def read_events(
    id: str,
    caller: Caller,
    database: Database,
    before: Annotated[int, Parameter(ge=0, le=END)] = END,
    after: Annotated[int | None, Parameter(ge=0, le=END)] = None,
    limit: Annotated[int, Parameter(ge=1, le=500)] = NEWEST,
) -> Page:
    """Other events of the time line: the last below the seq ``before``, or the first above ``after``."""
    caller.need("conversations.read")
    if after is not None:
        return await database.read(_later, id, after, limit, eyes_of(caller))
    return await database.read(_earlier, id, before, limit, eyes_of(caller))


routes = [list_conversations, count_conversations, open_conversation, read_events]


async def _inbox(tx: Tx, wanted: Filter, agent_id: str | None, limit: int, before: str | None) -> Inbox:
    cursor = await newest_cursor(tx)
    rows, following = await inbox.rows(tx, wanted, agent_id, limit, before)
    return Inbox(rows, following, cursor, await inbox.counts(tx, agent_id))


async def _whole(tx: Tx, id: str, agent_id: str, eyes: Eyes) -> Whole:
    cursor = await newest_cursor(tx)
    row = await inbox.row(tx, id, agent_id)
    streams = await streams_of(tx, id)
    page = await _page(tx, streams, END, NEWEST, eyes)
    kept = await store.draft(tx, id, agent_id)
    return Whole(
        conversation=row,
        customer=await person(tx, row.customer.id),
        events=page.events,
        earlier=page.earlier,
        cursor=cursor,
        draft=KeptDraft(kept["text"], kept["kind"]) if kept else None,
        streams=streams,
        scheduled=[as_waiting(reply) for reply in await sending_later.waiting(tx, streams)],
    )


async def _earlier(tx: Tx, id: str, before: int, limit: int, eyes: Eyes) -> Page:
    return await _page(tx, await streams_of(tx, id), before, limit, eyes)


async def _later(tx: Tx, id: str, after: int, limit: int, eyes: Eyes) -> Page:
    streams = await streams_of(tx, id)
    events, more = await shown_after(tx, streams, after, limit, lambda event: may_see(event, eyes))
    return Page([msgspec.Raw(event.public()) for event in events], earlier=True, later=more)


async def _page(tx: Tx, streams: list[str], before: int, limit: int, eyes: Eyes) -> Page:
    events, more = await shown_before(tx, streams, before, limit, lambda event: may_see(event, eyes))
    return Page([msgspec.Raw(event.public()) for event in events], more)
