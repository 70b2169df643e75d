"""An agent rests: nothing new is given to him until then."""

from goodword.platform import ids
from goodword.platform.clock import MINUTE
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append
from goodword.platform.jobs import enqueue
from goodword.staff import get_agent, set_availability
from goodword.supervision import store
from goodword.supervision.events import PauseTaken
from goodword.supervision.model import PAUSE_MINUTES, Pause

PAUSE_OVER = "supervision.pause_over"


async def take_pause(tx: Tx, stamp: Stamp, agent_id: str, minutes: int) -> Pause:
    """Whether one was offered or not. ``BadInput``: none of ``PAUSE_MINUTES``."""
    if minutes not in PAUSE_MINUTES:
        raise BadInput("pause_minutes")
    await tx.lock(f"pause:{agent_id}")
    agent = await get_agent(tx, agent_id)
    before = await store.pause_of(tx, agent_id)
    until = stamp.at + minutes * MINUTE
    pause = Pause(ids.new("pau", stamp.at), agent_id, before.conversation_id if before else None, None, until)
    await store.keep_pause(tx, pause)
    await append(tx, agent_id, PauseTaken(agent=agent.named, until=until), stamp)
    await set_availability(tx, stamp, agent_id, "away")
    payload = {"agent_id": agent_id, "pause_id": pause.id}
    await enqueue(tx, PAUSE_OVER, payload, at=until, dedupe=f"{PAUSE_OVER}:{pause.id}")
    return pause
