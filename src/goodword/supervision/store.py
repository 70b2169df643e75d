"""Every query of supervision."""

from collections.abc import Sequence
from statistics import median

import msgspec

from goodword.conversations.events import Assigned, MessageReceived
from goodword.conversations.model import HEATED
from goodword.conversations.tables import AT_WORK
from goodword.platform.db import Row, Tx
from goodword.platform.events import latest
from goodword.supervision.abuse import is_abusive
from goodword.supervision.model import Pause, Seen
from goodword.understanding.events import MessageUnderstood

KEEP = """
INSERT INTO agent_pauses (agent_id, id, conversation_id, offered_at, last_offered_at, until)
VALUES (:agent_id, :id, :conversation_id, :offered_at, :offered_at, :until)
ON CONFLICT (agent_id) DO UPDATE SET id = excluded.id, conversation_id = excluded.conversation_id,
  offered_at = excluded.offered_at, until = excluded.until,
  last_offered_at = COALESCE(excluded.offered_at, agent_pauses.last_offered_at)
"""
# In the very words of the index of what is at work, which alone is looked at.
RUNNING = f"{AT_WORK} AND status IN ('open', 'waiting')"
HOTTEST = """
CASE WHEN waiting_since IS NULL THEN 1 ELSE 0 END,
  CASE mood WHEN 'very_upset' THEN 0 WHEN 'angry' THEN 1 WHEN 'displeased' THEN 2 ELSE 3 END,
  waiting_since, last_at DESC
"""
HOT = f"""
SELECT id FROM conversations
WHERE number IN (SELECT number FROM conversations WHERE {RUNNING} ORDER BY {HOTTEST} LIMIT :limit) ORDER BY {HOTTEST}
"""
WAITING = f"""
SELECT count(*) AS many, min(waiting_since) AS since FROM conversations
WHERE {RUNNING} AND waiting_since IS NOT NULL AND handler <> 'assistant'
"""
FIRST_REPLIES = """
SELECT c.created_at, min(m.at) AS replied_at,
  max(CASE WHEN m.author_kind = 'agent' THEN 1 ELSE 0 END) AS by_agent
FROM conversations c JOIN messages m ON m.conversation_id = c.id AND m.kind = 'message'
  AND m.author_kind IN ('agent', 'assistant') AND COALESCE(m.addressing, '') <> 'forwarded'
WHERE NOT EXISTS (
    SELECT 1 FROM messages f WHERE f.conversation_id = c.id AND f.addressing = 'addressed' AND f.at = c.created_at
  ) AND c.status IN ('open', 'waiting', 'snoozed', 'closed') AND c.last_at >= :since AND c.created_at >= :since
GROUP BY c.id, c.created_at
"""
WAITING_WORDS = """
SELECT m.conversation_id, m.text, m.language, m.at FROM messages m JOIN conversations c ON c.id = m.conversation_id
WHERE c.id IN ({ids}) AND c.waiting_since IS NOT NULL AND c.status IN ('open', 'waiting')
  AND m.author_kind = 'customer' AND m.kind = 'message' AND COALESCE(m.addressing, '') <> 'outside'
  AND (m.at >= c.waiting_since OR m.seq = (
    SELECT max(seq) FROM messages l WHERE l.conversation_id = c.id AND l.author_kind = 'customer' AND l.kind = 'message'
  ))
ORDER BY m.seq
"""
LISTED = {
    "sqlite": "SELECT value FROM json_each(:ids)",
    "postgresql": "SELECT json_array_elements_text(CAST(:ids AS JSON))",
}
HEATED_OF_AGENTS = f"""
SELECT assignee_id, count(*) AS many FROM conversations
WHERE assignee_id IS NOT NULL AND status IN ('open', 'waiting') AND mood IN {HEATED} GROUP BY assignee_id
"""
RATED = """
SELECT count(rating) AS many, avg(CAST(rating AS FLOAT)) AS mean FROM conversations
WHERE last_at >= :since
"""
# Events have no index by time. What was said last before then stands below all that happened since.
CLOSED = """
SELECT count(*) FROM events WHERE seq > :seq AND type = 'StatusChanged' AND at >= :since AND data LIKE '%"closed"%'
"""
SAID_BEFORE = "SELECT seq FROM messages WHERE at < :since ORDER BY at DESC LIMIT 1"


