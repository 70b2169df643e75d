"""Whether a rule applies to a situation, and why: pure, and in time in proportion to the text."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from goodword.automation.model import Condition, Hours, Rule
from goodword.automation.situation import Situation
from goodword.conversations.model import MOODS, PRIORITIES
from goodword.platform.clock import MINUTE, SECOND
from goodword.platform.words import terms

LONGEST_LOOKED_AT = 20_000
EDGE = "\n"


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """A condition as it was found to hold; ``found`` is what stood there: the words, the number, the value."""

    field: str
    op: str
    value: Any = None
    key: str | None = None
    found: Any = None


def matches(rule: Rule, situation: Situation) -> tuple[Reason, ...] | None:
    """Why ``rule`` applies: each condition that holds. None: it doesn't. A rule that asks nothing always applies."""
    if rule.when.event != situation.event or rule.when.about not in (None, "", situation.about):
        return None
    reasons = []
    for condition in rule.conditions:
        reason = holds(condition, situation)
        if reason is not None:
            reasons.append(reason)
        elif not rule.any:
            return None
    if rule.conditions and not reasons:
        return None
    return tuple(reasons)


def holds(condition: Condition, situation: Situation) -> Reason | None:
    """The reason, or None."""
    said, found = _asked(condition, situation)
    if not said:
        return None
    return Reason(condition.field, condition.op, condition.value, condition.key, found)


def _asked(condition: Condition, situation: Situation) -> tuple[bool, Any]:
    match condition.field:
        case "text":
            return _words(condition.op, condition.value, situation.text)
        case "tag":
            return _tags(condition.op, condition.value, situation.tags)
        case "field":
            return _value(condition.op, condition.value, situation.fields.get(condition.key or ""))
        case "customer_field":
            return _value(condition.op, condition.value, situation.customer_fields.get(condition.key or ""))
        case "customer":
            return situation.known == (condition.op == "known"), None
        case "hours":
            hours = msgspec.convert(condition.value, Hours)
            return is_within(hours, situation.at) == (condition.op == "inside"), None
        case "priority" if condition.op == "least":
            return _at_least(PRIORITIES, situation.priority, condition.value)
        case "mood":
            return _at_least(MOODS, situation.mood, condition.value)
        case "waiting":
            waited = 0 if situation.waiting_since is None else (situation.at - situation.waiting_since) // MINUTE
            return situation.waiting_since is not None and waited >= condition.value, waited
        case "assignee" if condition.op == "nobody":
            return situation.assignee is None, None
        case "messages" | "rating":
            return _number(condition.op, condition.value, getattr(situation, condition.field))
        case "channel" | "language" | "status" | "handler" | "assignee" | "team" | "priority" | "actor" | "before":
            return _one_of(condition.op, condition.value, getattr(situation, condition.field))
        case _:
            return False, None


def _words(op: str, phrases: Sequence[str], text: str) -> tuple[bool, Any]:
    """``any`` and ``none``: a phrase as it stands, bent or not; ``all``: every word of them, in whatever order."""
    looked_at = _marked(text)
    if op == "all":
        wanted = [term for phrase in phrases for term in _terms(phrase)]
        return bool(wanted) and all(EDGE + term + EDGE in looked_at for term in wanted), list(phrases)
    found = [phrase for phrase in phrases if _stands_in(phrase, looked_at)]
    return (bool(found), found) if op == "any" else (not found, None)


def _stands_in(phrase: str, marked: str) -> bool:
    wanted = EDGE.join(_terms(phrase))
    return bool(wanted) and EDGE + wanted + EDGE in marked


@lru_cache(64)
def _marked(text: str) -> str:
    """The words of a text in a row, each with an edge on either side; many rules ask about the same one."""
    return EDGE + EDGE.join(terms(text[:LONGEST_LOOKED_AT])) + EDGE


@lru_cache(4_096)
def _terms(phrase: str) -> tuple[str, ...]:
    return tuple(terms(phrase))


def _tags(op: str, wanted: Sequence[str], tags: frozenset[str]) -> tuple[bool, Any]:
    found = [tag for tag in wanted if tag in tags]
    return (bool(found), found) if op == "any" else (not found, None)


def _value(op: str, wanted: Any, value: Any) -> tuple[bool, Any]:
    match op:
        case "set":
            return value not in (None, ""), value
        case "empty":
            return value in (None, ""), None
        case "is":
            return _same(value, wanted), value
        case "not":
            return not _same(value, wanted), value
        case _:
            return _number(op, wanted, value)


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return value.strip().casefold() == wanted.strip().casefold()
    return isinstance(value, bool) == isinstance(wanted, bool) and bool(value == wanted)


def _number(op: str, wanted: float, value: Any) -> tuple[bool, Any]:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False, None
    return (value >= wanted if op == "least" else value <= wanted), value


def _at_least(order: Sequence[str], value: str | None, wanted: str) -> tuple[bool, Any]:
    return value in order and order.index(value) >= order.index(wanted), value


def _one_of(op: str, wanted: Sequence[str], value: str | None) -> tuple[bool, Any]:
    return (value in wanted) == (op == "is"), value


def is_within(hours: Hours, at: int) -> bool:
    """Whether ``at`` lies in office hours as the clock on that wall shows them, summer time and all."""
    local = datetime.fromtimestamp(at / SECOND, ZoneInfo(hours.time_zone))
    time = local.strftime("%H:%M")
    if hours.start < hours.end:
        return local.weekday() in hours.days and hours.start <= time < hours.end
    yesterday = (local - timedelta(days=1)).weekday()
    return (local.weekday() in hours.days and time >= hours.start) or (yesterday in hours.days and time < hours.end)


def next_morning(at: int, morning: str, time_zone: str) -> int:
    """When the clock on that wall next shows ``morning``: today, where that is still to come."""
    local = datetime.fromtimestamp(at / SECOND, ZoneInfo(time_zone))
    hour, minute = map(int, morning.split(":"))
    today = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    following = today if today > local else today + timedelta(days=1)
    return int(following.timestamp() * SECOND)
