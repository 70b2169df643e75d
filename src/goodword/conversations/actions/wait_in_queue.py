"""A conversation waits for a person, and the customer is told where it stands."""

from goodword.conversations import store
from goodword.conversations.events import NobodyAvailable, Queued, QueuePositionChanged
from goodword.conversations.timeline import change_handler, record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def wait_in_queue(
    tx: Tx, stamp: Stamp, conversation_id: str, position: int, estimate: int | None, seldom: int | None = None
) -> None:
    """``position`` counts from 1; ``estimate`` and ``seldom`` in seconds, None when the desk can't honestly tell."""
    conversation = await store.hold(tx, conversation_id)
    if conversation.queued_at is not None:
        return
    fact = Queued(position=position, estimate_seconds=estimate, seldom_seconds=seldom)
    await record(tx, conversation_id, fact, stamp, queued_at=stamp.at, queue_position=position)
    await change_handler(tx, conversation, stamp, "queue")


async def move_up(
    tx: Tx, stamp: Stamp, conversation_id: str, position: int, estimate: int | None, seldom: int | None = None
) -> None:
    """Tell the new position, when it is one."""
    conversation = await store.hold(tx, conversation_id)
    if conversation.queued_at is not None and conversation.queue_position != position:
        fact = QueuePositionChanged(position=position, estimate_seconds=estimate, seldom_seconds=seldom)
        await record(tx, conversation_id, fact, stamp, queue_position=position)


async def tell_nobody_is_there(
    tx: Tx, stamp: Stamp, conversation_id: str, expected: int | None, opens_at: int | None = None
) -> None:
    """``expected`` answer in seconds; ``opens_at``: when somebody will be there.

    The conversation keeps its place in the queue until then.
    """
    conversation = await store.hold(tx, conversation_id)
    if conversation.handler == "nobody":
        return
    fact = NobodyAvailable(expected_answer_seconds=expected, opens_at=opens_at)
    queued_at = conversation.queued_at or stamp.at
    await record(tx, conversation_id, fact, stamp, queued_at=queued_at, queue_position=None)
    await change_handler(tx, conversation, stamp, "nobody")
