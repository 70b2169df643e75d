"""How a conversation stands after messages came to it, or left it, otherwise than one by one."""

from collections.abc import Sequence
from typing import Any

from goodword.conversations import store
from goodword.conversations.events import MessageReceived, ReplyQueued
from goodword.conversations.model import Conversation, Message, Preview, Standing, preview
from goodword.platform.db import Row, Tx
from goodword.platform.events import by_seq

ROW = """
SELECT last_at, waiting_since, unread, scheduled, preview_text, preview_author, preview_kind, preview_at
FROM conversations WHERE id = :id
"""
NEWEST = "SELECT max(seq) FROM messages WHERE conversation_id = :id AND kind = 'message'"
# What the assistant says while a person is wanted answers nothing, nor does what is passed on to somebody else.
LAST_ANSWER = """
SELECT COALESCE(max(seq), 0) FROM messages
WHERE conversation_id = :id AND kind = 'message' AND author_kind IN ('agent', :also)
  AND COALESCE(addressing, '') <> 'forwarded'
"""
FIRST_AFTER = """
SELECT min(at) FROM messages
WHERE conversation_id = :id AND author_kind = 'customer' AND seq > :seq AND COALESCE(addressing, '') <> 'outside'
"""
SCHEDULED = "SELECT count(*) FROM scheduled_replies WHERE conversation_id = :id AND state = 'waiting'"


async def standing_of(tx: Tx, id: str) -> Standing:
    """As its projection says."""
    row = await tx.row(ROW, id=id)
    assert row is not None
    shown = Preview(row["preview_text"], row["preview_author"], row["preview_kind"], row["preview_at"])
    return Standing(row["last_at"], row["waiting_since"], row["unread"], shown, row["scheduled"])


async def newest_shown(tx: Tx, conversation: Conversation, streams: Sequence[str]) -> dict[str, Any]:
    """The changes that make its line show the newest message of ``streams``, and count what is sent from them later."""
    newest = await newest_message(tx, streams)
    scheduled = 0
    for stream in streams:
        scheduled += int(await tx.value(SCHEDULED, id=stream))
    return {
        "last_at": newest.at if newest else conversation.created_at,
        "preview_text": preview(newest.text, newest.attachments, newest.cards) if newest else "",
        "preview_author": newest.author.kind if newest else "",
        "preview_kind": "removed" if newest and newest.removed else "message",
        "preview_at": newest.at if newest else 0,
        "scheduled": scheduled,
    }


async def newest_message(tx: Tx, streams: Sequence[str]) -> Message | None:
    """What was said last to or by the customer."""
    found = [seq for stream in streams if (seq := await tx.value(NEWEST, id=stream))]
    event = await by_seq(tx, max(found)) if found else None
    fact = event.fact() if event else None
    return fact.message if isinstance(fact, (MessageReceived, ReplyQueued)) else None


async def unanswered(tx: Tx, conversation: Conversation) -> tuple[int | None, int]:
    """By its own messages: since when the customer waits for an answer, and how many messages no agent has read."""
    also = "assistant" if conversation.handler == "assistant" else "agent"
    answered = int(await tx.value(LAST_ANSWER, id=conversation.id, also=also))
    since = await tx.value(FIRST_AFTER, id=conversation.id, seq=answered)
    return since, await store.received_after(tx, conversation.id, await read_until(tx, conversation))


async def read_until(tx: Tx, conversation: Conversation) -> int:
    """Up to where an agent has read it, or answered."""
    return max(conversation.agent_read_seq, int(await tx.value(LAST_ANSWER, id=conversation.id, also="agent")))


def asks(row: Row) -> bool:
    """Whether a message is one that its writer, the customer, waits for an answer to."""
    return bool(row["author_kind"] == "customer" and row["addressing"] != "outside")


def earliest(*times: int | None) -> int | None:
    return min((time for time in times if time is not None), default=None)
