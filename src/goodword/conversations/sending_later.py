"""Replies that wait for their time: what they are, and every query on them."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from goodword.conversations.model import Afterwards, Attachment, Letter, Ref
from goodword.platform.clock import DAY
from goodword.platform.db import Row, Tx
from goodword.platform.errors import BadInput, NotFound

SEND = "conversations.send_scheduled"
FURTHEST = 366 * DAY

KEEP = """
INSERT INTO scheduled_replies (id, conversation_id, agent_id, agent_name, text, attachments, send_at, afterwards, until,
  only_if_silent, state, at, canned, letter)
VALUES (:id, :conversation_id, :agent_id, :agent_name, :text, :attachments, :send_at, :afterwards, :until,
  :only_if_silent, 'waiting', :at, :canned, :letter)
ON CONFLICT (id) DO NOTHING
"""
WAITING = "SELECT * FROM scheduled_replies WHERE conversation_id = :id AND state = 'waiting' ORDER BY send_at, id"


class ScheduledReply(msgspec.Struct, frozen=True):
    """``then``: what happens to the conversation afterwards; ``only_if_silent``: not if the customer writes first.

    ``canned``: the canned answers (ids) that its text was made from; ``letter``: to whom it goes, where its writer
    chose. Times in milliseconds since 1970 UTC.
    """

    id: str
    conversation_id: str
    author: Ref
    text: str
    attachments: tuple[Attachment, ...]
    send_at: int
    then: Afterwards | None
    until: int | None
    only_if_silent: bool
    canned: tuple[str, ...] = ()
    letter: Letter | None = None


def timer(id: str) -> str:
    """The key of the job that sends it."""
    return f"{SEND}:{id}"


def check_times(now: int, send_at: int, then: Afterwards | None, until: int | None) -> None:
    """``BadInput`` unless each comes after the one before, within a year."""
    if send_at <= now or (then == "snooze" and (until or 0) <= send_at):
        raise BadInput("until_past")
    if send_at - now > FURTHEST:
        raise BadInput("too_far")


async def keep(tx: Tx, reply: ScheduledReply, at: int) -> bool:
    """False when it had been kept before."""
    values = msgspec.structs.asdict(reply)
    author, then = values.pop("author"), values.pop("then")
    values |= {name: msgspec.json.encode(values[name]).decode() for name in ("attachments", "canned")}
    values["letter"] = msgspec.json.encode(reply.letter).decode() if reply.letter else None
    return bool(await tx.run(KEEP, **values, agent_id=author.id, agent_name=author.name, afterwards=then, at=at))


async def change(tx: Tx, reply: ScheduledReply) -> None:
    """Its words, its time and who means it."""
    sql = """UPDATE scheduled_replies
             SET text = :text, send_at = :send_at, agent_id = :agent_id, agent_name = :agent_name
             WHERE id = :id AND state = 'waiting'"""
    author = {"agent_id": reply.author.id, "agent_name": reply.author.name}
    await tx.run(sql, id=reply.id, text=reply.text, send_at=reply.send_at, **author)


async def waiting(tx: Tx, conversation_ids: Sequence[str]) -> list[ScheduledReply]:
    """What is still to be sent in these, next first."""
    found = [_reply(row) for id in conversation_ids for row in await tx.rows(WAITING, id=id)]
    return sorted(found, key=lambda reply: (reply.send_at, reply.id))


async def find_waiting(tx: Tx, id: str) -> ScheduledReply | None:
    row = await tx.row("SELECT * FROM scheduled_replies WHERE id = :id AND state = 'waiting'", id=id)
    return None if row is None else _reply(row)


async def get_waiting(tx: Tx, id: str) -> ScheduledReply:
    """``NotFound``: it has been sent or cancelled, or there never was one."""
    reply = await find_waiting(tx, id)
    if reply is None:
        raise NotFound("scheduled")
    return reply


async def forget_words(tx: Tx, id: str) -> None:
    """Of one that has been sent."""
    await tx.run("UPDATE scheduled_replies SET text = '', attachments = '[]', letter = NULL WHERE id = :id", id=id)


async def settle(tx: Tx, id: str, state: Literal["sent", "cancelled"]) -> bool:
    """False: it waits no more."""
    sql = "UPDATE scheduled_replies SET state = :state WHERE id = :id AND state = 'waiting'"
    return bool(await tx.run(sql, id=id, state=state))


def _reply(row: Row) -> ScheduledReply:
    return ScheduledReply(
        id=row["id"],
        conversation_id=row["conversation_id"],
        author=Ref(row["agent_id"], row["agent_name"]),
        text=row["text"],
        attachments=msgspec.json.decode(row["attachments"], type=tuple[Attachment, ...]),
        send_at=row["send_at"],
        then=row["afterwards"],
        until=row["until"],
        only_if_silent=bool(row["only_if_silent"]),
        canned=msgspec.json.decode(row["canned"], type=tuple[str, ...]),
        letter=msgspec.json.decode(row["letter"], type=Letter) if row["letter"] else None,
    )
