"""An agent or the assistant answers the customer."""

from goodword.conversations import merges, store
from goodword.conversations.actions.receive import Received, message_of, said_before
from goodword.conversations.actions.take_over import take_over
from goodword.conversations.canned import count_uses
from goodword.conversations.events import ReplyQueued
from goodword.conversations.model import Draft, checked_reply, passes_on, preview
from goodword.conversations.streams import must_be_at_work, streams_of
from goodword.conversations.timeline import change_status, record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp

OTHERS_REPLY = """
SELECT e.actor_name FROM messages m JOIN events e ON e.seq = m.seq
WHERE m.conversation_id = :id AND m.seq > :seq AND m.kind = 'message' AND m.author_kind = 'agent'
  AND COALESCE(m.addressing, '') <> 'forwarded'
  AND m.author_id <> :agent_id
ORDER BY m.seq LIMIT 1
"""


async def reply(
    tx: Tx,
    stamp: Stamp,
    conversation_id: str,
    draft: Draft,
    *,
    seen_seq: int | None = None,
    keep_draft: bool = False,
) -> Received:
    """Queue ``draft`` for delivery; an agent who answers what was the assistant's or nobody's takes it over.

    What the assistant says while a person is wanted answers nothing: the customer waits on. What is passed on to
    somebody else answers nothing either, whoever says it, and is taken over by nobody. The same ``draft.client_id`` is
    said once. ``Conflict``: it was merged into another or is spam; or a colleague has replied after ``seen_seq``, the
    last that the agent had seen.
    """
    stamp.need("conversations.answer")
    checked_reply(draft)
    conversation = await store.hold(tx, conversation_id)
    message_id = ids.derived("msg", conversation_id, stamp.actor.id or stamp.actor.kind, draft.client_id)
    if before := await store.said_before(tx, message_id):
        return await said_before(tx, before)
    await must_be_at_work(tx, conversation)
    if seen_seq is not None and not passes_on(draft):
        await _must_be_news(tx, stamp, conversation_id, seen_seq)
    by_agent = stamp.actor.kind == "agent" and not passes_on(draft)
    if by_agent and conversation.assignee_id is None:
        conversation = await take_over(tx, stamp, conversation_id)
    message = message_of(draft, message_id, stamp)
    words = draft.text or (draft.letter.subject if draft.letter else "")
    answered = by_agent or (conversation.handler == "assistant" and not passes_on(draft))
    seq = await record(
        tx,
        conversation_id,
        ReplyQueued(message=message),
        stamp,
        last_at=stamp.at,
        waiting_since=None if answered else conversation.waiting_since,
        unread=0 if by_agent else conversation.unread,
        undelivered=None if by_agent else conversation.undelivered,
        preview_text=preview(words, draft.attachments, draft.cards),
        preview_author=stamp.actor.kind,
        preview_kind="message",
        preview_at=stamp.at,
    )
    await store.say(tx, conversation_id, message, seq, delivery="queued")
    await count_uses(tx, draft.canned)
    if answered:
        await merges.dealt_with(tx, conversation_id, by_agent=by_agent)
    if stamp.actor.kind == "agent" and not keep_draft:
        await store.drop_draft(tx, conversation_id, stamp.actor.id)
    if answered and conversation.status in ("open", "waiting", "snoozed"):
        await change_status(tx, conversation, stamp, "waiting", "reply")
    return Received(message, await store.get(tx, conversation_id), seq, fresh=True)


async def _must_be_news(tx: Tx, stamp: Stamp, conversation_id: str, seen_seq: int) -> None:
    for stream in await streams_of(tx, conversation_id):
        name = await tx.value(OTHERS_REPLY, id=stream, seq=seen_seq, agent_id=stamp.actor.id or "")
        if name is not None:
            raise Conflict("answered_meanwhile", name=name)
