"""Every query on what may be given to whom, and when: skills, loads by channel, shifts."""

from typing import Any

import msgspec

from goodword.platform.db import Row, Tx
from goodword.staff.model import AvailableAgent
from goodword.staff.shifts import Duty, Shifts, is_on_duty, shifts_from, shifts_text
from goodword.staff.store import all_teams, available_agents, find_agent

KEEP = """
INSERT INTO agent_duties (agent_id, skills, channel_loads, shifts, extra_until)
VALUES (:agent_id, :skills, :channel_loads, :shifts, :extra_until)
ON CONFLICT (agent_id) DO UPDATE SET skills = excluded.skills, channel_loads = excluded.channel_loads,
  shifts = excluded.shifts, extra_until = excluded.extra_until
"""


class OnDuty(AvailableAgent, frozen=True):
    """One who is there, says that he is available, and whose shift it is."""

    skills: tuple[str, ...] = ()
    channel_loads: dict[str, int] = msgspec.field(default_factory=dict)
    teams: tuple[str, ...] = ()


class Duties(msgspec.Struct, frozen=True):
    """Of everyone, by the agent's id: what he said, the shifts that hold for him, and his teams' ids."""

    own: dict[str, Duty]
    team_shifts: dict[str, Shifts]
    teams: dict[str, tuple[str, ...]]

    def of(self, agent_id: str) -> Duty:
        return self.own.get(agent_id, Duty())

    def shifts_of(self, agent_id: str) -> Shifts | None:
        return self.of(agent_id).shifts or self.team_shifts.get(agent_id)

    def is_on(self, agent_id: str, at: int) -> bool:
        return is_on_duty(self.shifts_of(agent_id), self.of(agent_id).extra_until, at)


async def all_duties(tx: Tx) -> Duties:
    own = {row["agent_id"]: _duty(row) for row in await tx.rows("SELECT * FROM agent_duties")}
    team_shifts: dict[str, Shifts] = {}
    teams: dict[str, tuple[str, ...]] = {}
    for team in await all_teams(tx):
        for member in team.members:
            teams[member] = (*teams.get(member, ()), team.id)
            if team.shifts:
                team_shifts.setdefault(member, team.shifts)
    return Duties(own, team_shifts, teams)


async def agents_on_duty(tx: Tx, now: int) -> list[OnDuty]:
    """To whom work may be given now."""
    duties = await all_duties(tx)
    return [_on_duty(agent, duties) for agent in await available_agents(tx, now) if duties.is_on(agent.id, now)]


async def is_here(tx: Tx, agent_id: str, now: int) -> bool:
    """Whether work may be given to him now, or may be left with him."""
    agent = await find_agent(tx, agent_id)
    if agent is None or agent.disabled or not agent.online or agent.availability != "available":
        return False
    return (await all_duties(tx)).is_on(agent_id, now)


async def duty_of(tx: Tx, agent_id: str) -> Duty:
    row = await tx.row("SELECT * FROM agent_duties WHERE agent_id = :id", id=agent_id)
    return Duty() if row is None else _duty(row)


async def keep_duty(tx: Tx, agent_id: str, duty: Duty) -> Duty:
    values: dict[str, Any] = {
        "agent_id": agent_id,
        "skills": msgspec.json.encode(duty.skills).decode(),
        "channel_loads": msgspec.json.encode(duty.channel_loads).decode(),
        "shifts": shifts_text(duty.shifts),
        "extra_until": duty.extra_until,
    }
    await tx.run(KEEP, **values)
    return duty


def _on_duty(agent: AvailableAgent, duties: Duties) -> OnDuty:
    duty = duties.of(agent.id)
    return OnDuty(
        **msgspec.structs.asdict(agent),
        skills=duty.skills,
        channel_loads=duty.channel_loads,
        teams=duties.teams.get(agent.id, ()),
    )


def _duty(row: Row) -> Duty:
    return Duty(
        msgspec.json.decode(row["skills"], type=tuple[str, ...]),
        msgspec.json.decode(row["channel_loads"], type=dict[str, int]),
        shifts_from(row["shifts"]),
        int(row["extra_until"]),
    )
