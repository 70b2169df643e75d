"""A conversation that wants a person gets one, or a place in the queue, or is told that nobody is there."""

from goodword.conversations import Conversation, assign, wait_in_queue
from goodword.conversations import store as conversations
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.routing import history, store
from goodword.routing.actions.announce import announce_soon, tell_who_waits_in_vain
from goodword.routing.actions.give import hand_out
from goodword.routing.model import Desk, Waiting, can_serve, position_in
from goodword.routing.settings import RoutingSettings
from goodword.routing.waits import expectation


async def place(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """Nothing happens when it is somebody's already, waits already, or wants nobody."""
    await tx.lock(store.LOCK)
    conversation = await conversations.hold(tx, conversation_id)
    if not _wants_a_person(conversation):
        return
    rules = await store.settings(tx)
    desk, queue = await store.desk(tx, stamp.at, rules), await store.queue(tx, stamp.at, rules)
    waiting = await store.arriving(tx, conversation.id, stamp.at, rules, queue, desk)
    queue = sorted([*queue, waiting], key=lambda one: one.rank)
    left, desk = await hand_out(tx, stamp, queue, desk)
    if waiting in left:
        await _queue(tx, stamp, waiting, left, desk, rules)
    if left:
        await announce_soon(tx, stamp.at)


def _wants_a_person(conversation: Conversation) -> bool:
    free = conversation.handler == "queue" and conversation.assignee_id is None
    return free and conversation.queued_at is None and conversation.status != "closed"


async def _queue(
    tx: Tx, stamp: Stamp, waiting: Waiting, queue: list[Waiting], desk: Desk, rules: RoutingSettings
) -> None:
    await store.keep_place(tx, waiting.id, stamp.at, waiting.rank)
    if waiting.team != (await conversations.get(tx, waiting.id)).team_id:
        await assign(tx, stamp, waiting.id, agent_id=None, team_id=waiting.team, reason="routed")
    if can_serve(waiting, desk, stamp.at):
        position = position_in(queue, waiting.id, desk, stamp.at)
        expected = expectation(await history.waits(tx, stamp.at), position, stamp.at, rules.timezone, waiting.team)
        await wait_in_queue(tx, stamp, waiting.id, position, expected.usual, expected.seldom)
    else:
        await tell_who_waits_in_vain(tx, stamp, [waiting], desk, rules)
