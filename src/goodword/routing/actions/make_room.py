"""A conversation that was closed goes on, and its agent has his hands full."""

from goodword.conversations import assign
from goodword.conversations import store as conversations
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.routing import store


async def make_room(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """It waits for a person then, for him before others: nobody has more than his load because a customer wrote."""
    await tx.lock(store.LOCK)
    conversation = await conversations.hold(tx, conversation_id)
    if conversation.status != "open" or conversation.handler != "agent":
        return
    desk = await store.desk(tx, stamp.at, await store.settings(tx))
    seat = next((seat for seat in desk.seats if seat.id == conversation.assignee_id), None)
    if seat and seat.has_too_much(conversation.channel.kind):
        await assign(tx, stamp, conversation_id, agent_id=None, reason="returned")
