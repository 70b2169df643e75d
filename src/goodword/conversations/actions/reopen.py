"""A conversation that was closed or put off is work again."""

from goodword.conversations import store
from goodword.conversations.model import Conversation
from goodword.conversations.timeline import change_status
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.jobs import cancel


async def reopen(tx: Tx, stamp: Stamp, conversation_id: str) -> Conversation:
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    await change_status(tx, conversation, stamp, "open", "agent")
    await cancel(tx, f"wake:{conversation_id}")
    return await store.get(tx, conversation_id)
