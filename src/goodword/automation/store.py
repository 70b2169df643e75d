"""Every query of automation."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from goodword.automation.doings import forget
from goodword.automation.events import RuleApplied
from goodword.automation.model import Condition, Macro, Rule, When
from goodword.automation.steps import AnyStep
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Event, by_id

LOCK = "automation.rules"

KEEP_RULE = """
INSERT INTO automation_rules (id, name, enabled, position, event, body, since)
VALUES (:id, :name, :enabled, :position, :event, :body, :since)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, enabled = excluded.enabled, position = excluded.position,
  event = excluded.event, body = excluded.body, since = excluded.since
"""
KEEP_MACRO = """
INSERT INTO automation_macros (id, name, scope, team_id, owner, steps)
VALUES (:id, :name, :scope, :team_id, :owner, :steps)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, scope = excluded.scope, team_id = excluded.team_id,
  steps = excluded.steps
"""
SAID_UNTIL = """
SELECT count(*) FROM messages
WHERE conversation_id = :id AND kind = 'message' AND author_kind = 'customer' AND seq <= :seq
"""
SPOKE_BEFORE = """
SELECT author_kind FROM messages WHERE conversation_id = :id AND kind = 'message' AND seq < :seq
ORDER BY seq DESC LIMIT 1
"""
LAST_OF_CUSTOMER = """
SELECT text FROM messages WHERE conversation_id = :id AND kind = 'message' AND author_kind = 'customer' AND seq <= :seq
ORDER BY seq DESC LIMIT 1
"""
# Who waits now, and which event his wait is due to.
WAITING = """
SELECT id, waiting_since, COALESCE((SELECT min(m.seq) FROM messages m WHERE m.conversation_id = conversations.id
  AND m.at = conversations.waiting_since AND m.author_kind = 'customer'), seq) AS seq
FROM conversations WHERE waiting_since IS NOT NULL AND waiting_since > :since AND status IN ('open', 'waiting')
"""
SILENT = """
SELECT m.conversation_id AS id, max(m.seq) AS seq, max(m.at) AS since FROM messages m
JOIN conversations c ON c.id = m.conversation_id
WHERE c.status = 'waiting' AND c.last_at > :since AND m.kind = 'message' AND m.author_kind IN ('agent', 'assistant')
  AND COALESCE(m.addressing, '') <> 'forwarded'
GROUP BY m.conversation_id
"""
ANSWERED_AFTER = """
SELECT EXISTS (SELECT 1 FROM messages WHERE conversation_id = :id AND kind = 'message' AND seq > :seq
  AND COALESCE(addressing, '') NOT IN ('forwarded', 'outside'))
"""
RECENT = """
SELECT id, last_at FROM conversations WHERE last_at >= :since AND (last_at < :before_at OR (last_at = :before_at
  AND id < :before_id)) ORDER BY last_at DESC, id DESC LIMIT :limit
