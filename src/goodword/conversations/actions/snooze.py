"""A conversation is put off until a time, or until the customer writes."""

from goodword.conversations import store
from goodword.conversations.model import Conversation
from goodword.conversations.streams import must_be_at_work
from goodword.conversations.timeline import change_status
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp
from goodword.platform.jobs import enqueue

WAKE = "conversations.wake"


async def snooze(tx: Tx, stamp: Stamp, conversation_id: str, until: int) -> Conversation:
    """``BadInput``: ``until`` has passed."""
    stamp.need("conversations.answer")
    if until <= stamp.at:
        raise BadInput("until_past")
    conversation = await store.hold(tx, conversation_id)
    await must_be_at_work(tx, conversation)
    await change_status(tx, conversation, stamp, "snoozed", "agent", until)
    payload = {"conversation_id": conversation_id}
    await enqueue(tx, WAKE, payload, at=until, dedupe=f"wake:{conversation_id}", move=True)
    return await store.get(tx, conversation_id)


async def wake(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """The time has come, unless the conversation has been put off further or is no longer asleep."""
    conversation = await store.hold(tx, conversation_id)
    if conversation.status == "snoozed" and (conversation.snoozed_until or 0) <= stamp.at:
        await change_status(tx, conversation, stamp, "open", "timer")
