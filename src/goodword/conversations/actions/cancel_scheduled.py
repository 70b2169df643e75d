"""A reply that was to be sent later is not sent."""

from typing import Literal

from goodword.conversations import sending_later, store
from goodword.conversations.events import ScheduledReplyCancelled
from goodword.conversations.sending_later import ScheduledReply, timer
from goodword.conversations.streams import root_of, streams_of
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Stamp
from goodword.platform.jobs import cancel

Reason = Literal["agent", "customer_wrote", "author_gone", "no_letters"]


async def cancel_scheduled(tx: Tx, stamp: Stamp, conversation_id: str, scheduled_id: str) -> ScheduledReply:
    """What it said, so that it can be changed and scheduled anew. ``NotFound``: it has been sent or cancelled."""
    stamp.need("conversations.answer")
    await store.hold(tx, conversation_id)
    reply = await of_conversation(tx, conversation_id, scheduled_id)
    await call_off(tx, stamp, reply, "agent")
    return reply


async def of_conversation(tx: Tx, conversation_id: str, scheduled_id: str) -> ScheduledReply:
    """The reply that waits in its time line. ``NotFound``: it has been sent or cancelled, or waits elsewhere."""
    reply = await sending_later.get_waiting(tx, scheduled_id)
    if reply.conversation_id not in await streams_of(tx, conversation_id):
        raise NotFound("scheduled")
    return reply


async def cancel_unless_silent(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """The customer has written: what was meant for his silence isn't said."""
    for reply in await sending_later.waiting(tx, await streams_of(tx, conversation_id)):
        if reply.only_if_silent:
            await call_off(tx, stamp, reply, "customer_wrote")


async def cancel_all(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    for reply in await sending_later.waiting(tx, await streams_of(tx, conversation_id)):
        await call_off(tx, stamp, reply, "agent")


async def call_off(tx: Tx, stamp: Stamp, reply: ScheduledReply, reason: Reason) -> None:
    """Told where it is shown now."""
    if not await sending_later.settle(tx, reply.id, "cancelled"):
        return
    await cancel(tx, timer(reply.id))
    shown = await root_of(tx, await store.get(tx, reply.conversation_id))
    fact = ScheduledReplyCancelled(scheduled_id=reply.id, reason=reason)
    await record(tx, shown.id, fact, stamp, scheduled=max(0, shown.scheduled - 1))
