"""A reply that waits for its time is worded anew, or waits for another."""

import msgspec

from goodword.conversations import sending_later, store
from goodword.conversations.actions.cancel_scheduled import of_conversation
from goodword.conversations.events import ReplyRescheduled
from goodword.conversations.model import Draft, Ref, checked_reply
from goodword.conversations.sending_later import SEND, ScheduledReply, check_times, timer
from goodword.conversations.streams import must_be_at_work
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.errors import Forbidden
from goodword.platform.events import Stamp
from goodword.platform.jobs import enqueue


async def reschedule(
    tx: Tx,
    stamp: Stamp,
    conversation_id: str,
    scheduled_id: str,
    *,
    text: str | None = None,
    send_at: int | None = None,
) -> ScheduledReply:
    """What is None stays. Whoever changes the words is the one who says them.

    ``NotFound``: it has been sent or cancelled. ``BadInput``: ``send_at`` has passed, or nothing is left to say.
    """
    stamp.need("conversations.answer")
    if stamp.actor.kind != "agent" or stamp.actor.id is None:
        raise Forbidden("people_only")
    conversation = await must_be_at_work(tx, await store.hold(tx, conversation_id))
    before = await of_conversation(tx, conversation_id, scheduled_id)
    words = before.text if text is None else text
    author = before.author if words == before.text else Ref(stamp.actor.id, stamp.actor.name)
    reply = msgspec.structs.replace(
        before, text=words, author=author, send_at=before.send_at if send_at is None else send_at
    )
    if reply == before:
        return before
    checked_reply(Draft(client_id=reply.id, text=reply.text, attachments=reply.attachments, letter=reply.letter))
    check_times(stamp.at, reply.send_at, reply.then, reply.until)
    await sending_later.change(tx, reply)
    fact = ReplyRescheduled(scheduled_id=reply.id, text=reply.text, send_at=reply.send_at, author=reply.author)
    await record(tx, conversation.id, fact, stamp)
    await enqueue(tx, SEND, {"scheduled_id": reply.id}, at=reply.send_at, dedupe=timer(reply.id), move=True)
    return reply
