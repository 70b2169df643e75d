"""Replies, notes and their files."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body
from msgspec import Meta

from goodword import conversations as deeds
from goodword.conversations.addressing import Post, addressed
from goodword.conversations.api.shapes import Addressing, Time
from goodword.conversations.model import Attachment, Card, Draft, Message
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp
from goodword.platform.files import FileStore, find_many
from goodword.platform.http import TAKES_FILES, presented, uploaded
from goodword.platform.words import clean
from goodword.staff import Caller

Canned = Annotated[list[Annotated[str, Meta(max_length=80)]], Meta(max_length=20)]


class Writing(msgspec.Struct):
    """``seen_seq``: of a reply, the newest event its writer had seen; ``mentions``: of a note, the agents it calls.

    ``canned``: the canned answers (ids) that the reply was made from. ``letter``: of a reply, to whom it goes; left
    out: to whom an answer goes.
    """

    client_id: Annotated[str, Meta(min_length=1, max_length=80)]
    text: str = ""
    attachments: Annotated[list[str], Meta(max_length=20)] = []
    cards: list[Card] = []
    then: Literal["close", "snooze"] | None = None
    until: Time | None = None
    seen_seq: int | None = None
    mentions: Annotated[list[str], Meta(max_length=50)] = []
    canned: Canned = []
    letter: Addressing | None = None


class Written(msgspec.Struct):
    message: Message
    seq: int


@post("/conversations/{id:str}/replies", status_code=202)
async def reply(
    id: str, data: Writing, caller: Caller, database: Database, clock: Clock, files: FileStore, registry: Post
) -> Written:
    """202: the reply is kept and will be delivered. 409: a colleague has replied after ``seen_seq``."""
    return await database.write(_reply, caller.stamp(clock.now()), id, data, files, registry)


@post("/conversations/{id:str}/notes", status_code=202)
async def add_note(
    id: str, data: Writing, caller: Caller, database: Database, clock: Clock, files: FileStore
) -> Written:
    """202: the note is kept; the customer never sees it."""
    return await database.write(_note, caller.stamp(clock.now()), id, data, files)


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


routes = [reply, add_note, upload]


async def drafted(tx: Tx, stamp: Stamp, client_id: str, text: str, file_ids: list[str], files: FileStore) -> Draft:
    """What an agent is about to say, with files that he uploaded."""
    found = await find_many(tx, file_ids, owner=stamp.actor.id)
    attached = tuple(Attachment(file.id, file.name, file.content_type, file.size, files.url(file)) for file in found)
    return Draft(client_id, clean(text), attachments=attached)


async def to_whom(tx: Tx, stamp: Stamp, post: Post, id: str, draft: Draft, addressing: Addressing | None) -> Draft:
    """The draft, addressed by its writer where he does so."""
    if addressing is None:
        return draft
    return msgspec.structs.replace(draft, letter=await addressed(tx, stamp, post, id, addressing.letter()))


async def _reply(tx: Tx, stamp: Stamp, id: str, writing: Writing, files: FileStore, post: Post) -> Written:
    draft = await to_whom(tx, stamp, post, id, await _draft(tx, stamp, writing, files), writing.letter)
    received = await deeds.reply(tx, stamp, id, draft, seen_seq=writing.seen_seq)
    if writing.then == "close":
        await deeds.close(tx, stamp, id)
    elif writing.then == "snooze":
        await deeds.snooze(tx, stamp, id, writing.until or 0)
    return Written(received.message, received.seq)


async def _note(tx: Tx, stamp: Stamp, id: str, writing: Writing, files: FileStore) -> Written:
    received = await deeds.add_note(tx, stamp, id, await _draft(tx, stamp, writing, files), writing.mentions)
    return Written(received.message, received.seq)


async def _draft(tx: Tx, stamp: Stamp, writing: Writing, files: FileStore) -> Draft:
    draft = await drafted(tx, stamp, writing.client_id, writing.text, writing.attachments, files)
    return msgspec.structs.replace(draft, cards=tuple(writing.cards), canned=tuple(writing.canned))
