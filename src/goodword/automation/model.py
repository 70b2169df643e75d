"""Rules and macros, the happenings a rule may wait for, and what it may ask about a conversation."""

from typing import Annotated, Any, Final, Literal, TypeVar
from zoneinfo import available_timezones

import msgspec
from msgspec import Meta

from goodword.automation.steps import AnyStep, Line, TimeOfDay, checked_steps
from goodword.conversations.model import MOODS, PRIORITIES
from goodword.platform.clock import DAY, MINUTE
from goodword.platform.errors import BadInput
from goodword.platform.events.model import MOST_HOPS
from goodword.platform.words import clean
from goodword.staff import Scope

T = TypeVar("T")
Happening = Literal[
    "opened",
    "customer_wrote",
    "agent_replied",
    "assistant_replied",
    "noted",
    "handed_over",
    "assigned",
    "closed",
    "reopened",
    "snoozed",
    "woke",
    "tagged",
    "untagged",
    "priority_changed",
    "field_set",
    "rated",
    "marked_spam",
    "waiting",
    "silent",
]
TIMED: Final = ("waiting", "silent")
NAMED: Final = ("tagged", "untagged", "field_set")

LONGEST_NAME: Final = 80
MOST_CONDITIONS: Final = 20
MOST_VALUES: Final = 50
LONGEST_WAIT: Final = 90 * DAY // MINUTE
MOST_A_MINUTE: Final = 5
"""How often one rule may be applied to one conversation within a minute."""
MOST_HOPS_BEFORE: Final = MOST_HOPS - 3
"""Of an event that rules still react to: their own facts need room behind it."""

# What may be asked, and what kind of value it is compared with.
PREDICATES: Final[dict[tuple[str, str], str]] = {
    ("text", "any"): "words",
    ("text", "all"): "words",
    ("text", "none"): "words",
    ("channel", "is"): "ids",
    ("channel", "not"): "ids",
    ("language", "is"): "ids",
    ("language", "not"): "ids",
    ("customer", "known"): "",
    ("customer", "unknown"): "",
    ("customer_field", "is"): "value",
    ("customer_field", "not"): "value",
    ("customer_field", "set"): "",
    ("customer_field", "empty"): "",
    ("field", "is"): "value",
    ("field", "not"): "value",
    ("field", "least"): "number",
    ("field", "most"): "number",
    ("field", "set"): "",
    ("field", "empty"): "",
    ("tag", "any"): "words",
    ("tag", "none"): "words",
    ("status", "is"): "ids",
    ("handler", "is"): "ids",
    ("assignee", "is"): "ids",
    ("assignee", "nobody"): "",
    ("team", "is"): "ids",
    ("team", "not"): "ids",
    ("priority", "is"): "ids",
    ("priority", "least"): "priority",
    ("mood", "least"): "mood",
    ("waiting", "least"): "number",
    ("messages", "least"): "number",
    ("messages", "most"): "number",
    ("hours", "inside"): "hours",
    ("hours", "outside"): "hours",
    ("actor", "is"): "ids",
    ("actor", "not"): "ids",
    ("before", "is"): "ids",
    ("rating", "least"): "number",
    ("rating", "most"): "number",
}
KEYED: Final = ("field", "customer_field")


class When(msgspec.Struct, frozen=True, omit_defaults=True):
    """``minutes`` belong to what time brings; ``about`` narrows to one tag or one own field."""

    event: Happening
    minutes: int | None = None
    about: Line | None = None


class Hours(msgspec.Struct, frozen=True):
    """``days`` from 0, Monday. Where ``end`` is not after ``start`` they go on past midnight."""

    time_zone: Line
    days: tuple[Annotated[int, Meta(ge=0, le=6)], ...]
    start: TimeOfDay
    end: TimeOfDay


class Condition(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question about a conversation; ``key`` names an own field."""

    field: Line
    op: Line
    value: Any = None
    key: Line | None = None


class Rule(msgspec.Struct, frozen=True):
    """When something happens, if all (or ``any``) conditions hold, then the steps are carried out.

    Rules are asked in the order of ``position``; after one with ``stop`` has been applied no later one is.
    """

    id: str
    name: str
    enabled: bool
    position: int
    when: When
    conditions: tuple[Condition, ...]
    any: bool
    steps: tuple[AnyStep, ...]
    stop: bool = False


class Macro(msgspec.Struct, frozen=True):
    """Steps that an agent sets off by hand. ``owner``: who made it; with ``mine`` it is his alone."""

    id: str
    name: str
    scope: Scope
    team_id: str | None
    owner: str
    steps: tuple[AnyStep, ...]


def cleaned(thing: T) -> T:
    """The same with every text in it safe to store and to say; see ``platform.words.clean``."""
    return msgspec.convert(_cleaned(msgspec.to_builtins(thing)), type(thing))


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case dict():
            return {key: _cleaned(one) for key, one in value.items()}
        case list() | tuple():
            return [_cleaned(one) for one in value]
        case _:
            return value


def checked_rule(rule: Rule) -> Rule:
    """As it is kept. ``BadInput`` unless it can be carried out; ``fields`` names each part that is not whole."""
    rule = cleaned(rule)
    checked_name(rule.name)
    checked_steps(rule.steps)
    if len(rule.conditions) > MOST_CONDITIONS:
        raise BadInput("too_many_conditions", limit=MOST_CONDITIONS)
    wrong = {} if _is_whole_when(rule.when) else {"when": "when"}
    wrong |= {f"conditions.{place}": "condition" for place, one in enumerate(rule.conditions) if not is_whole(one)}
    if wrong:
        raise BadInput("rule", fields=wrong)
    return rule


def checked_name(name: str) -> str:
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise BadInput("name", limit=LONGEST_NAME, fields={"name": "required"})
    return name


def _is_whole_when(when: When) -> bool:
    if (when.minutes is not None) != (when.event in TIMED):
        return False
    if when.minutes is not None and not 1 <= when.minutes <= LONGEST_WAIT:
        return False
    return not when.about or when.event in NAMED


def is_whole(condition: Condition) -> bool:
    """Whether it asks something that can be answered."""
    kind = PREDICATES.get((condition.field, condition.op))
    if kind is None or (condition.field in KEYED) != bool(condition.key):
        return False
    return _fits(kind, condition.value)


def _fits(kind: str, value: Any) -> bool:
    match kind:
        case "":
            return value is None
        case "words" | "ids":
            return isinstance(value, (list, tuple)) and 0 < len(value) <= MOST_VALUES and all(map(_is_word, value))
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "priority":
            return value in PRIORITIES
        case "mood":
            return value in MOODS
        case "hours":
            return _is_hours(value)
        case _:
            return isinstance(value, (bool, int, float)) or _is_word(value)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= 200


def _is_hours(value: Any) -> bool:
    try:
        hours = msgspec.convert(value, Hours)
    except msgspec.ValidationError:
        return False
    return bool(hours.days) and hours.time_zone in available_timezones()
