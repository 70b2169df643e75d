"""What became of a reply on its way to the customer."""

from goodword.conversations import store
from goodword.conversations.actions.request_person import request_person
from goodword.conversations.events import Bounced, Delivered, DeliveryFailed
from goodword.conversations.model import Summary
from goodword.conversations.timeline import change_status, record
from goodword.platform.clock import MINUTE
from goodword.platform.db import Row, Tx
from goodword.platform.events import Stamp
from goodword.platform.jobs import cancel

LONGEST_DETAIL = 500
TOLD_AGAIN = 15 * MINUTE


async def delivered(tx: Tx, stamp: Stamp, message_id: str, external_id: str | None = None, answer: str = "") -> None:
    """``answer``: the words with which the other side's server took it."""
    message = await store.message_row(tx, message_id)
    if await store.mark_delivery(tx, message_id, "delivered", external_id):
        fact = Delivered(message_id=message_id, external_id=external_id, answer=answer[:LONGEST_DETAIL])
        await record(tx, message["conversation_id"], fact, stamp, **await got_through(tx, message))


async def mark_fetched(tx: Tx, stamp: Stamp, conversation_id: str, seq: int) -> None:
    """The customer's side has everything up to ``seq``."""
    for row in await store.undelivered_until(tx, conversation_id, seq):
        await delivered(tx, stamp, row["id"])


async def delivery_failed(
    tx: Tx, stamp: Stamp, message_id: str, reason: str, retry_at: int | None, detail: str = ""
) -> None:
    """``retry_at=None``: for good. ``detail``: the other side's own words. Nothing where it was removed meanwhile."""
    message = await store.message_row(tx, message_id)
    if message["delivery"] == "withdrawn":
        return
    fact = DeliveryFailed(
        message_id=message_id, reason=reason, final=retry_at is None, retry_at=retry_at, detail=detail[:LONGEST_DETAIL]
    )
    news = await store.mark_delivery(tx, message_id, "failed" if retry_at is None else "deferred")
    # That it waits on is told again only where it waits for much longer: else a short outage fills the time line.
    if news or (retry_at is not None and retry_at - stamp.at >= TOLD_AGAIN):
        lost = await _lost(tx, message) if retry_at is None else {}
        await record(tx, message["conversation_id"], fact, stamp, **lost)
    if news and retry_at is None:
        await _bring_back(tx, stamp, message)
        await _ask_for_a_person(tx, stamp, message, reason)


async def bounced(
    tx: Tx,
    stamp: Stamp,
    message_id: str,
    *,
    recipient: str,
    status: str,
    action: str,
    detail: str = "",
    arrival_id: str | None = None,
) -> None:
    """A reply that had been sent came back from ``recipient``'s side; each returned mail is told once."""
    message = await store.message_row(tx, message_id)
    if not await store.mark_delivery(tx, message_id, "bounced"):
        return
    fact = Bounced(
        message_id=message_id,
        recipient=recipient,
        status=status,
        action=action,
        detail=detail[:LONGEST_DETAIL],
        arrival_id=arrival_id,
    )
    await record(tx, message["conversation_id"], fact, stamp, **await _lost(tx, message))
    await _bring_back(tx, stamp, message)


async def got_through(tx: Tx, message: Row) -> dict[str, None]:
    """What changes in a conversation when this reply of its is no longer lost."""
    conversation = await store.get(tx, message["conversation_id"])
    return {"undelivered": None} if conversation.undelivered == message["id"] else {}


async def _lost(tx: Tx, message: Row) -> dict[str, str]:
    """What changes when this one is. That the customer was not answered counts more than whom else we did not ask."""
    conversation = await store.get(tx, message["conversation_id"])
    if message["addressing"] == "forwarded" and conversation.undelivered:
        return {}
    return {"undelivered": message["id"]}


async def _bring_back(tx: Tx, stamp: Stamp, message: Row) -> None:
    """Whoever was answered by a person and does not know it is work again, also where it had been closed."""
    conversation = await store.get(tx, message["conversation_id"])
    if message["author_kind"] == "agent" and not conversation.spam and conversation.merged_into is None:
        await change_status(tx, conversation, stamp, "open", "undelivered")
        await cancel(tx, f"wake:{conversation.id}")


async def _ask_for_a_person(tx: Tx, stamp: Stamp, message: Row, reason: str) -> None:
    """Whom the assistant could not answer after all must not be left without anybody; a machine may be."""
    conversation = await store.get(tx, message["conversation_id"])
    if message["author_kind"] == "assistant" and conversation.handler == "assistant" and reason != "machine":
        await request_person(tx, stamp, conversation.id, "policy", Summary())
