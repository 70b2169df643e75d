"""The pause is over, by its time or because the agent says so."""

import msgspec

from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append
from goodword.staff import get_agent, set_availability
from goodword.supervision import store
from goodword.supervision.events import PauseEnded


async def end_pause(tx: Tx, stamp: Stamp, agent_id: str, pause_id: str | None = None) -> None:
    """Of ``pause_id`` only, if it is named: another may have begun since. Who has signed himself off stays off."""
    await tx.lock(f"pause:{agent_id}")
    pause = await store.pause_of(tx, agent_id)
    if pause is None or pause.until is None or (pause_id is not None and pause.id != pause_id):
        return
    await store.keep_pause(tx, msgspec.structs.replace(pause, until=None))
    agent = await get_agent(tx, agent_id)
    await append(tx, agent_id, PauseEnded(agent=agent.named), stamp)
    if agent.availability == "away":
        await set_availability(tx, stamp, agent_id, "available")
