"""Every query on agents, teams and presence; those on keys stand in ``keys.py``."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound
from goodword.staff.model import SEEN_WITHIN, Agent, AvailableAgent, Named, Team
from goodword.staff.preferences import Preferences
from goodword.staff.shifts import shifts_from, shifts_text

AGENTS = """
SELECT agents.*, roles.name AS role_name, roles.rights AS role_rights
FROM agents LEFT JOIN roles ON roles.id = agents.role
"""
ADD = """
INSERT INTO agents (id, email, name, password_hash, role, languages, language, theme, density,
  availability, online, max_load, disabled, created_at, preferences)
VALUES (:id, :email, :name, :password_hash, :role, :languages, :language, :theme, :density,
  :availability, :online, :max_load, :disabled, :created_at, :preferences)
ON CONFLICT (email) DO NOTHING
"""
KEEP = """
UPDATE agents SET name = :name, role = :role, languages = :languages, language = :language, theme = :theme,
  density = :density, availability = :availability, online = :online, max_load = :max_load, disabled = :disabled,
  preferences = :preferences
WHERE id = :id
"""
AVAILABLE = """
SELECT id, name, languages, max_load FROM agents WHERE availability = 'available' AND disabled = :no
AND (role IN ('admin', 'supervisor', 'senior', 'agent')
  OR role IN (SELECT roles.id FROM roles WHERE roles.rights LIKE '%"conversations.answer"%'))
AND EXISTS (SELECT 1 FROM agent_presence WHERE agent_presence.agent_id = agents.id AND seen_at > :since) ORDER BY id
"""
SEEN = """
INSERT INTO agent_presence (connection_id, agent_id, seen_at) VALUES (:connection_id, :agent_id, :at)
ON CONFLICT (connection_id) DO UPDATE SET seen_at = excluded.seen_at
"""
KEEP_TEAM = """
INSERT INTO teams (id, name, created_at, strategy, overflow_minutes, overflow_to, any_language, shifts)
VALUES (:id, :name, :at, :strategy, :overflow_minutes, :overflow_to, :any_language, :shifts)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, strategy = excluded.strategy,
  overflow_minutes = excluded.overflow_minutes, overflow_to = excluded.overflow_to,
  any_language = excluded.any_language, shifts = excluded.shifts
"""
TEAMS_OF = """
SELECT agent_id, teams.id, teams.name FROM teams JOIN team_members ON team_id = teams.id ORDER BY teams.name, teams.id
"""


async def count_agents(tx: Tx) -> int:
    return int(await tx.value("SELECT count(*) FROM agents"))


async def find_agent(tx: Tx, id: str) -> Agent | None:
    """Also one who has left (``disabled``): his name still stands in time lines."""
    row = await tx.row(f"{AGENTS} WHERE agents.id = :id", id=id)
    return None if row is None else agent(row)


async def get_agent(tx: Tx, id: str) -> Agent:
    """``NotFound`` where there is none."""
    found = await find_agent(tx, id)
    if found is None:
        raise NotFound("agent")
    return found


async def hold_agent(tx: Tx, id: str) -> Agent:
    """The agent, with everyone else who wants to change him waiting. ``NotFound``."""
    await tx.lock(id)
    return await get_agent(tx, id)


async def find_by_email(tx: Tx, email: str) -> tuple[Agent, str] | None:
    """The agent and the hash of his password."""
    row = await tx.row(f"{AGENTS} WHERE email = :email", email=email)
    return None if row is None else (agent(row), row["password_hash"])


async def password_hash_of(tx: Tx, agent_id: str) -> str:
    return str(await tx.value("SELECT password_hash FROM agents WHERE id = :id", id=agent_id))


async def all_agents(tx: Tx) -> list[Agent]:
    """By name; those who have left come last."""
    return [agent(row) for row in await tx.rows(f"{AGENTS} ORDER BY disabled, agents.name, agents.id")]


async def count_admins(tx: Tx) -> int:
    sql = "SELECT count(*) FROM agents WHERE role = 'admin' AND disabled = :no"
    return int(await tx.value(sql, no=False))


async def available_agents(tx: Tx, now: int) -> list[AvailableAgent]:
    """Those who answer conversations, say that they are available and were seen in the 45 seconds before ``now``."""
    rows = await tx.rows(AVAILABLE, since=now - SEEN_WITHIN, no=False)
    return [AvailableAgent(row["id"], row["name"], _words(row["languages"]), row["max_load"]) for row in rows]


async def add_agent(tx: Tx, added: Agent, password_hash: str) -> bool:
    """False: the e-mail address is taken."""
    return bool(await tx.run(ADD, **_columns(added), password_hash=password_hash))


async def keep_agent(tx: Tx, changed: Agent) -> Agent:
    """Write everything but e-mail address and password."""
    values = _columns(changed)
    del values["email"], values["created_at"]
    await tx.run(KEEP, **values)
    return changed


async def keep_password(tx: Tx, agent_id: str, password_hash: str) -> None:
    await tx.run("UPDATE agents SET password_hash = :hash WHERE id = :id", hash=password_hash, id=agent_id)


async def find_team(tx: Tx, id: str) -> Team | None:
    row = await tx.row("SELECT * FROM teams WHERE id = :id", id=id)
    return None if row is None else _team(row, await _members(tx, id))


async def get_team(tx: Tx, id: str) -> Team:
    """``NotFound`` where there is none."""
    team = await find_team(tx, id)
    if team is None:
        raise NotFound("team")
    return team


async def all_teams(tx: Tx) -> list[Team]:
    rows = await tx.rows("SELECT * FROM teams ORDER BY name, id")
    return [_team(row, await _members(tx, row["id"])) for row in rows]


async def teams_of_agents(tx: Tx) -> dict[str, tuple[Named, ...]]:
    """The teams of everyone who is in one, by the agent's id."""
    teams: dict[str, tuple[Named, ...]] = {}
    for row in await tx.rows(TEAMS_OF):
        teams[row["agent_id"]] = (*teams.get(row["agent_id"], ()), Named(row["id"], row["name"]))
    return teams


