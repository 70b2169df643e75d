"""Chats that go on by mail: which replies leave in which mail, and what stands in it."""

from collections.abc import Sequence
from typing import Final

import msgspec

from goodword.channels import store
from goodword.channels.hastening import waiting_job
from goodword.channels.model import Channel
from goodword.conversations import letters
from goodword.conversations.model import Message
from goodword.platform.clock import MINUTE
from goodword.platform.db import Row, Tx
from goodword.platform.i18n import text
from goodword.platform.jobs import enqueue

CARRY_ON: Final = "channels.carry_on"
SEND_CARRIED: Final = "channels.send_carried"
# Whoever only changes the page is back by then.
PATIENCE = 2 * MINUTE
LONGEST_QUOTE = 600

KEEP = """
INSERT INTO carried_replies (message_id, mail_id, conversation_id, channel_id, at)
VALUES (:message_id, :mail_id, :conversation_id, :channel_id, :at) ON CONFLICT (message_id) DO NOTHING
"""
IN_MAIL = """
SELECT m.*, c.channel_id FROM carried_replies c JOIN messages m ON m.id = c.message_id
WHERE c.mail_id = :mail_id AND m.delivery IN ('queued', 'deferred') ORDER BY m.seq
"""


async def look_again(tx: Tx, conversation_id: str, at: int) -> None:
    """Whether everything was fetched is looked at then; at the latest, where that is to happen already."""
    await enqueue(tx, CARRY_ON, {"conversation_id": conversation_id}, at=at, dedupe=f"{CARRY_ON}:{conversation_id}")


async def look_now(tx: Tx, conversation_id: str, at: int) -> None:
    payload = {"conversation_id": conversation_id}
    await enqueue(tx, CARRY_ON, payload, at=at, dedupe=f"{CARRY_ON}:{conversation_id}:now", move=True)


async def mailbox_for_chats(tx: Tx) -> Channel | None:
    """The newest mailbox that is switched on and set to take chats over."""
    channels = reversed(await store.all_channels(tx))
    return next((one for one in channels if not one.disabled and one.settings.get("continues_chats")), None)


async def uncarried(tx: Tx, rows: Sequence[Row]) -> list[Row]:
    """Those that are in no mail yet."""
    sql = "SELECT 1 FROM carried_replies WHERE message_id = :id"
    return [row for row in rows if await tx.value(sql, id=row["id"]) is None]


async def keep(tx: Tx, conversation_id: str, channel_id: str, message_ids: Sequence[str], at: int) -> None:
    """All of these are one mail, which goes under the id of the newest."""
    mail_id = message_ids[-1]
    for id in message_ids:
        await tx.run(
            KEEP, message_id=id, mail_id=mail_id, conversation_id=conversation_id, channel_id=channel_id, at=at
        )
    await enqueue(tx, SEND_CARRIED, {"mail_id": mail_id}, at=at, dedupe=waiting_job(mail_id))


async def in_mail(tx: Tx, mail_id: str) -> list[Row]:
    """What of a mail is still to be delivered, oldest first, with the ``channel_id`` that it leaves by."""
    return list(await tx.rows(IN_MAIL, mail_id=mail_id))


async def forget(tx: Tx, message_id: str) -> None:
    """It is in no mail any more, and so may be put into another."""
    await tx.run("DELETE FROM carried_replies WHERE message_id = :id", id=message_id)


async def as_one(tx: Tx, rows: Sequence[Row], heard: Message | None, language: str) -> Message:
    """The mail: to a letter just the answer, after a chat with what he had said last, so that he knows what it's about.

    It bears the newest reply's id.
    """
    said = [await letters.message_of(tx, row) for row in rows]
    answer = _joined(said)
    chatted = heard is not None and heard.letter is None and bool(heard.text.strip())
    parts = [
        text(language, "channel.carried.opening") if chatted else "",
        _quoted(heard.text) if heard and chatted else "",
        answer,
        text(language, "channel.carried.closing") if chatted else "",
    ]
    attachments = tuple(file for message in said for file in message.attachments)
    sources = tuple(source for message in said for source in message.sources)
    return msgspec.structs.replace(
        said[-1], text="\n\n".join(part for part in parts if part), attachments=attachments, sources=sources
    )


def _joined(said: Sequence[Message]) -> str:
    """Under their names where several people wrote."""
    several = len({message.author.id for message in said}) > 1
    return "\n\n".join(f"{one.author.name}:\n{one.text}" if several else one.text for one in said)


def _quoted(words: str) -> str:
    short = words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
    return "\n".join(f"> {line}".rstrip() for line in short.strip().splitlines())
