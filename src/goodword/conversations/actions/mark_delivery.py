"""What became of a reply on its way to the customer."""

from goodword.conversations import store
from goodword.conversations.events import Delivered, DeliveryFailed
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def delivered(tx: Tx, stamp: Stamp, message_id: str, external_id: str | None = None) -> None:
    message = await store.message_row(tx, message_id)
    if await store.mark_delivery(tx, message_id, "delivered", external_id):
        fact = Delivered(message_id=message_id, external_id=external_id)
        await record(tx, message["conversation_id"], fact, stamp)


async def mark_fetched(tx: Tx, stamp: Stamp, conversation_id: str, seq: int) -> None:
    """The customer's side has everything up to ``seq``."""
    for row in await store.undelivered_until(tx, conversation_id, seq):
        await delivered(tx, stamp, row["id"])


async def delivery_failed(tx: Tx, stamp: Stamp, message_id: str, reason: str, retry_at: int | None) -> None:
    """``retry_at=None``: for good. A failure that will be tried again is told once, not at each try."""
    message = await store.message_row(tx, message_id)
    state = "failed" if retry_at is None else "deferred"
    if await store.mark_delivery(tx, message_id, state):
        fact = DeliveryFailed(message_id=message_id, reason=reason, final=retry_at is None, retry_at=retry_at)
        await record(tx, message["conversation_id"], fact, stamp)
