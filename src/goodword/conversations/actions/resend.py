"""A reply that did not get through is sent once more."""

from goodword.conversations import store
from goodword.conversations.events import ReplyRequeued
from goodword.conversations.streams import streams_of
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict, NotFound
from goodword.platform.events import Stamp


async def resend(tx: Tx, stamp: Stamp, conversation_id: str, message_id: str) -> None:
    """The same message, under the same id for the other side, so that nobody has it twice.

    ``Conflict``: it is on its way or has been taken; ``NotFound``: no reply of this conversation.
    """
    stamp.need("conversations.answer")
    await store.hold(tx, conversation_id)
    message = await store.message_row(tx, message_id)
    if message["conversation_id"] not in await streams_of(tx, conversation_id) or not message["delivery"]:
        raise NotFound("message")
    if message["delivery"] not in ("failed", "bounced"):
        raise Conflict("not_failed")
    await store.mark_delivery(tx, message_id, "queued")
    await record(tx, message["conversation_id"], ReplyRequeued(message_id=message_id), stamp)
