"""A conversation that was closed or put off is work again."""

from goodword.conversations import store
from goodword.conversations.actions.unmark_spam import unmark_spam
from goodword.conversations.model import Conversation
from goodword.conversations.streams import must_be_at_work
from goodword.conversations.timeline import change_status
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.jobs import cancel


async def reopen(tx: Tx, stamp: Stamp, conversation_id: str) -> Conversation:
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    if conversation.spam:
        return await unmark_spam(tx, stamp, conversation_id)
    await must_be_at_work(tx, conversation)
    await change_status(tx, conversation, stamp, "open", "agent")
    await cancel(tx, f"wake:{conversation_id}")
    return await store.get(tx, conversation_id)
