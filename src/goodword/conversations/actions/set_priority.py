"""A conversation is more or less urgent than it was."""

from goodword.conversations import store
from goodword.conversations.events import PriorityChanged
from goodword.conversations.model import PRIORITIES, Conversation, Priority
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def set_priority(tx: Tx, stamp: Stamp, conversation_id: str, priority: Priority) -> Conversation:
    """Nothing happens when it has that priority already."""
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    if conversation.priority != priority:
        fact = PriorityChanged(priority=priority, previous=conversation.priority)
        await record(tx, conversation_id, fact, stamp, priority=PRIORITIES.index(priority))
    return await store.get(tx, conversation_id)
