"""An agent is disabled: whatever he had in hand goes to somebody else."""

from goodword.conversations import assign
from goodword.conversations import store as conversations
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.routing import store


async def let_go(tx: Tx, stamp: Stamp, agent_id: str) -> None:
    """All his conversations that are not closed; each then waits for a person."""
    await tx.lock(store.LOCK)
    for conversation in await conversations.of_assignee(tx, agent_id):
        await assign(tx, stamp, conversation.id, agent_id=None, reason="released")
