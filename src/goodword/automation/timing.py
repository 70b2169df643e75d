"""What time brings: a customer has waited so long, or has not answered for so long."""

from typing import Any

import msgspec

from goodword.automation import store
from goodword.automation.model import TIMED, Rule
from goodword.conversations import store as conversations
from goodword.platform.clock import MINUTE
from goodword.platform.db import Tx
from goodword.platform.events import Event, by_seq
from goodword.platform.jobs import enqueue

TIME_HAS_COME = "automation.time_has_come"


async def wind_up(tx: Tx, event: Event) -> None:
    """Set the clock of every rule in force that waits for the time since ``event``."""
    if event.type == "ReplyQueued":
        happening = "silent" if event.actor.kind in ("agent", "assistant") else None
    else:
        happening = "waiting" if await _began_a_wait(tx, event) else None
    if happening:
        for rule in await store.in_force(tx, [happening]):
            began = await _since(tx, event) if happening == "waiting" else event.at
            await _set(tx, rule, event.stream, event.seq, began)


async def _began_a_wait(tx: Tx, event: Event) -> bool:
    """Whether the customer waits, and since this."""
    return (await conversations.get(tx, event.stream)).waiting_since == await _since(tx, event)


async def _since(tx: Tx, event: Event) -> int:
    """When a customer began to wait who waits because of ``event``: with his message, or when a person was wanted."""
    if event.type != "MessageUnderstood":
        return event.at
    row = await conversations.message_row(tx, msgspec.json.decode(event.data)["message_id"])
    return int(row["at"])


async def catch_up(tx: Tx, rule: Rule, now: int) -> None:
    """A rule that is in force from now on hears of the times that are still to come, not of those that are over."""
    if rule.when.event not in TIMED or not rule.enabled:
        return
    since = now - (rule.when.minutes or 0) * MINUTE
    if rule.when.event == "waiting":
        for row in await store.waiting(tx, since):
            await _set(tx, rule, row["id"], row["seq"], row["waiting_since"])
    else:
        for row in await store.silent(tx, since):
            if row["since"] > since:
                await _set(tx, rule, row["id"], row["seq"], row["since"])


async def is_over(tx: Tx, rule: Rule, payload: dict[str, Any], now: int) -> Event | None:
    """The event with which the time began, when it has really passed: nothing came in between."""
    due = payload["since"] + (rule.when.minutes or 0) * MINUTE
    conversation = await conversations.get(tx, payload["conversation_id"])
    if rule.when.event != payload["event"] or not rule.enabled or now < due:
        return None
    if conversation.status == "closed" or conversation.spam:
        return None
    if rule.when.event == "waiting" and conversation.waiting_since != payload["since"]:
        return None
    if rule.when.event == "silent" and await store.answered_after(tx, conversation.id, payload["seq"]):
        return None
    return await by_seq(tx, payload["seq"])


async def _set(tx: Tx, rule: Rule, conversation_id: str, seq: int, began: int) -> None:
    payload = {
        "rule_id": rule.id,
        "conversation_id": conversation_id,
        "event": rule.when.event,
        "since": began,
        "seq": seq,
    }
    due = began + (rule.when.minutes or 0) * MINUTE
    dedupe = f"{TIME_HAS_COME}:{rule.id}:{conversation_id}:{began}"
    await enqueue(tx, TIME_HAS_COME, payload, at=due, dedupe=dedupe)
