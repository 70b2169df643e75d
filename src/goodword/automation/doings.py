"""What each rule has done: the queries on its log."""

import msgspec

from goodword.automation.matching import Reason
from goodword.automation.steps import AnyStep
from goodword.platform.clock import DAY, MINUTE
from goodword.platform.db import Row, Tx

KEPT_FOR = 90 * DAY

NOTE = """
INSERT INTO automation_doings (rule_id, conversation_id, at, event_id, outcome, told)
VALUES (:rule_id, :conversation_id, :at, :event_id, :outcome, :told) ON CONFLICT DO NOTHING
"""
LOG = """
SELECT d.*, c.number, u.name AS customer_name, u.id AS customer_id, u.anonymous FROM automation_doings d
JOIN conversations c ON c.id = d.conversation_id LEFT JOIN customers u ON u.id = c.customer_id
WHERE d.rule_id = :rule_id AND d.id < :before ORDER BY d.id DESC LIMIT :limit
"""
COUNTS = """
SELECT rule_id, count(*) AS times, max(at) AS last_at FROM automation_doings
WHERE outcome = 'applied' AND at > :since GROUP BY rule_id
"""


class Told(msgspec.Struct, frozen=True):
    """What the log says of one doing. ``trouble`` is why it came to nothing, as errors name it."""

    why: tuple[Reason, ...] = ()
    steps: tuple[AnyStep, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()
    trouble: str = ""


async def note(tx: Tx, rule_id: str, conversation_id: str, event_id: str, at: int, outcome: str, told: Told) -> None:
    """A line of the rule's log, once; what is older than three months is forgotten as new lines come."""
    text = msgspec.json.encode(told).decode()
    values = {"rule_id": rule_id, "conversation_id": conversation_id, "event_id": event_id, "outcome": outcome}
    await tx.run(NOTE, at=at, told=text, **values)
    await tx.run("DELETE FROM automation_doings WHERE rule_id = :id AND at < :old", id=rule_id, old=at - KEPT_FOR)


async def applied_lately(tx: Tx, rule_id: str, conversation_id: str, at: int) -> int:
    """How often within the minute before ``at``."""
    sql = """SELECT count(*) FROM automation_doings
             WHERE conversation_id = :conversation_id AND rule_id = :rule_id AND outcome = 'applied' AND at > :since"""
    return int(await tx.value(sql, conversation_id=conversation_id, rule_id=rule_id, since=at - MINUTE))


async def log_of(tx: Tx, rule_id: str, before: int, limit: int) -> list[tuple[Row, Told]]:
    """Newest first."""
    rows = await tx.rows(LOG, rule_id=rule_id, before=before, limit=limit)
    return [(row, msgspec.json.decode(row["told"], type=Told)) for row in rows]


async def counts(tx: Tx, since: int) -> dict[str, tuple[int, int]]:
    """How often each rule has been applied, and when last."""
    return {row["rule_id"]: (int(row["times"]), int(row["last_at"])) for row in await tx.rows(COUNTS, since=since)}


async def forget(tx: Tx, rule_id: str) -> None:
    """All that a rule has done: it is no more."""
    await tx.run("DELETE FROM automation_doings WHERE rule_id = :id", id=rule_id)
