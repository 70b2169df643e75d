"""Conversations that we begin."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal

import msgspec
from litestar import post
from msgspec import Meta

from goodword.conversations import Received, close, inbox
from goodword.conversations.addressing import Post
from goodword.conversations.api.writing import Canned, drafted
from goodword.conversations.inbox import InboxRow
from goodword.conversations.model import Letter, Message, Party
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp
from goodword.platform.files import FileStore
from goodword.staff import Caller

WriteFirst = Callable[..., Awaitable[Received]]
"""How the first word is said, whatever the channel: told by whoever knows channels, under the name ``write_first``."""


class Beginning(msgspec.Struct):
    """The first of ``to`` is the customer: ``customer_id``, or who has that address, or somebody new.

    ``channel_id``: one with the capability ``writes_first``; ``then``: what is done with it once it is on its way.
    """

    client_id: Annotated[str, Meta(min_length=1, max_length=80)]
    channel_id: str
    to: list[Party]
    subject: str
    cc: list[Party] = []
    bcc: list[Party] = []
    text: str = ""
    attachments: Annotated[list[str], Meta(max_length=20)] = []
    customer_id: str | None = None
    then: Literal["close"] | None = None
    canned: Canned = []

    def letter(self) -> Letter:
        return Letter(self.subject, to=tuple(self.to), cc=tuple(self.cc), bcc=tuple(self.bcc))


class Begun(msgspec.Struct):
    conversation: InboxRow
    message: Message


@post("/conversations", status_code=201)
async def begin(
    data: Beginning,
    caller: Caller,
    database: Database,
    clock: Clock,
    files: FileStore,
    registry: Post,
    write_first: WriteFirst,
) -> Begun:
    """Write first. 201: the conversation is there and its first message will be delivered; once per ``client_id``."""
    return await database.write(_begin, caller.stamp(clock.now()), data, files, registry, write_first)


routes = [begin]


async def _begin(
    tx: Tx, stamp: Stamp, beginning: Beginning, files: FileStore, registry: Post, write_first: WriteFirst
) -> Begun:
    draft = await drafted(tx, stamp, beginning.client_id, beginning.text, beginning.attachments, files)
    draft = msgspec.structs.replace(draft, letter=beginning.letter(), canned=tuple(beginning.canned))
    said = await write_first(tx, stamp, registry, beginning.channel_id, draft, customer_id=beginning.customer_id)
    if said.fresh and beginning.then == "close":
        await close(tx, stamp, said.conversation.id)
    return Begun(await inbox.row(tx, said.conversation.id, stamp.actor.id), said.message)
