"""The agents' door to conversations: the list, one with its time line, and every deed."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Router, delete, get, patch, post, put
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter
from msgspec import Meta

from goodword import conversations as deeds
from goodword.conversations import inbox, store
from goodword.conversations.canned import (
    CannedAnswer,
    canned_answers,
    get_canned_answer,
    keep_canned_answer,
    remove_canned_answer,
)
from goodword.conversations.inbox import Filter, InboxRow, View
from goodword.conversations.model import MOST_TAGS, Attachment, Draft, Message
from goodword.conversations.person import Person, person
from goodword.platform.bus import Bus, Signal
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, earlier, newest_cursor
from goodword.platform.files import FileStore, find_many
from goodword.platform.http import TAKES_FILES, presented, uploaded
from goodword.platform.words import clean
from goodword.staff import Caller

NEWEST = 200
END = 1 << 62
Time = Annotated[int, Meta(ge=0, le=1 << 53)]


class Inbox(msgspec.Struct):
    conversations: list[InboxRow]
    next: str | None
    cursor: str
    counts: dict[str, int]


class KeptDraft(msgspec.Struct):
    text: Annotated[str, Meta(max_length=20_000)]
    kind: Literal["reply", "note"] = "reply"


class Whole(msgspec.Struct):
    """A conversation as it is opened."""

    conversation: InboxRow
    customer: Person
    events: list[msgspec.Raw]
    earlier: bool
    cursor: str
    draft: KeptDraft | None


class Page(msgspec.Struct):
    events: list[msgspec.Raw]
    earlier: bool


class Writing(msgspec.Struct):
    client_id: Annotated[str, Meta(min_length=1, max_length=80)]
    text: str = ""
    attachments: Annotated[list[str], Meta(max_length=20)] = []
    then: Literal["close", "snooze"] | None = None
    until: Time | None = None


class Written(msgspec.Struct):
    message: Message
    seq: int


class Changed(msgspec.Struct):
    conversation: InboxRow


class Assignment(msgspec.Struct):
    agent_id: str | None = None
    team_id: str | None = None


class Until(msgspec.Struct):
    until: Time


class Tags(msgspec.Struct):
    add: Annotated[list[str], Meta(max_length=MOST_TAGS)] = []
    remove: Annotated[list[str], Meta(max_length=MOST_TAGS)] = []


class ReadUpTo(msgspec.Struct):
    seq: int


class Typing(msgspec.Struct):
    on: bool


class CannedTexts(msgspec.Struct):
    key: str | None = None
    texts: dict[str, str] | None = None


@get("/conversations")
async def list_conversations(
    caller: Caller,
    database: Database,
    view: View = "all",
    tag: str | None = None,
    channel: str | None = None,
    q: str | None = None,
    limit: Annotated[int, Parameter(ge=1, le=200)] = 50,
    before: str | None = None,
) -> Inbox:
    """A page of a view, newest first, and how many every view holds."""
    caller.need("conversations.read")
    agent_id = caller.agent.id if caller.agent else None
    return await database.read(_inbox, Filter(view, agent_id, tag, channel, q, limit, before))


@get("/conversations/{id:str}")
async def open_conversation(id: str, caller: Caller, database: Database, clock: Clock) -> Whole:
    """A conversation with its newest 200 events and what is known of the customer."""
    caller.need("conversations.read")
    return await database.read(_whole, id, caller.agent.id if caller.agent else "")


@get("/conversations/{id:str}/events")
async def read_earlier(
    id: str,
    caller: Caller,
    database: Database,
    before: Annotated[int, Parameter(ge=0, le=END)],
    limit: Annotated[int, Parameter(ge=1, le=500)] = NEWEST,
) -> Page:
    """Older events of the time line, below the seq ``before``."""
    caller.need("conversations.read")
    return await database.read(_page, id, before, limit)


@post("/conversations/{id:str}/replies", status_code=202)
async def reply(id: str, data: Writing, caller: Caller, database: Database, clock: Clock, files: FileStore) -> Written:
    """202: the reply is kept and will be delivered."""
    return await database.write(_reply, caller.stamp(clock.now()), id, data, files)


@post("/conversations/{id:str}/notes", status_code=202)
async def add_note(
    id: str, data: Writing, caller: Caller, database: Database, clock: Clock, files: FileStore
) -> Written:
    """202: the note is kept; the customer never sees it."""
    return await database.write(_note, caller.stamp(clock.now()), id, data, files)


@post("/conversations/{id:str}/take-over", status_code=200)
async def take_over(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Make it one's own; the assistant is silent from now on."""
    stamp, agent = caller.stamp(clock.now()), caller.person
    return await _changed(database, deeds.assign, stamp, id, agent_id=agent.id, reason="taken")


