"""Every query of routing."""

from goodword.conversations import store as conversations
from goodword.conversations.events import NobodyAvailable, Queued
from goodword.platform.db import Tx
from goodword.platform.events import Event, by_seq
from goodword.routing.model import Desk, Seat, Wait, Waiting
from goodword.staff import available_agents

LOCK = "routing"
RECENT = 20

KEEP = """
INSERT INTO routing_assignments (event_id, seq, conversation_id, agent_id, at, waited, position)
VALUES (:event_id, :seq, :conversation_id, :agent_id, :at, :waited, :position) ON CONFLICT (event_id) DO NOTHING
"""
LAST_OF_TYPE = """
SELECT max(seq) FROM events
WHERE stream = :stream AND type IN ('Queued', 'NobodyAvailable', 'Assigned') AND seq < :before
"""
LAST_GIVEN = "SELECT agent_id, max(at) AS at FROM routing_assignments GROUP BY agent_id"
PREVIOUS = """
SELECT agent_id FROM routing_assignments WHERE conversation_id = :id ORDER BY seq DESC LIMIT 1
"""
WAITS = """
SELECT waited, position FROM routing_assignments WHERE waited IS NOT NULL AND {which}
ORDER BY at DESC, seq DESC LIMIT :limit
"""
UNANSWERED = """
SELECT c.id FROM conversations c
WHERE c.assignee_id = :agent_id AND c.handler = 'agent' AND c.status IN ('open', 'waiting')
  AND NOT EXISTS (
    SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.kind = 'message' AND m.author_kind = 'agent'
      AND m.author_id = :agent_id
      AND m.seq > (SELECT COALESCE(max(e.seq), 0) FROM events e WHERE e.stream = c.id AND e.type = 'Assigned')
  )
ORDER BY c.number
"""


async def desk(tx: Tx, now: int) -> Desk:
    """Who is there, and how much each has."""
    loads = await conversations.loads(tx)
    given = {row["agent_id"]: int(row["at"]) for row in await tx.rows(LAST_GIVEN)}
    return Desk(
        tuple(
            Seat(agent.id, agent.languages, loads.get(agent.id, 0), agent.max_load, given.get(agent.id, 0))
            for agent in await available_agents(tx, now)
        )
    )


async def queue(tx: Tx) -> list[Waiting]:
    """Who waits for a person, longest first."""
    return [
        Waiting(conversation.id, conversation.language, await previous(tx, conversation.id))
        for conversation in await conversations.queue(tx)
    ]


async def previous(tx: Tx, conversation_id: str) -> str | None:
    """Who had the conversation last."""
    agent_id: str | None = await tx.value(PREVIOUS, id=conversation_id)
    return agent_id


async def waits(tx: Tx) -> list[Wait]:
    """The last waits that came to an end, of those who were given a place."""
    rows = await tx.rows(WAITS.format(which="position IS NOT NULL"), limit=RECENT)
    return [Wait(row["waited"], row["position"]) for row in rows]


async def waits_for_nobody(tx: Tx) -> list[Wait]:
    """The last waits of those for whom nobody was there."""
    rows = await tx.rows(WAITS.format(which="position IS NULL"), limit=RECENT)
    return [Wait(row["waited"], None) for row in rows]


async def keep_assignment(tx: Tx, event: Event, agent_id: str) -> None:
    """Remember who was given it and how long it had waited; once per event."""
    waited, position = await _wait_before(tx, event)
    await tx.run(
        KEEP,
        event_id=event.id,
        seq=event.seq,
        conversation_id=event.stream,
        agent_id=agent_id,
        at=event.at,
        waited=waited,
        position=position,
    )


async def _wait_before(tx: Tx, event: Event) -> tuple[int | None, int | None]:
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


async def unanswered_of(tx: Tx, agent_id: str) -> list[str]:
    """What an agent has been given and not said a word in since."""
    return [row["id"] for row in await tx.rows(UNANSWERED, agent_id=agent_id)]
