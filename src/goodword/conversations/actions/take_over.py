"""An agent makes a conversation his own, be it from the assistant, the queue or a colleague."""

from goodword.conversations.actions.assign import assign
from goodword.conversations.model import Conversation
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def take_over(tx: Tx, stamp: Stamp, conversation_id: str) -> Conversation:
    """From now on the assistant is silent here."""
    stamp.need("conversations.answer")
    return await assign(tx, stamp, conversation_id, agent_id=stamp.actor.id, reason="taken")
