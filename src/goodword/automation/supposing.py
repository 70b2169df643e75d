"""What a step makes of a situation, and what would take it back: pure, so that nothing need be done to know."""

from collections.abc import Mapping, Sequence, Set

import msgspec

from goodword.automation.matching import next_morning
from goodword.automation.situation import Situation
from goodword.automation.steps import (
    TRIGGER,
    AnyStep,
    Assign,
    Close,
    GiveBack,
    HandOver,
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
from goodword.platform.clock import MINUTE

Members = Mapping[str, Set[str]]
"""Who is in which team."""


def supposed(now: Situation, step: AnyStep, members: Members, trigger: str | None = None) -> Situation:
    """The situation after ``step``. ``trigger``: the agent who set it off."""
    match step:
        case Reply() if now.handler == "assistant":
            return _with(now, waiting_since=None, status="waiting")
        case Tag(tags=tags):
            return _with(now, tags=now.tags | set(tags))
        case Untag(tags=tags):
            return _with(now, tags=now.tags - set(tags))
        case Assign(agent=agent):
            assignee = trigger if agent == TRIGGER else agent
            return _with(now, assignee=assignee, handler="agent" if assignee else "queue")
        case Team(team=team):
            kept = keeper(now.assignee, members.get(team, frozenset()))
            return _with(now, team=team, assignee=kept, handler="agent" if kept else "queue")
        case SetPriority(priority=priority):
            return _with(now, priority=priority)
        case SetField(key=key, value=value):
            fields = {name: one for name, one in now.fields.items() if name != key}
            return _with(now, fields=fields if value is None else {**fields, key: value})
        case Snooze():
            return _with(now, status="snoozed", snoozed_until=until_of(step, now.at))
        case Close():
            return _with(now, status="closed", snoozed_until=None, waiting_since=None)
        case Reopen():
            return _with(now, status="open", snoozed_until=None)
        case HandOver() if now.handler == "assistant":
            return _with(now, handler="queue", status="open", waiting_since=now.waiting_since or now.at)
        case GiveBack():
            return _with(now, assignee=None, handler="assistant")
        case Spam(on=True):
            return _with(now, spam=True, status="closed", handler="nobody", waiting_since=None, snoozed_until=None)
        case Spam():
            return _with(now, spam=False)
        case _:
            return now


def reverse_of(
    steps: Sequence[AnyStep], before: Situation, members: Members, trigger: str | None = None
) -> list[AnyStep]:
    """What takes the steps back, the last first; of those that can't be taken back there is nothing."""
    back: list[AnyStep] = []
    now = before
    for step in steps:
        back = [*_undoing(step, now), *back]
        now = supposed(now, step, members, trigger)
    return back


def until_of(step: Snooze, now: int) -> int:
    """When a snooze that begins now is over."""
    if step.until is not None:
        return step.until
    if step.morning is not None:
        return next_morning(now, step.morning, step.time_zone)
    return now + (step.minutes or 0) * MINUTE


def keeper(assignee: str | None, members: Set[str]) -> str | None:
    """Who still has a conversation when it goes to a team."""
    return assignee if assignee in members else None


def _undoing(step: AnyStep, now: Situation) -> list[AnyStep]:
    match step:
        case Tag(tags=tags):
            fresh = tuple(tag for tag in dict.fromkeys(tags) if tag not in now.tags)
            return [Untag(fresh)] if fresh else []
        case Untag(tags=tags):
            gone = tuple(tag for tag in dict.fromkeys(tags) if tag in now.tags)
            return [Tag(gone)] if gone else []
        case Assign() | Team() | GiveBack():
            return _given_back(now)
        case SetPriority(priority=priority):
            return [SetPriority(now.priority)] if priority != now.priority else []
        case SetField(key=key, value=value):
            return [SetField(key, now.fields.get(key))] if value != now.fields.get(key) else []
        case Snooze():
            return _as_it_was(now)
        case Close() if now.status != "closed":
            return _as_it_was(now)
        case Reopen() if now.status in ("closed", "snoozed"):
            return _as_it_was(now)
        case Spam(on=on):
            return [Spam(not on)] if on != now.spam else []
        case _:
            return []


def _given_back(now: Situation) -> list[AnyStep]:
    if now.handler == "assistant":
        return [GiveBack()]
    team: list[AnyStep] = [Team(now.team)] if now.team else []
    return [*team, Assign(now.assignee)]


def _as_it_was(now: Situation) -> list[AnyStep]:
    match now.status:
        case "closed":
            return [Close()]
        case "snoozed":
            return [Snooze(until=now.snoozed_until)]
        case _:
            return [Reopen()]


def _with(now: Situation, **changes: object) -> Situation:
    return msgspec.structs.replace(now, **changes)
