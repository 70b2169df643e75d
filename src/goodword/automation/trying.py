"""What a rule would have done in one conversation, had it been in force: pure."""

from collections import deque
from collections.abc import Iterable, Iterator

import msgspec

from goodword.automation.matching import Reason, matches
from goodword.automation.model import MOST_A_MINUTE, Rule
from goodword.automation.situation import Situation, is_outside
from goodword.automation.supposing import Members
from goodword.automation.unfolding import Unfolding
from goodword.customers import Customer
from goodword.platform.clock import MINUTE
from goodword.platform.events import Event


class Touch(msgspec.Struct, frozen=True):
    """Once that it would have been applied, at ``at``, because of ``why``."""

    at: int
    why: tuple[Reason, ...]


class Wait(msgspec.Struct, frozen=True):
    """A clock that runs since ``event``."""

    event: Event
    began: int
    due: int


def touches(
    rule: Rule, events: Iterable[Event], customer: Customer | None, members: Members, since: int, until: int
) -> Iterator[Touch]:
    """Every time that ``rule`` would have been applied between ``since`` and ``until``, in order.

    What it would have done is reckoned with from then on. ``events``: the whole time line.
    """
    told = Unfolding(customer)
    lately: deque[int] = deque(maxlen=MOST_A_MINUTE)
    wait: Wait | None = None

    def asked(situation: Situation, trigger: str | None) -> Iterator[Touch]:
        why = matches(rule, situation)
        too_often = len(lately) == MOST_A_MINUTE and lately[0] > situation.at - MINUTE
        if why is None or too_often or not since <= situation.at <= until or _is_off_limits(told, situation):
            return
        lately.append(situation.at)
        told.suppose(rule.steps, members, trigger)
        yield Touch(situation.at, why)

    for event in events:
        if wait and wait.due <= event.at:
            yield from asked(told.later(wait.event, rule.when.event, wait.due), None)
            wait = None
        trigger = event.actor.id if event.actor.kind == "agent" else None
        for situation in told.take(event):
            yield from asked(situation, trigger)
        wait = _clock(rule, event, told, wait)
    if wait and wait.due <= until:
        yield from asked(told.later(wait.event, rule.when.event, wait.due), None)


def _is_off_limits(told: Unfolding, situation: Situation) -> bool:
    return told.now.spam and situation.event != "marked_spam"


def _clock(rule: Rule, event: Event, told: Unfolding, running: Wait | None) -> Wait | None:
    """The clock of a rule that waits for time, after ``event``: set, running on, or stopped."""
    minutes, now = (rule.when.minutes or 0) * MINUTE, told.now
    if rule.when.event == "waiting":
        if now.waiting_since is None or now.status == "closed":
            return None
        begins = told.began_a_wait(event)
        return Wait(event, now.waiting_since, now.waiting_since + minutes) if begins else running
    if rule.when.event == "silent" and is_outside(event.type, msgspec.json.decode(event.data)):
        return running
    if rule.when.event == "silent":
        if event.type == "MessageReceived" or now.status == "closed":
            return None
        ours = event.type == "ReplyQueued" and event.actor.kind in ("agent", "assistant")
        return Wait(event, event.at, event.at + minutes) if ours else running
    return None
