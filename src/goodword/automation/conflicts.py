"""Where rules get into each other's way: pure, over the rules alone."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Final, Literal

import msgspec

from goodword.automation.model import KEYED, Condition, Happening, Rule, When
from goodword.automation.steps import (
    AnyStep,
    Assign,
    Close,
    GiveBack,
    HandOver,
    Note,
    Reopen,
    Reply,
    SetField,
    SetPriority,
    Snooze,
    Spam,
    Tag,
    Team,
    Untag,
)

About = Literal["assignee", "team", "status", "priority", "field", "tag", "each_other"]
# Of these a conversation has one value at a time.
SINGLE: Final = ("channel", "language", "status", "handler", "assignee", "team", "priority", "actor", "before")
# What happens at the same moment: the first message of a conversation is both.
TOGETHER: Final = frozenset({"opened", "customer_wrote"})
OPPOSED: Final = {("any", "none"), ("is", "not"), ("known", "unknown"), ("set", "empty"), ("inside", "outside")}


class Conflict(msgspec.Struct, frozen=True, omit_defaults=True):
    """Two rules (ids, in their order) and what they disagree about; ``key`` names the tag or own field."""

    rules: tuple[str, str]
    about: About
    key: str = ""


def conflicts(rules: Sequence[Rule]) -> list[Conflict]:
    """Every pair of enabled rules that could want different things at the same time, or set each other off."""
    enabled = sorted((rule for rule in rules if rule.enabled), key=lambda rule: (rule.position, rule.id))
    return [found for one, other in combinations(enabled, 2) for found in _between(one, other)]


def _between(one: Rule, other: Rule) -> Iterator[Conflict]:
    pair = (one.id, other.id)
    if _at_once(one.when, other.when) and not one.stop and not _exclude_each_other(one, other):
        ours, theirs = _wishes(one.steps), _wishes(other.steps)
        for thing in ours.keys() & theirs.keys():
            if ours[thing] != theirs[thing]:
                about, key = thing
                yield Conflict(pair, about, key)
    if _sets_off(one, other) and _sets_off(other, one):
        yield Conflict(pair, "each_other")


def _at_once(one: When, other: When) -> bool:
    if one.event != other.event:
        return {one.event, other.event} <= TOGETHER
    return not one.about or not other.about or one.about == other.about


def _exclude_each_other(one: Rule, other: Rule) -> bool:
    """Whether both can never hold. Only what must hold in any case is looked at."""
    return any(_contradict(mine, his) for mine in _must_hold(one) for his in _must_hold(other))


def _must_hold(rule: Rule) -> Sequence[Condition]:
    return rule.conditions if not rule.any or len(rule.conditions) == 1 else ()


def _contradict(one: Condition, other: Condition) -> bool:
    if one.field != other.field or one.key != other.key:
        return False
    if {one.op, other.op} in [set(pair) for pair in OPPOSED]:
        return bool(one.value == other.value)
    if one.op == other.op == "is" and one.field in SINGLE:
        return not set(one.value) & set(other.value)
    return one.op == other.op == "is" and one.field in KEYED and bool(one.value != other.value)


def _wishes(steps: Sequence[AnyStep]) -> dict[tuple[About, str], Any]:
    """What the steps make of a conversation, by what they are about; the last word counts."""
    wishes: dict[tuple[About, str], Any] = {}
    for step in steps:
        match step:
            case Assign(agent=agent):
                wishes["assignee", ""] = agent
            case GiveBack():
                wishes["assignee", ""] = ("assistant",)
            case Team(team=team):
                wishes["team", ""] = team
            case SetPriority(priority=priority):
                wishes["priority", ""] = priority
            case SetField(key=key, value=value):
                wishes["field", key] = value
            case Close() | Reopen() | Snooze() | Spam(on=True):
                wishes["status", ""] = step
            case Tag(tags=tags):
                wishes |= {("tag", tag): True for tag in tags}
            case Untag(tags=tags):
                wishes |= {("tag", tag): False for tag in tags}
            case _:
                pass
    return wishes


def _sets_off(one: Rule, other: Rule) -> bool:
    when = other.when
    return any(
        when.event == happening and when.about in (None, "", about)
        for step in one.steps
        for happening, about in brings_about(step)
    )


def brings_about(step: AnyStep) -> tuple[tuple[Happening, str], ...]:
    """What happens when a step is carried out."""
    match step:
        case Reply():
            return (("assistant_replied", ""),)
        case Note():
            return (("noted", ""),)
        case Tag(tags=tags):
            return tuple(("tagged", tag) for tag in tags)
        case Untag(tags=tags):
            return tuple(("untagged", tag) for tag in tags)
        case Assign() | Team():
            return (("assigned", ""),)
        case SetPriority():
            return (("priority_changed", ""),)
        case SetField(key=key):
            return (("field_set", key),)
        case Snooze():
            return (("snoozed", ""),)
        case Close():
            return (("closed", ""),)
        case Reopen():
            return (("reopened", ""),)
        case HandOver():
            return (("handed_over", ""),)
        case Spam(on=True):
            return (("marked_spam", ""), ("closed", ""))
        case _:
            return ()
