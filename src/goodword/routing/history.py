"""What was given to whom, how long it had waited, and whose conversations are held by nobody who is there."""

import msgspec

from goodword.conversations.events import Assigned, NobodyAvailable, Queued
from goodword.platform.clock import DAY
from goodword.platform.db import Row, Tx
from goodword.platform.events import Event, by_seq
from goodword.routing.returning import Absence, Held
from goodword.routing.waits import Wait
from goodword.staff import Duties, find_agent
from goodword.staff.events import AgentAvailabilityChanged
from goodword.staff.shifts import off_since

RECENT = 400
RECENT_DAYS = 56

KEEP = """
INSERT INTO routing_assignments (event_id, seq, conversation_id, agent_id, at, waited, position, team_id, reason)
VALUES (:event_id, :seq, :conversation_id, :agent_id, :at, :waited, :position, :team_id, :reason)
ON CONFLICT (event_id) DO NOTHING
"""
LAST_OF_TYPE = """
SELECT max(seq) FROM events
WHERE stream = :stream AND type IN ('Queued', 'NobodyAvailable', 'Assigned') AND seq < :before
"""
LAST_ASSIGNED = "SELECT max(seq) FROM events WHERE stream = :stream AND type = 'Assigned' AND seq < :before"
WAITS = """
SELECT waited, position, at, team_id FROM routing_assignments
WHERE waited IS NOT NULL AND at > :since AND {which} ORDER BY at DESC, seq DESC LIMIT :limit
"""
HOLDERS = """
SELECT DISTINCT assignee_id FROM conversations
WHERE assignee_id IS NOT NULL AND handler = 'agent' AND status = 'open'
"""
HELD = """
SELECT c.id, c.waiting_since, a.agent_id, a.reason, EXISTS (
    SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.kind = 'message' AND m.author_kind = 'agent'
      AND m.author_id = c.assignee_id AND m.seq > a.seq
  ) AS answered
FROM conversations c LEFT JOIN routing_assignments a
  ON a.seq = (SELECT max(b.seq) FROM routing_assignments b WHERE b.conversation_id = c.id)
WHERE c.assignee_id = :agent_id AND c.handler = 'agent' AND c.status = 'open' ORDER BY c.number
"""
AVAILABILITY = """
SELECT at, data FROM events WHERE stream = :id AND type = 'AgentAvailabilityChanged' ORDER BY seq DESC LIMIT 20
"""


async def waits(tx: Tx, now: int) -> list[Wait]:
    """The last waits that came to an end, of those who were given a place; the newest first."""
    return await _waits(tx, now, "position IS NOT NULL")


async def waits_for_nobody(tx: Tx, now: int) -> list[Wait]:
    """The last waits of those for whom nobody was there."""
    return await _waits(tx, now, "position IS NULL")


async def _waits(tx: Tx, now: int, which: str) -> list[Wait]:
    since = now - RECENT_DAYS * DAY
    rows = await tx.rows(WAITS.format(which=which), since=since, limit=RECENT)
    return [Wait(row["waited"], row["position"], row["at"] - row["waited"], row["team_id"]) for row in rows]


async def keep_assignment(tx: Tx, event: Event, agent_id: str) -> None:
    """Remember who was given it and how long it had waited; once per event."""
    fact = event.fact()
    assert isinstance(fact, Assigned)
    waited, position = await _before(tx, event)
    await tx.run(
        KEEP,
        event_id=event.id,
        seq=event.seq,
        conversation_id=event.stream,
        agent_id=agent_id,
        at=event.at,
        waited=waited,
        position=position,
        team_id=fact.team.id if fact.team else None,
        reason="returned" if fact.reason == "routed" and await _stands_in(tx, event) else fact.reason,
    )


async def _stands_in(tx: Tx, event: Event) -> bool:
    """Whether it had been somebody's who was gone."""
    seq = await tx.value(LAST_ASSIGNED, stream=event.stream, before=event.seq)
    before = await by_seq(tx, seq) if seq else None
    fact = before.fact() if before else None
    return isinstance(fact, Assigned) and fact.agent is None and fact.reason == "returned"


async def _before(tx: Tx, event: Event) -> tuple[int | None, int | None]:
    """How long it had waited, and at which place."""
    seq = await tx.value(LAST_OF_TYPE, stream=event.stream, before=event.seq)
    began = await by_seq(tx, seq) if seq else None
    match began.fact() if began else None:
        case Queued() as queued:
            return event.at - began.at, queued.position  # type: ignore[union-attr]
        case NobodyAvailable():
            return event.at - began.at, None  # type: ignore[union-attr]
        case _:
            return None, None


async def newest_assignment(tx: Tx, conversation_id: str) -> Event | None:
    sql = "SELECT max(seq) FROM events WHERE stream = :stream AND type = 'Assigned'"
    seq = await tx.value(sql, stream=conversation_id)
    return await by_seq(tx, seq) if seq else None


async def holders(tx: Tx) -> list[str]:
    """Who has conversations in which something must be done."""
    return [row["assignee_id"] for row in await tx.rows(HOLDERS)]


async def held_by(tx: Tx, agent_id: str) -> list[Held]:
    """The conversations of an agent in which something must be done."""
    return [_held(row, agent_id) for row in await tx.rows(HELD, agent_id=agent_id)]


def _held(row: Row, agent_id: str) -> Held:
    by_us = row["agent_id"] == agent_id and row["reason"] in ("routed", "overflow", "returned")
    return Held(row["id"], agent_id, bool(row["answered"]) or not by_us, row["waiting_since"])


async def absence(tx: Tx, agent_id: str, duties: Duties, now: int) -> Absence:
    """Since when somebody can't be given anything who can't be given anything now."""
    agent, since = await find_agent(tx, agent_id), await _unavailable_since(tx, agent_id)
    is_here = agent is not None and agent.online and agent.availability != "offline"
    shifts = duties.shifts_of(agent_id)
    if shifts is None or duties.is_on(agent_id, now):
        return Absence(since, for_now=is_here)
    ended = max(off_since(shifts, now), duties.of(agent_id).extra_until)
    gone = agent is None or not agent.online or agent.availability != "available"
    return Absence(min(since, ended) if gone else ended)


async def _unavailable_since(tx: Tx, agent_id: str) -> int:
    """When he went: he may have said so first and closed his workspace later."""
    since = 0
    for row in await tx.rows(AVAILABILITY, id=agent_id):
        said = msgspec.json.decode(row["data"], type=AgentAvailabilityChanged)
        if said.online and said.availability == "available":
            return since or int(row["at"])
        since = int(row["at"])
    return since
