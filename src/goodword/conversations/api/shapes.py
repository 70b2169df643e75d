"""What several doors answer with."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from goodword.conversations import inbox
from goodword.conversations.inbox import InboxRow
from goodword.conversations.model import Afterwards, Attachment, Letter, Party, Ref
from goodword.conversations.sending_later import ScheduledReply
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp

Time = Annotated[int, Meta(ge=0, le=1 << 53)]


class Changed(msgspec.Struct):
    conversation: InboxRow


class Addressing(msgspec.Struct):
    """To whom a reply goes by mail, where its writer chooses.

    ``subject``: empty for the one that an answer has anyway; ``forwards``: the message (id) that is passed on.
    """

    to: list[Party]
    cc: list[Party] = []
    bcc: list[Party] = []
    subject: str = ""
    forwards: str | None = None

    def letter(self) -> Letter:
        return Letter(self.subject, to=tuple(self.to), cc=tuple(self.cc), bcc=tuple(self.bcc), forwards=self.forwards)


class Waiting(msgspec.Struct):
    """A reply that is to be sent later."""

    id: str
    text: str
    attachments: tuple[Attachment, ...]
    send_at: int
    then: Afterwards | None
    until: int | None
    author: Ref
    only_if_silent: bool
    letter: Letter | None


def as_waiting(reply: ScheduledReply) -> Waiting:
    return Waiting(**{name: getattr(reply, name) for name in Waiting.__struct_fields__})


async def changed(database: Database, deed: Any, stamp: Stamp, id: str, *arguments: Any, **named: Any) -> Changed:
    """Do ``deed`` on a conversation, and say how its row stands then, in one transaction."""

    async def both(tx: Tx) -> Changed:
        await deed(tx, stamp, id, *arguments, **named)
        return Changed(await inbox.row(tx, id, stamp.actor.id))

    return await database.write(both)
