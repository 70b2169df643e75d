"""Who is there, who waits, and what was set."""

from collections.abc import Sequence
from typing import Any

import msgspec

from goodword.conversations.model import HEATED, PRIORITIES
from goodword.conversations.store import tags_of_many
from goodword.platform.clock import DAY, HOUR
from goodword.platform.db import Row, Tx
from goodword.routing.model import Desk, Seat, TeamRule, Waiting, competing, rank_at_arrival
from goodword.routing.settings import RoutingSettings
from goodword.staff import agents_on_duty, all_teams

LOCK = "routing"

LOADS = """
SELECT assignee_id, channel_kind, count(*) AS load FROM conversations
WHERE assignee_id IS NOT NULL AND handler = 'agent' AND status IN ('open', 'waiting')
GROUP BY assignee_id, channel_kind
"""
HEATED_OF_AGENTS = f"""
SELECT a.agent_id, count(DISTINCT a.conversation_id) AS many FROM routing_assignments a
JOIN conversations c ON c.id = a.conversation_id
WHERE a.at > :since AND c.mood IN {HEATED} GROUP BY a.agent_id
"""
# A working day: who had the angry ones in the morning is spared in the afternoon.
HEAT_LASTS = 8 * HOUR
LAST_GIVEN = "SELECT agent_id, max(seq) AS seq FROM routing_assignments GROUP BY agent_id"
# Who only stands in for somebody is not the customer's agent.
KNOWN = """
SELECT a.agent_id FROM routing_assignments a JOIN conversations o ON o.id = a.conversation_id
WHERE {of} AND a.at > :known_since AND a.reason NOT IN ('overflow', 'returned') ORDER BY a.seq DESC LIMIT 1
"""
WAITING = f"""
SELECT c.id, c.language, c.team_id, c.channel_id, c.channel_kind, c.priority, c.queued_at, c.queue_position,
  c.mood, c.assignee_id, c.waiting_since, c.created_at, u.tier, COALESCE(p.rank, c.queued_at) AS rank,
  ({KNOWN.format(of="o.id = c.id")}) AS mine, ({KNOWN.format(of="o.customer_id = c.customer_id")}) AS known
FROM conversations c LEFT JOIN customers u ON u.id = c.customer_id
LEFT JOIN routing_places p ON p.conversation_id = c.id AND p.entered_at = c.queued_at
WHERE {{which}} ORDER BY rank, c.number
"""
WEIGHT = """
SELECT c.priority, u.tier FROM conversations c LEFT JOIN customers u ON u.id = c.customer_id WHERE c.id = :id
"""
KEEP_PLACE = """
INSERT INTO routing_places (conversation_id, entered_at, rank) VALUES (:id, :at, :rank)
ON CONFLICT (conversation_id) DO UPDATE SET entered_at = excluded.entered_at, rank = excluded.rank
"""
KEEP_SETTINGS = """
INSERT INTO routing_settings (id, data) VALUES (1, :data) ON CONFLICT (id) DO UPDATE SET data = excluded.data
"""


async def settings(tx: Tx) -> RoutingSettings:
    data: str | None = await tx.value("SELECT data FROM routing_settings WHERE id = 1")
    return msgspec.json.decode(data, type=RoutingSettings) if data else RoutingSettings()


async def keep_settings(tx: Tx, changed: RoutingSettings) -> None:
    await tx.run(KEEP_SETTINGS, data=msgspec.json.encode(changed).decode())


