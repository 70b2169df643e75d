"""A reply that did not get through is sent once more."""

from goodword.conversations import store
from goodword.conversations.actions.mark_delivery import got_through
from goodword.conversations.events import ReplyRequeued
from goodword.conversations.streams import streams_of
from goodword.conversations.timeline import change_status, record
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict, NotFound
from goodword.platform.events import Stamp


async def resend(tx: Tx, stamp: Stamp, conversation_id: str, message_id: str) -> None:
    """The same message, under the same id for the other side, so that nobody has it twice.

    ``Conflict``: it is on its way or has been taken; ``NotFound``: no reply of this conversation.
    """
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    message = await store.message_row(tx, message_id)
    if message["conversation_id"] not in await streams_of(tx, conversation_id) or not message["delivery"]:
        raise NotFound("message")
    if message["delivery"] not in ("failed", "bounced"):
        raise Conflict("not_failed")
    await store.mark_delivery(tx, message_id, "queued")
    fact = ReplyRequeued(message_id=message_id)
    await record(tx, message["conversation_id"], fact, stamp, **await got_through(tx, message))
    if conversation.status == "open" and conversation.waiting_since is None:
        await change_status(tx, conversation, stamp, "waiting", "reply")
