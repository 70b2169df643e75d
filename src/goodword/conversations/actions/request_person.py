"""A person is wanted: by the customer, by the assistant, or by a rule."""

from goodword.conversations import store
from goodword.conversations.events import HandoverRequested
from goodword.conversations.model import Conversation, HandoverReason, Summary
from goodword.conversations.timeline import change_handler, change_status, record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def request_person(
    tx: Tx, stamp: Stamp, conversation_id: str, reason: HandoverReason, summary: Summary
) -> Conversation:
    """Once a person has been asked for, or is there, asking again changes nothing."""
    conversation = await store.hold(tx, conversation_id)
    if conversation.spam or conversation.merged_into:
        return conversation
    if conversation.handler in ("agent", "queue") and conversation.queued_at is None and conversation.assignee_id:
        return conversation
    if conversation.queued_at is not None:
        return conversation
    since = conversation.waiting_since or stamp.at
    await record(tx, conversation_id, HandoverRequested(reason=reason, summary=summary), stamp, waiting_since=since)
    await change_status(tx, conversation, stamp, "open", "handover")
    await change_handler(tx, conversation, stamp, "queue")
    return await store.get(tx, conversation_id)
