"""A customer wrote of two things at once: the other one becomes a conversation of its own."""

from collections.abc import Sequence
from typing import Any

import msgspec

from goodword.conversations import merges, store
from goodword.conversations.actions.assign import assign
from goodword.conversations.actions.open import open_conversation
from goodword.conversations.events import MessageReceived, MessagesMovedHere, MessagesSplitOff, NoteAdded, ReplyQueued
from goodword.conversations.model import Conversation, Handler, Message
from goodword.conversations.standing import asks, earliest, newest_shown, standing_of
from goodword.conversations.streams import must_be_at_work, numbered, streams_of
from goodword.conversations.timeline import record
from goodword.customers.store import get_customer
from goodword.platform import ids
from goodword.platform.db import Row, Tx
from goodword.platform.errors import BadInput, NotFound
from goodword.platform.events import Stamp, by_seq

MOST = 200
MOVE = "UPDATE messages SET conversation_id = :into WHERE id = :id AND conversation_id = :source"
OF_CUSTOMER = "SELECT count(*) FROM messages WHERE conversation_id = :id AND author_kind = 'customer'"


class Part(msgspec.Struct, frozen=True):
    """Messages of one conversation; ``since``, ``unread``: what of them the customer waits for, and nobody has read."""

    of: Conversation
    rows: tuple[Row, ...]
    since: int | None
    unread: int

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(row["id"] for row in self.rows)


async def split(tx: Tx, stamp: Stamp, conversation_id: str, message_ids: Sequence[str]) -> Conversation:
    """Move these messages into a new conversation of whoever does it; the new one.

    Those of conversations that were merged into this one are moved as well. The new one is at the door where its
    customer wrote last. Nothing is read or answered anew, and to the customer nothing moves. What he writes next goes
    on in the old one unless an agent spoke to him in the new one last, or his channel names its thread. ``BadInput``:
    no message, or all of them; ``NotFound``: one that isn't shown in this conversation.
    """
    stamp.need("conversations.answer")
    old = await must_be_at_work(tx, await store.hold(tx, conversation_id))
    parts = await _parts(tx, old, await _chosen(tx, old.id, message_ids))
    new = await _begin(tx, stamp, old, await _origin(tx, parts))
    for part in parts:
        for row in part.rows:
            await tx.run(MOVE, id=row["id"], source=part.of.id, into=new.id)
    since = earliest(*(part.since for part in parts))
    unread = sum(part.unread for part in parts)
    for part in parts:
        await tell(tx, stamp, new, MessagesMovedHere, since, unread, source=numbered(part.of), **await _said(tx, part))
    for part in parts:
        if part.of.id != old.id:
            await merges.taken_out(tx, part.of.id, part.unread, waited=part.since is not None)
            await tell(tx, stamp, part.of, MessagesSplitOff, None, 0, into=numbered(new), message_ids=part.ids)
    left = old.waiting_since if since is None else await merges.still_waits(tx, old.id, old.waiting_since)
    moved = tuple(id for part in parts for id in part.ids)
    unread = max(0, old.unread - unread)
    await tell(tx, stamp, old, MessagesSplitOff, left, unread, into=numbered(new), message_ids=moved)
    agent_id = stamp.actor.id if stamp.actor.kind == "agent" else old.assignee_id
    if agent_id:
        await assign(tx, stamp, new.id, agent_id=agent_id, team_id=old.team_id, reason="taken")
    return await store.get(tx, new.id)


async def tell(
    tx: Tx, stamp: Stamp, conversation: Conversation, fact: type[Any], since: int | None, unread: int, **told: Any
) -> None:
    """Record that messages came or went, and how the conversation stands now."""
    shown = await newest_shown(tx, conversation, await streams_of(tx, conversation.id))
    await store.update(tx, conversation.id, waiting_since=since, unread=unread, **shown)
    await record(tx, conversation.id, fact(standing=await standing_of(tx, conversation.id), **told), stamp)


async def _parts(tx: Tx, old: Conversation, rows: Sequence[Row]) -> list[Part]:
    """By the conversation where they stand: this one, or one that was merged into it."""
    parts = []
    for id in dict.fromkeys(row["conversation_id"] for row in rows):
        of = old if id == old.id else await store.hold(tx, id)
        own = await merges.own_part(tx, of)
        mine = tuple(row for row in rows if row["conversation_id"] == id)
        waiting = [row["at"] for row in mine if own.since is not None and asks(row) and row["at"] >= own.since]
        unread = sum(row["author_kind"] == "customer" and row["seq"] > own.read for row in mine)
        parts.append(Part(of, mine, min(waiting, default=None), unread))
    return parts


async def _origin(tx: Tx, parts: Sequence[Part]) -> Conversation:
    """Where the customer wrote the last of them; without a word of his, where the last of them stands."""
    rows = sorted((row for part in parts for row in part.rows), key=lambda row: (asks(row), row["seq"]))
    return next(part.of for part in parts if part.of.id == rows[-1]["conversation_id"])


async def _chosen(tx: Tx, conversation_id: str, message_ids: Sequence[str]) -> list[Row]:
    """In the order in which they were said."""
    if not message_ids:
        raise BadInput("split_nothing")
    if len(message_ids) > MOST:
        raise BadInput("split_too_many", limit=MOST)
    streams = await streams_of(tx, conversation_id)
    rows = [await store.message_row(tx, id) for id in dict.fromkeys(message_ids)]
    if any(row["conversation_id"] not in streams for row in rows):
        raise NotFound("message")
    of_customer = sum([int(await tx.value(OF_CUSTOMER, id=stream)) for stream in streams])
    if of_customer <= sum(row["author_kind"] == "customer" for row in rows):
        raise BadInput("split_all")
    return sorted(rows, key=lambda row: row["seq"])


async def _begin(tx: Tx, stamp: Stamp, old: Conversation, origin: Conversation) -> Conversation:
    handler: Handler = "queue" if old.handler == "assistant" else old.handler
    return await open_conversation(
        tx,
        stamp,
        channel=origin.channel,
        customer=(await get_customer(tx, old.customer_id)).ref,
        identity_id=origin.identity_id,
        handler=handler,
        language=old.language,
        subject=origin.subject,
        thread=ids.derived("split", old.id, str(old.seq), str(stamp.at)),
        split_from=origin.id,
    )


async def _said(tx: Tx, part: Part) -> dict[str, Any]:
    messages: list[Message] = []
    for row in part.rows:
        event = await by_seq(tx, row["seq"])
        assert event is not None
        fact = event.fact()
        assert isinstance(fact, (MessageReceived, ReplyQueued, NoteAdded))
        messages.append(fact.message)
    return {"messages": tuple(messages), "seqs": tuple(row["seq"] for row in part.rows)}
