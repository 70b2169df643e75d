"""A conversation that wants a person gets one, or a place in the queue, or is told that nobody is there."""

from goodword.conversations import Conversation, tell_nobody_is_there, wait_in_queue
from goodword.conversations import store as conversations
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.routing import store
from goodword.routing.actions.announce import announce_soon
from goodword.routing.actions.give import give
from goodword.routing.model import Desk, Waiting, estimate_seconds, expected_answer_seconds, handed_out, position_in


async def place(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """Nothing happens when it is somebody's already, waits already, or wants nobody."""
    await tx.lock(store.LOCK)
    conversation = await conversations.hold(tx, conversation_id)
    if not _wants_a_person(conversation):
        return
    desk = await store.desk(tx, stamp.at)
    if not desk.seats:
        expected = expected_answer_seconds(await store.waits_for_nobody(tx))
        await tell_nobody_is_there(tx, stamp, conversation_id, expected)
        return
    waiting = Waiting(conversation.id, conversation.language, await store.previous(tx, conversation.id))
    await _give_or_queue(tx, stamp, waiting, desk)


def _wants_a_person(conversation: Conversation) -> bool:
    free = conversation.handler == "queue" and conversation.assignee_id is None
    return free and conversation.queued_at is None and conversation.status != "closed"


async def _give_or_queue(tx: Tx, stamp: Stamp, waiting: Waiting, desk: Desk) -> None:
    queue = [*await store.queue(tx), waiting]
    for other, seat in handed_out(queue, desk, stamp.at):
        await give(tx, stamp, other.id, seat)
        queue.remove(other)
    if waiting in queue:
        position = position_in(queue, waiting.id, desk)
        estimate = estimate_seconds(await store.waits(tx), position)
        await wait_in_queue(tx, stamp, waiting.id, position, estimate)
    if queue:
        await announce_soon(tx, stamp.at)
