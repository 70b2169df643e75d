"""A conversation goes to the agent who was chosen."""

from goodword.conversations import assign
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.routing import store
from goodword.routing.model import Seat


async def give(tx: Tx, stamp: Stamp, conversation_id: str, seat: Seat) -> None:
    """Noted at once, because the next choice in this transaction depends on it."""
    await assign(tx, stamp, conversation_id, agent_id=seat.id, reason="routed")
    if event := await store.newest_assignment(tx, conversation_id):
        await store.keep_assignment(tx, event, seat.id)