"""


class Body(msgspec.Struct, frozen=True):
    """What of a rule is kept as one text."""

    when: When
    conditions: tuple[Condition, ...]
    any: bool
    steps: tuple[AnyStep, ...]
    stop: bool


async def keep_rule(tx: Tx, rule: Rule, since: int) -> None:
    """``since``: from when on it has been in force as it is now."""
    body = Body(rule.when, rule.conditions, rule.any, rule.steps, rule.stop)
    await tx.run(
        KEEP_RULE,
        id=rule.id,
        name=rule.name,
        enabled=rule.enabled,
        position=rule.position,
        event=rule.when.event,
        body=msgspec.json.encode(body).decode(),
        since=since,
    )


async def all_rules(tx: Tx) -> list[Rule]:
    """In the order in which they are asked."""
    return [_rule(row) for row in await tx.rows("SELECT * FROM automation_rules ORDER BY position, id")]


async def get_rule(tx: Tx, id: str) -> Rule:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM automation_rules WHERE id = :id", id=id)
    if row is None:
        raise NotFound("rule")
    return _rule(row)


async def in_force(tx: Tx, events: Sequence[str]) -> list[Rule]:
    """The enabled rules that wait for one of ``events``, in their order."""
    found: list[Rule] = []
    sql = "SELECT * FROM automation_rules WHERE enabled = :yes AND event = :event"
    for event in dict.fromkeys(events):
        found += [_rule(row) for row in await tx.rows(sql, yes=True, event=event)]
    return sorted(found, key=lambda rule: (rule.position, rule.id))


async def events_waited_for(tx: Tx) -> frozenset[str]:
    """The happenings for which at least one rule is in force."""
    rows = await tx.rows("SELECT DISTINCT event FROM automation_rules WHERE enabled = :yes", yes=True)
    return frozenset(row["event"] for row in rows)


async def put_in_order(tx: Tx, ids: Sequence[str]) -> None:
    for position, id in enumerate(ids):
        await tx.run("UPDATE automation_rules SET position = :position WHERE id = :id", position=position, id=id)


async def drop_rule(tx: Tx, id: str) -> None:
    await tx.run("DELETE FROM automation_rules WHERE id = :id", id=id)
    await forget(tx, id)


async def messages_until(tx: Tx, conversation_id: str, seq: int) -> int:
    """How many the customer had written."""
    return int(await tx.value(SAID_UNTIL, id=conversation_id, seq=seq))


async def spoke_before(tx: Tx, conversation_id: str, seq: int) -> str | None:
    """What kind of actor spoke last before ``seq``."""
    kind: str | None = await tx.value(SPOKE_BEFORE, id=conversation_id, seq=seq)
    return kind


async def customers_words(tx: Tx, conversation_id: str, seq: int) -> str:
    """What the customer had said last."""
    return str(await tx.value(LAST_OF_CUSTOMER, id=conversation_id, seq=seq) or "")


async def waiting(tx: Tx, since: int) -> Sequence[Row]:
    """Whose customers wait, and not since before ``since``."""
    return await tx.rows(WAITING, since=since)


async def silent(tx: Tx, since: int) -> Sequence[Row]:
    """Where the last word was ours, and not before ``since``."""
    return await tx.rows(SILENT, since=since)


async def answered_after(tx: Tx, conversation_id: str, seq: int) -> bool:
    """Whether anybody has spoken since."""
    return bool(await tx.value(ANSWERED_AFTER, id=conversation_id, seq=seq))


async def recent_conversations(tx: Tx, since: int, before: tuple[int, str], limit: int) -> list[tuple[int, str]]:
    """When something was last said and the id, newest first, from behind ``before`` on."""
    rows = await tx.rows(RECENT, since=since, before_at=before[0], before_id=before[1], limit=limit)
    return [(int(row["last_at"]), row["id"]) for row in rows]


async def caused_by_rule(tx: Tx, event: Event, rule_id: str) -> bool:
    """Whether ``event`` is the rule's own doing, be it over many links."""
    links = 0
    at: Event | None = event
    while at is not None and links <= event.hops:
        if at.actor.id == rule_id or (at.type == RuleApplied.__name__ and _rule_of(at) == rule_id):
            return True
        at = await by_id(tx, at.cause) if at.cause else None
        links += 1
    return False


def _rule_of(event: Event) -> str:
    fact = event.fact()
    assert isinstance(fact, RuleApplied)
    return fact.rule.id


async def keep_macro(tx: Tx, macro: Macro) -> None:
    steps = msgspec.json.encode(macro.steps).decode()
    await tx.run(KEEP_MACRO, **{**msgspec.structs.asdict(macro), "steps": steps})


async def all_macros(tx: Tx) -> list[Macro]:
    return [_macro(row) for row in await tx.rows("SELECT * FROM automation_macros ORDER BY name, id")]


async def get_macro(tx: Tx, id: str) -> Macro:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM automation_macros WHERE id = :id", id=id)
    if row is None:
        raise NotFound("macro")
    return _macro(row)


async def drop_macro(tx: Tx, id: str) -> None:
    await tx.run("DELETE FROM automation_macros WHERE id = :id", id=id)


def _rule(row: Row) -> Rule:
    body = _body(row["body"])
    return Rule(
        row["id"],
        row["name"],
        bool(row["enabled"]),
        row["position"],
        body.when,
        body.conditions,
        body.any,
        body.steps,
        body.stop,
    )


@lru_cache(1_024)
def _body(text: str) -> Body:
    return msgspec.json.decode(text, type=Body)


def _macro(row: Row) -> Macro:
    steps = msgspec.json.decode(row["steps"], type=tuple[AnyStep, ...])
    return Macro(row["id"], row["name"], row["scope"], row["team_id"], row["owner"], steps)