async def keep_team(tx: Tx, team: Team, at: int) -> bool:
    """False: another team has this name."""
    taken = "SELECT id FROM teams WHERE name = :name AND id <> :id"
    if await tx.value(taken, name=team.name, id=team.id):
        return False
    values = msgspec.structs.asdict(team) | {"shifts": shifts_text(team.shifts)}
    del values["members"]
    await tx.run(KEEP_TEAM, **values, at=at)
    await tx.run("DELETE FROM team_members WHERE team_id = :id", id=team.id)
    for member in team.members:
        joins = "INSERT INTO team_members (team_id, agent_id) VALUES (:team, :agent)"
        await tx.run(joins, team=team.id, agent=member)
    return True


async def drop_team(tx: Tx, id: str) -> None:
    await tx.run("DELETE FROM team_members WHERE team_id = :id", id=id)
    await tx.run("DELETE FROM teams WHERE id = :id", id=id)


async def names_of(tx: Tx, agent_ids: Iterable[str]) -> tuple[Named, ...]:
    """``NotFound``: one of them is no agent."""
    return tuple([(await get_agent(tx, id)).named for id in agent_ids])


async def company_name(tx: Tx, fallback: str) -> str:
    """What the company called itself when it set up its desk; ``fallback`` where it has not."""
    return await tx.value("SELECT company FROM desk WHERE id = 1") or fallback


async def keep_company_name(tx: Tx, name: str) -> None:
    sql = "INSERT INTO desk (id, company) VALUES (1, :name) ON CONFLICT (id) DO UPDATE SET company = excluded.company"
    await tx.run(sql, name=name)


async def see(tx: Tx, agent_id: str, connection_id: str, at: int) -> None:
    await tx.run(SEEN, agent_id=agent_id, connection_id=connection_id, at=at)


async def see_again(tx: Tx, agent_id: str, connection_id: str, at: int) -> bool:
    """False: the connection had been given up."""
    sql = "UPDATE agent_presence SET seen_at = :at WHERE connection_id = :connection_id AND agent_id = :agent_id"
    return bool(await tx.run(sql, agent_id=agent_id, connection_id=connection_id, at=at))


async def part_with(tx: Tx, agent_id: str, connection_id: str | None = None) -> None:
    """Forget one connection of an agent, or all."""
    sql = "DELETE FROM agent_presence WHERE agent_id = :agent_id"
    if connection_id is None:
        await tx.run(sql, agent_id=agent_id)
    else:
        await tx.run(f"{sql} AND connection_id = :connection_id", agent_id=agent_id, connection_id=connection_id)


async def last_seen(tx: Tx, agent_id: str) -> int | None:
    """When an open workspace of his was last heard of."""
    seen: int | None = await tx.value("SELECT max(seen_at) FROM agent_presence WHERE agent_id = :id", id=agent_id)
    return seen


async def forget_connections(tx: Tx, agent_id: str, before: int) -> None:
    """Drop those that have been silent since ``before``."""
    sql = "DELETE FROM agent_presence WHERE agent_id = :id AND seen_at <= :before"
    await tx.run(sql, id=agent_id, before=before)


def agent(row: Row) -> Agent:
    """From a row that has the columns of ``AGENTS``."""
    values = {name: row[name] for name in Agent.__struct_fields__}
    values |= {"languages": _words(row["languages"]), "preferences": _preferences(row["preferences"])}
    values |= {"role_name": row["role_name"] or "", "role_rights": _words(row["role_rights"] or "[]")}
    return Agent(**values | {name: bool(row[name]) for name in ("online", "disabled")})


async def _members(tx: Tx, team_id: str) -> tuple[str, ...]:
    rows = await tx.rows("SELECT agent_id FROM team_members WHERE team_id = :id ORDER BY agent_id", id=team_id)
    return tuple(row["agent_id"] for row in rows)


def _team(row: Row, members: tuple[str, ...]) -> Team:
    values = {name: row[name] for name in Team.__struct_fields__ if name != "members"}
    values |= {"shifts": shifts_from(row["shifts"]), "any_language": bool(row["any_language"])}
    return Team(members=members, **values)


def _columns(agent: Agent) -> dict[str, Any]:
    values = msgspec.structs.asdict(agent)
    for name in ("role_name", "role_rights"):
        del values[name]
    for name in ("languages", "preferences"):
        values[name] = msgspec.json.encode(values[name]).decode()
    return values


def _words(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...])


@lru_cache(maxsize=1_000)
def _preferences(text: str) -> Preferences:
    return msgspec.json.decode(text, type=Preferences)
