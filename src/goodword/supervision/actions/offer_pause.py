"""An agent has read hard words: a pause is offered, to him alone."""

from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append
from goodword.staff import find_agent
from goodword.supervision import store
from goodword.supervision.events import PauseOffered
from goodword.supervision.model import Pause, deserves_pause


async def offer_pause(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """Nothing happens when the conversation was bearable, or when something was offered within the hour."""
    agent_id, messages = await store.read_by_assignee(tx, conversation_id)
    agent = await find_agent(tx, agent_id) if agent_id else None
    if agent is None or agent.disabled:
        return
    await tx.lock(f"pause:{agent.id}")
    running = await store.pause_of(tx, agent.id)
    rests = running is not None and (running.until or 0) > stamp.at
    if rests or not deserves_pause(messages, await store.last_offered(tx, agent.id), stamp.at):
        return
    pause = Pause(ids.new("pau", stamp.at), agent.id, conversation_id, stamp.at, None)
    await store.keep_pause(tx, pause)
    await append(tx, agent.id, PauseOffered(agent=agent.named, conversation_id=conversation_id), stamp)
