"""An agent has gone: what he has not begun goes to somebody else, and those who wait learn when nobody is left."""

from goodword.conversations import assign, tell_nobody_is_there
from goodword.platform.clock import MINUTE
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.jobs import enqueue
from goodword.routing import store
from goodword.routing.model import expected_answer_seconds
from goodword.staff import find_agent

TAKE_BACK = "routing.take_back"
# A reload or a tunnel is no absence.
STAYED_AWAY = 1 * MINUTE


async def take_back_later(tx: Tx, agent_id: str, at: int) -> None:
    """Unless he has come back by then. Going again starts the minute anew."""
    dedupe = f"{TAKE_BACK}:{agent_id}"
    await enqueue(tx, TAKE_BACK, {"agent_id": agent_id}, at=at + STAYED_AWAY, dedupe=dedupe, move=True)


async def take_back(tx: Tx, stamp: Stamp, agent_id: str) -> None:
    """His conversations in which he has not written since he got them wait for a person again."""
    await tx.lock(store.LOCK)
    agent = await find_agent(tx, agent_id)
    if agent is not None and (agent.availability == "offline" or not agent.online):
        for conversation_id in await store.unanswered_of(tx, agent_id):
            await assign(tx, stamp, conversation_id, agent_id=None, reason="released")
    await _tell_if_nobody_is_left(tx, stamp)


async def _tell_if_nobody_is_left(tx: Tx, stamp: Stamp) -> None:
    if (await store.desk(tx, stamp.at)).seats:
        return
    expected = expected_answer_seconds(await store.waits_for_nobody(tx))
    for waiting in await store.queue(tx):
        await tell_nobody_is_there(tx, stamp, waiting.id, expected)
