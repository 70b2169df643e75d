"""An agent or the assistant answers the customer."""

from goodword.conversations import store
from goodword.conversations.actions.receive import Received, message_of, said_before
from goodword.conversations.actions.take_over import take_over
from goodword.conversations.events import ReplyQueued
from goodword.conversations.model import Draft, checked, preview
from goodword.conversations.timeline import change_status, record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def reply(tx: Tx, stamp: Stamp, conversation_id: str, draft: Draft) -> Received:
    """Queue ``draft`` for delivery; an agent who answers what was the assistant's or nobody's takes it over.

    What the assistant says while a person is wanted answers nothing: the customer waits on. The same
    ``draft.client_id`` is said once.
    """
    stamp.need("conversations.answer")
    checked(draft)
    conversation = await store.hold(tx, conversation_id)
    message_id = ids.derived("msg", conversation_id, stamp.actor.id or stamp.actor.kind, draft.client_id)
    if before := await store.said_before(tx, message_id):
        return await said_before(tx, before)
    if stamp.actor.kind == "agent" and conversation.assignee_id is None:
        conversation = await take_over(tx, stamp, conversation_id)
    message = message_of(draft, message_id, stamp)
    answered = stamp.actor.kind == "agent" or conversation.handler == "assistant"
    seq = await record(
        tx,
        conversation_id,
        ReplyQueued(message=message),
        stamp,
        last_at=stamp.at,
        waiting_since=None if answered else conversation.waiting_since,
        unread=0 if stamp.actor.kind == "agent" else conversation.unread,
        preview_text=preview(draft.text, draft.attachments),
        preview_author=stamp.actor.kind,
        preview_kind="message",
        preview_at=stamp.at,
    )
    await store.say(tx, conversation_id, message, seq, delivery="queued")
    if stamp.actor.kind == "agent":
        await store.drop_draft(tx, conversation_id, stamp.actor.id)
    if answered and conversation.status in ("open", "waiting", "snoozed"):
        await change_status(tx, conversation, stamp, "waiting", "reply")
    return Received(message, await store.get(tx, conversation_id), seq, fresh=True)
