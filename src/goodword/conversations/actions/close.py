"""A conversation is done."""

from goodword.conversations import merges, store
from goodword.conversations.events import LeftQueue
from goodword.conversations.model import Conversation
from goodword.conversations.timeline import change_status, record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.jobs import cancel


async def close(tx: Tx, stamp: Stamp, conversation_id: str) -> Conversation:
    """It is reopened when the customer writes again."""
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    if conversation.queued_at is not None:
        await record(tx, conversation_id, LeftQueue(), stamp, queued_at=None, queue_position=None)
    await store.update(tx, conversation_id, waiting_since=None, unread=0)
    await merges.dealt_with(tx, conversation_id, by_agent=True)
    await change_status(tx, conversation, stamp, "closed", "agent")
    await cancel(tx, f"wake:{conversation_id}")
    return await store.get(tx, conversation_id)
