"""A customer wrote of two things at once: the other one becomes a conversation of its own."""

from collections.abc import Sequence
from typing import Any

from goodword.conversations import merges, store
from goodword.conversations.actions.assign import assign
from goodword.conversations.actions.open import open_conversation
from goodword.conversations.events import MessageReceived, MessagesMovedHere, MessagesSplitOff, NoteAdded, ReplyQueued
from goodword.conversations.model import Conversation, Handler, Message
from goodword.conversations.standing import newest_shown, read_until, standing_of
from goodword.conversations.streams import must_be_at_work, numbered, streams_of
from goodword.conversations.timeline import record
from goodword.customers.store import get_customer
from goodword.platform import ids
from goodword.platform.db import Row, Tx
from goodword.platform.errors import BadInput, NotFound
from goodword.platform.events import Stamp, by_seq

MOST = 200
MOVE = "UPDATE messages SET conversation_id = :into WHERE id = :id AND conversation_id = :source"
FIRST_SINCE = """
SELECT min(at) FROM messages WHERE conversation_id = :id AND author_kind = 'customer' AND at >= :since
"""


async def split(tx: Tx, stamp: Stamp, conversation_id: str, message_ids: Sequence[str]) -> Conversation:
    """Move these messages into a new conversation of whoever does it; the new one.

    Nothing is read or answered anew, and to the customer nothing moves. What he writes next goes on in the old one
    unless an agent spoke to him in the new one last, or his channel names its thread. ``BadInput``: no message, or
    all of them; ``NotFound``: one that isn't of this conversation.
    """
    stamp.need("conversations.answer")
    old = await must_be_at_work(tx, await store.hold(tx, conversation_id))
    rows = await _chosen(tx, conversation_id, message_ids)
    mark = await read_until(tx, old)
    new = await _begin(tx, stamp, old)
    for row in rows:
        await tx.run(MOVE, id=row["id"], source=old.id, into=new.id)
    waiting = [row for row in rows if _waits(row, old)]
    unread = min(old.unread, sum(row["author_kind"] == "customer" and row["seq"] > mark for row in rows))
    since = min((row["at"] for row in waiting), default=None)
    await tell(tx, stamp, new, MessagesMovedHere, since, unread, source=numbered(old), **await _said(tx, rows))
    left = await _still_waits(tx, old) if waiting else old.waiting_since
    moved = tuple(row["id"] for row in rows)
    await tell(tx, stamp, old, MessagesSplitOff, left, old.unread - unread, into=numbered(new), message_ids=moved)
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


def _waits(row: Row, conversation: Conversation) -> bool:
    since = conversation.waiting_since
    return bool(row["author_kind"] == "customer" and since is not None and row["at"] >= since)


async def _still_waits(tx: Tx, old: Conversation) -> int | None:
    own: int | None = await tx.value(FIRST_SINCE, id=old.id, since=old.waiting_since)
    return await merges.waits_without(tx, old.id, own)


async def _chosen(tx: Tx, conversation_id: str, message_ids: Sequence[str]) -> list[Row]:
    """In the order in which they were said."""
    if not message_ids:
        raise BadInput("split_nothing")
    if len(message_ids) > MOST:
        raise BadInput("split_too_many", limit=MOST)
    rows = [await store.message_row(tx, id) for id in dict.fromkeys(message_ids)]
    if any(row["conversation_id"] != conversation_id for row in rows):
        raise NotFound("message")
    of_customer = "SELECT count(*) FROM messages WHERE conversation_id = :id AND author_kind = 'customer'"
    left = int(await tx.value(of_customer, id=conversation_id)) - sum(row["author_kind"] == "customer" for row in rows)
    if left <= 0:
        raise BadInput("split_all")
    return sorted(rows, key=lambda row: row["seq"])


async def _begin(tx: Tx, stamp: Stamp, old: Conversation) -> Conversation:
    handler: Handler = "queue" if old.handler == "assistant" else old.handler
    return await open_conversation(
        tx,
        stamp,
        channel=old.channel,
        customer=(await get_customer(tx, old.customer_id)).ref,
        identity_id=old.identity_id,
        handler=handler,
        language=old.language,
        subject=old.subject,
        thread=ids.derived("split", old.id, str(old.seq), str(stamp.at)),
        split_from=old.id,
    )


async def _said(tx: Tx, rows: Sequence[Row]) -> dict[str, Any]:
    messages: list[Message] = []
    for row in rows:
        event = await by_seq(tx, row["seq"])
        assert event is not None
        fact = event.fact()
        assert isinstance(fact, (MessageReceived, ReplyQueued, NoteAdded))
        messages.append(fact.message)
    return {"messages": tuple(messages), "seqs": tuple(row["seq"] for row in rows)}