async def desk(tx: Tx, now: int, rules: RoutingSettings) -> Desk:
    """Who is there, and how much each has."""
    loads: dict[str, dict[str, int]] = {}
    for row in await tx.rows(LOADS):
        loads.setdefault(row["assignee_id"], {})[row["channel_kind"]] = int(row["load"])
    given = {row["agent_id"]: int(row["seq"]) for row in await tx.rows(LAST_GIVEN)}
    lately = now - HEAT_LASTS
    heated = {row["agent_id"]: int(row["many"]) for row in await tx.rows(HEATED_OF_AGENTS, since=lately)}
    seats = tuple(
        Seat(
            agent.id,
            agent.languages,
            sum(loads.get(agent.id, {}).values()),
            agent.max_load,
            given.get(agent.id, 0),
            frozenset(agent.skills),
            frozenset(agent.teams),
            loads.get(agent.id, {}),
            agent.channel_loads,
            heated.get(agent.id, 0),
        )
        for agent in await agents_on_duty(tx, now)
    )
    return Desk(
        seats,
        {
            team.id: TeamRule(team.strategy, team.overflow_minutes, team.overflow_to, team.any_language)
            for team in await all_teams(tx)
        },
        rules.strategy,
        rules.any_language,
        rules.skill_minutes,
        rules.last_agent_minutes,
    )


async def queue(tx: Tx, now: int, rules: RoutingSettings) -> list[Waiting]:
    """Who waits for a person: lowest rank first."""
    return await _waiting(tx, now, rules, "c.queued_at IS NOT NULL")


async def arriving(tx: Tx, id: str, now: int, rules: RoutingSettings, queue: Sequence[Waiting], desk: Desk) -> Waiting:
    """One that is to be given to somebody or to be queued now, with its rank."""
    (waiting,) = await _waiting(tx, now, rules, "c.id = :id", id=id)
    waiting = msgspec.structs.replace(waiting, told=None)
    return await ranked(tx, waiting, rules, queue, desk, now)


async def returning(tx: Tx, id: str, now: int, rules: RoutingSettings) -> Waiting:
    """One that may go back from an agent who is gone: it has waited since its customer waits."""
    (waiting,) = await _waiting(tx, now, rules, "c.id = :id", id=id)
    return waiting


async def ranked(
    tx: Tx, waiting: Waiting, rules: RoutingSettings, queue: Sequence[Waiting], desk: Desk, now: int
) -> Waiting:
    row = await tx.row(WEIGHT, id=waiting.id)
    assert row is not None
    rivals = competing([other for other in queue if other.id != waiting.id], waiting, desk, now)
    return msgspec.structs.replace(waiting, rank=rank_at_arrival(waiting.since, _head_start(row, rules), rivals))


async def keep_place(tx: Tx, conversation_id: str, entered_at: int, rank: int) -> None:
    await tx.run(KEEP_PLACE, id=conversation_id, at=entered_at, rank=rank)


async def _waiting(tx: Tx, now: int, rules: RoutingSettings, which: str, **values: Any) -> list[Waiting]:
    known_since = now - rules.last_agent_days * DAY
    rows = await tx.rows(WAITING.format(which=which), known_since=known_since, **values)
    tags = await tags_of_many(tx, [row["id"] for row in rows]) if rows else {}
    teams = {row["id"] for row in await tx.rows("SELECT id FROM teams")} if rows else set()
    return [_one(row, tags.get(row["id"], []), rules, teams, now) for row in rows]


def _one(row: Row, tags: list[str], rules: RoutingSettings, teams: set[str], now: int) -> Waiting:
    team = row["team_id"] or rules.team_for(row["channel_id"])
    skills = rules.skills_for(tags, row["channel_id"])
    since = row["queued_at"] or (row["waiting_since"] if row["assignee_id"] else None) or now
    return Waiting(
        id=row["id"],
        language=row["language"],
        previous=(row["mine"] or row["known"]) if rules.last_agent_days else None,
        team=team if team in teams else None,
        kind=row["channel_kind"],
        skills=skills,
        musts=rules.musts & frozenset(skills),
        since=since,
        rank=since - _head_start(row, rules) if row["rank"] is None else int(row["rank"]),
        told=row["queue_position"],
        owner=row["assignee_id"],
        heated=row["mood"] in HEATED,
    )


def _head_start(row: Row, rules: RoutingSettings) -> int:
    return rules.head_start(row["tier"] or "standard", PRIORITIES[row["priority"]])
