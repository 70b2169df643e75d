"""What may be given to an agent changes: his skills, his loads by channel, his shifts."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from goodword.platform.clock import HOUR
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append
from goodword.staff import duties, profile, store
from goodword.staff.events import AgentDutyChanged
from goodword.staff.shifts import Duty, Shifts, checked_shifts, next_start

LONGEST_EXTRA = 12 * HOUR


async def set_duty(
    tx: Tx,
    stamp: Stamp,
    agent_id: str,
    *,
    skills: tuple[str, ...] | UnsetType = UNSET,
    channel_loads: dict[str, int] | UnsetType = UNSET,
    shifts: Shifts | UnsetType | None = UNSET,
) -> Duty:
    """Change what is given; ``shifts=None``: those of his team."""
    stamp.need("routing.manage")
    wanted: dict[str, Any] = {}
    if skills is not UNSET:
        wanted["skills"] = profile.checked_labels(skills)
    if channel_loads is not UNSET:
        wanted["channel_loads"] = {kind: profile.checked_load(most) for kind, most in channel_loads.items()}
    if shifts is not UNSET:
        wanted["shifts"] = checked_shifts(shifts) if shifts else None
    return await _change(tx, stamp, agent_id, wanted)


async def work_now(tx: Tx, stamp: Stamp, agent_id: str, on: bool = True) -> Duty:
    """He takes conversations though it isn't his shift: until the next one begins, twelve hours at most."""
    everyone = await duties.all_duties(tx)
    until = 0
    if on:
        if everyone.is_on(agent_id, stamp.at):
            return everyone.of(agent_id)
        shifts = everyone.shifts_of(agent_id)
        begins = next_start(shifts, stamp.at) if shifts else None
        until = min(begins or stamp.at + LONGEST_EXTRA, stamp.at + LONGEST_EXTRA)
    return await _change(tx, stamp, agent_id, {"extra_until": until})


async def _change(tx: Tx, stamp: Stamp, agent_id: str, wanted: dict[str, Any]) -> Duty:
    agent = await store.hold_agent(tx, agent_id)
    duty = await duties.duty_of(tx, agent_id)
    changed = tuple(field for field, value in wanted.items() if value != getattr(duty, field))
    if not changed:
        return duty
    await append(tx, agent_id, AgentDutyChanged(agent=agent.named, changed=changed), stamp)
    return await duties.keep_duty(tx, agent_id, msgspec.structs.replace(duty, **wanted))
