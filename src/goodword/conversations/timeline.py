"""The only writer of the time line: a fact and what it changes in the projection, in one transaction."""

from typing import Any

from goodword.conversations import store
from goodword.conversations.events import HandlerChanged, StatusChanged
from goodword.conversations.model import Conversation, Handler, Status
from goodword.platform.db import Tx
from goodword.platform.events import Fact, Stamp, append


async def record(
    tx: Tx, conversation_id: str, fact: Fact, stamp: Stamp, *, event_id: str | None = None, **changes: Any
) -> int:
    """Append ``fact`` and set ``changes`` on the conversation; return its ``seq``, or 0 when it stood there already."""
    seq = await append(tx, conversation_id, fact, stamp, id=event_id)
    if seq:
        await store.update(tx, conversation_id, seq=seq, **changes)
    return seq


async def change_status(
    tx: Tx, conversation: Conversation, stamp: Stamp, status: Status, reason: str, until: int | None = None
) -> None:
    """Nothing happens when it has that status, to the same time, already."""
    if conversation.status == status and conversation.snoozed_until == until:
        return
    fact = StatusChanged(status=status, previous=conversation.status, until=until, reason=reason)  # type: ignore[arg-type]
    await record(tx, conversation.id, fact, stamp, status=status, snoozed_until=until)


async def change_handler(tx: Tx, conversation: Conversation, stamp: Stamp, handler: Handler) -> None:
    """Who is to answer now. Nothing happens when it is so already."""
    if conversation.handler != handler:
        fact = HandlerChanged(handler=handler, previous=conversation.handler)
        await record(tx, conversation.id, fact, stamp, handler=handler)