LOOKED_AT = ("Assigned", "MessageReceived", "MessageUnderstood")
MOST_EVENTS = 500


class Words(msgspec.Struct, frozen=True):
    text: str
    language: str | None
    at: int


async def pause_of(tx: Tx, agent_id: str) -> Pause | None:
    row = await tx.row("SELECT * FROM agent_pauses WHERE agent_id = :id", id=agent_id)
    return None if row is None else _pause(row)


async def last_offered(tx: Tx, agent_id: str) -> int | None:
    at: int | None = await tx.value("SELECT last_offered_at FROM agent_pauses WHERE agent_id = :id", id=agent_id)
    return at


async def keep_pause(tx: Tx, pause: Pause) -> None:
    await tx.run(
        KEEP,
        agent_id=pause.agent_id,
        id=pause.id,
        conversation_id=pause.conversation_id,
        offered_at=pause.offered_at,
        until=pause.until,
    )


async def running_pauses(tx: Tx, now: int) -> dict[str, int]:
    """Until when, by agent."""
    rows = await tx.rows("SELECT agent_id, until FROM agent_pauses WHERE until > :now", now=now)
    return {row["agent_id"]: row["until"] for row in rows}


async def hottest(tx: Tx, limit: int) -> list[str]:
    """The ids of what runs just now: who waits first, the most upset before the others."""
    return [row["id"] for row in await tx.rows(HOT, limit=limit)]


async def waiting_words(tx: Tx, ids: Sequence[str]) -> dict[str, list[Words]]:
    """What each customer of these has written since he waits, or last, by conversation, oldest first."""
    found: dict[str, list[Words]] = {}
    sql = WAITING_WORDS.format(ids=LISTED[tx.engine])
    for row in await tx.rows(sql, ids=msgspec.json.encode(ids).decode()):
        found.setdefault(row["conversation_id"], []).append(Words(row["text"], row["language"], row["at"]))
    return found


async def waiting(tx: Tx) -> tuple[int, int | None]:
    """How many wait for a person, and since when the first of them."""
    row = await tx.row(WAITING)
    return (row["many"], row["since"]) if row else (0, None)


async def first_replies(tx: Tx, since: int) -> tuple[int | None, int, int]:
    """Of what was opened from ``since`` on.

    Median time to the first answer (ms), how many were answered, and how many of these by the assistant alone.
    """
    rows = await tx.rows(FIRST_REPLIES, since=since)
    if not rows:
        return None, 0, 0
    middle = round(median(row["replied_at"] - row["created_at"] for row in rows))
    return middle, len(rows), sum(not row["by_agent"] for row in rows)


async def closed_since(tx: Tx, since: int) -> int:
    seq = await tx.value(SAID_BEFORE, since=since) or 0
    return int(await tx.value(CLOSED, since=since, seq=seq))


async def ratings_since(tx: Tx, since: int) -> tuple[int, float | None]:
    """How many were rated, and how well: 1 to 5."""
    row = await tx.row(RATED, since=since)
    return (row["many"], row["mean"]) if row else (0, None)


async def heated_by_agent(tx: Tx) -> dict[str, int]:
    """How many angry customers each agent has in hand."""
    return {row["assignee_id"]: row["many"] for row in await tx.rows(HEATED_OF_AGENTS)}


async def read_by_assignee(tx: Tx, conversation_id: str) -> tuple[str | None, list[Seen]]:
    """Who has had the conversation last, and what the customer has written to him since he got it."""
    agent_id: str | None = None
    said: dict[str, Seen] = {}
    for event in await latest(tx, conversation_id, MOST_EVENTS):
        match event.fact() if event.type in LOOKED_AT else None:
            case Assigned(agent=agent) if agent is not None and agent.id != agent_id:
                agent_id, said = agent.id, {}
            case MessageReceived(message=message):
                said[message.id] = Seen(message.at, None, is_abusive(message.text))
            case MessageUnderstood(message_id=id, mood=mood) if id in said:
                said[id] = msgspec.structs.replace(said[id], mood=mood)
            case _:
                pass
    return agent_id, list(said.values())


def _pause(row: Row) -> Pause:
    return Pause(**{name: row[name] for name in Pause.__struct_fields__})
