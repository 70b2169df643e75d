"""Somebody wrote rubbish: it is kept, and nobody answers."""

from goodword.conversations import store
from goodword.conversations.actions.cancel_scheduled import cancel_all
from goodword.conversations.events import LeftQueue, MarkedSpam
from goodword.conversations.model import Conversation
from goodword.conversations.streams import must_be_at_work
from goodword.conversations.timeline import change_status, record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.jobs import cancel


async def mark_spam(tx: Tx, stamp: Stamp, conversation_id: str, *, blocked: bool = False) -> Conversation:
    """Close it, for whatever may still be written there, too; its customer isn't told.

    ``blocked``: because of who wrote it. Neither the assistant nor routing looks at it while it is spam.
    """
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    if conversation.spam:
        return conversation
    await must_be_at_work(tx, conversation)
    await cancel_all(tx, stamp, conversation_id)
    if conversation.queued_at is not None:
        await record(tx, conversation_id, LeftQueue(), stamp, queued_at=None, queue_position=None)
    fact = MarkedSpam(previous=conversation.handler, blocked=blocked)
    await record(tx, conversation_id, fact, stamp, spam=True, handler="nobody", waiting_since=None, unread=0)
    await change_status(tx, conversation, stamp, "closed", "spam")
    await cancel(tx, f"wake:{conversation_id}")
    return await store.get(tx, conversation_id)
