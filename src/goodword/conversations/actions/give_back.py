"""An agent lets the assistant go on."""

from goodword.conversations import store
from goodword.conversations.events import Assigned, LeftQueue
from goodword.conversations.model import Conversation
from goodword.conversations.streams import must_be_at_work
from goodword.conversations.timeline import change_handler, record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def give_back(tx: Tx, stamp: Stamp, conversation_id: str) -> Conversation:
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    await must_be_at_work(tx, conversation)
    if conversation.assignee_id is not None:
        fact = Assigned(agent=None, team=None, previous=None, reason="released")
        await record(tx, conversation_id, fact, stamp, assignee_id=None)
    if conversation.queued_at is not None:
        await record(tx, conversation_id, LeftQueue(), stamp, queued_at=None, queue_position=None)
    await change_handler(tx, conversation, stamp, "assistant")
    return await store.get(tx, conversation_id)