@post("/conversations/{id:str}/give-back", status_code=200)
async def give_back(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Let the assistant go on."""
    return await _changed(database, deeds.give_back, caller.stamp(clock.now()), id)


@post("/conversations/{id:str}/assign", status_code=200)
async def assign(id: str, data: Assignment, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Give it to an agent or a team; without an agent it waits in the queue."""
    stamp = caller.stamp(clock.now())
    return await _changed(database, deeds.assign, stamp, id, agent_id=data.agent_id, team_id=data.team_id)


@post("/conversations/{id:str}/close", status_code=200)
async def close(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """It is done, until the customer writes again."""
    return await _changed(database, deeds.close, caller.stamp(clock.now()), id)


@post("/conversations/{id:str}/reopen", status_code=200)
async def reopen(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """It is work again."""
    return await _changed(database, deeds.reopen, caller.stamp(clock.now()), id)


@post("/conversations/{id:str}/snooze", status_code=200)
async def snooze(id: str, data: Until, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Put it off until a time, or until the customer writes."""
    return await _changed(database, deeds.snooze, caller.stamp(clock.now()), id, data.until)


@post("/conversations/{id:str}/tags", status_code=200)
async def tag(id: str, data: Tags, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Put tags on and take tags off."""
    add, remove = [clean(one) for one in data.add], [clean(one) for one in data.remove]
    return await _changed(database, deeds.tag, caller.stamp(clock.now()), id, add, remove)


@post("/conversations/{id:str}/read", status_code=204)
async def mark_read(id: str, data: ReadUpTo, caller: Caller, database: Database, clock: Clock) -> None:
    """Somebody has seen everything up to ``seq``."""
    await database.write(deeds.read_by_agent, caller.stamp(clock.now()), id, data.seq)


@post("/conversations/{id:str}/typing", status_code=204)
async def tell_typing(id: str, data: Typing, caller: Caller, bus: Bus) -> None:
    """Tell the customer and colleagues that one is writing, or no more."""
    caller.need("conversations.answer")
    who = caller.person
    bus.send(Signal("typing", id, {"name": who.name, "kind": "agent", "on": data.on, "id": who.id}))


@put("/conversations/{id:str}/draft", status_code=204)
async def keep_draft(id: str, data: KeptDraft, caller: Caller, database: Database, clock: Clock) -> None:
    """Keep what is not sent yet; an empty text forgets it."""
    caller.need("conversations.answer")
    await database.write(_keep_draft, id, caller.person.id, data, clock.now())


@post("/files", status_code=201, opt=TAKES_FILES)
async def upload(
    data: Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
    caller: Caller,
    database: Database,
    clock: Clock,
    files: FileStore,
) -> dict[str, Any]:
    """A file to be attached to a reply or note, in the field ``file``."""
    caller.need("conversations.answer")
    if "file" not in data:
        raise BadInput("file_missing")
    return presented(await uploaded(data["file"], caller.person.id, clock.now(), files, database), files)


@get("/canned")
async def list_canned(caller: Caller, database: Database) -> dict[str, list[CannedAnswer]]:
    """All canned answers, in every language they have."""
    caller.need("conversations.read")
    return {"canned": await database.read(canned_answers)}


@post("/canned")
async def add_canned(data: CannedTexts, caller: Caller, database: Database, clock: Clock) -> CannedAnswer:
    """A new canned answer."""
    stamp = caller.stamp(clock.now())
    return await database.write(keep_canned_answer, stamp, clean(data.key or ""), data.texts or {})


@patch("/canned/{id:str}")
async def edit_canned(id: str, data: CannedTexts, caller: Caller, database: Database, clock: Clock) -> CannedAnswer:
    """Another key or wording."""
    return await database.write(_edit_canned, caller.stamp(clock.now()), id, data)


@delete("/canned/{id:str}")
async def remove_canned(id: str, caller: Caller, database: Database, clock: Clock) -> None:
    """It is gone."""
    await database.write(remove_canned_answer, caller.stamp(clock.now()), id)


routes = Router(
    "/api/v1",
    route_handlers=[
        list_conversations,
        open_conversation,
        read_earlier,
        reply,
        add_note,
        take_over,
        give_back,
        assign,
        close,
        reopen,
        snooze,
        tag,
        mark_read,
        tell_typing,
        keep_draft,
        upload,
        list_canned,
        add_canned,
        edit_canned,
        remove_canned,
    ],
    tags=["conversations"],
)


async def _inbox(tx: Tx, wanted: Filter) -> Inbox:
    cursor = await newest_cursor(tx)
    rows, following = await inbox.rows(tx, wanted)
    return Inbox(rows, following, cursor, await inbox.counts(tx, wanted.agent_id))


async def _whole(tx: Tx, id: str, agent_id: str) -> Whole:
    cursor = await newest_cursor(tx)
    row = await inbox.row(tx, id)
    page = await _page(tx, id, END, NEWEST)
    kept = await store.draft(tx, id, agent_id)
    return Whole(
        conversation=row,
        customer=await person(tx, row.customer.id),
        events=page.events,
        earlier=page.earlier,
        cursor=cursor,
        draft=KeptDraft(kept["text"], kept["kind"]) if kept else None,
    )


async def _page(tx: Tx, id: str, before: int, limit: int) -> Page:
    events = await earlier(tx, id, before, limit + 1)
    return Page([msgspec.Raw(event.public()) for event in events[-limit:]], len(events) > limit)


async def _reply(tx: Tx, stamp: Stamp, id: str, writing: Writing, files: FileStore) -> Written:
    received = await deeds.reply(tx, stamp, id, await _draft(tx, stamp, writing, files))
    if writing.then == "close":
        await deeds.close(tx, stamp, id)
    elif writing.then == "snooze":
        await deeds.snooze(tx, stamp, id, writing.until or 0)
    return Written(received.message, received.seq)


async def _note(tx: Tx, stamp: Stamp, id: str, writing: Writing, files: FileStore) -> Written:
    received = await deeds.add_note(tx, stamp, id, await _draft(tx, stamp, writing, files))
    return Written(received.message, received.seq)


async def _draft(tx: Tx, stamp: Stamp, writing: Writing, files: FileStore) -> Draft:
    found = await find_many(tx, writing.attachments, owner=stamp.actor.id)
    attached = tuple(Attachment(file.id, file.name, file.content_type, file.size, files.url(file)) for file in found)
    return Draft(writing.client_id, clean(writing.text), attachments=attached)


async def _keep_draft(tx: Tx, id: str, agent_id: str, draft: KeptDraft, at: int) -> None:
    await store.get(tx, id)
    if draft.text:
        await store.keep_draft(tx, id, agent_id, draft.kind, clean(draft.text), at)
    else:
        await store.drop_draft(tx, id, agent_id)


async def _edit_canned(tx: Tx, stamp: Stamp, id: str, changes: CannedTexts) -> CannedAnswer:
    stamp.need("conversations.assign")
    canned = await get_canned_answer(tx, id)
    texts = canned.texts if changes.texts is None else changes.texts
    return await keep_canned_answer(tx, stamp, clean(changes.key or canned.key), texts, id=id)


async def _changed(database: Database, deed: Any, stamp: Stamp, id: str, *arguments: Any, **named: Any) -> Changed:
    async def both(tx: Tx) -> Changed:
        await deed(tx, stamp, id, *arguments, **named)
        return Changed(await inbox.row(tx, id))

    return await database.write(both)
