"""An agent needs no pause."""

import msgspec

from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append
from goodword.staff import get_agent
from goodword.supervision import store
from goodword.supervision.events import PauseDeclined


async def decline_pause(tx: Tx, stamp: Stamp, agent_id: str) -> None:
    """Nothing is offered again within the hour."""
    await tx.lock(f"pause:{agent_id}")
    pause = await store.pause_of(tx, agent_id)
    if pause is None or pause.offered_at is None:
        return
    await store.keep_pause(tx, msgspec.structs.replace(pause, offered_at=None))
    await append(tx, agent_id, PauseDeclined(agent=(await get_agent(tx, agent_id)).named), stamp)
