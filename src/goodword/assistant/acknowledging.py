"""What a mail is told that nobody has answered yet: that it has come, and when an answer can be expected."""

from math import ceil

import msgspec

from goodword.assistant.wording import say
from goodword.conversations.events import Assigned, NobodyAvailable, Queued
from goodword.platform.clock import DAY, HOUR, MINUTE, SECOND
from goodword.platform.events import Event

TEMPLATE = "acknowledgement"
# Up to so much (ms) a time is said in steps of so much, and in this unit; what is longer, in days.
STEPS = ((90 * MINUTE, 5 * MINUTE, MINUTE, "minutes"), (36 * HOUR, HOUR, HOUR, "hours"))


class Expected(msgspec.Struct, frozen=True):
    """In seconds from now; None where the desk doesn't know and so doesn't say.

    ``usual`` and ``seldom``: how long it takes until somebody has time; ``away``: nobody is there, and somebody comes
    or answers in so long.
    """

    usual: int | None = None
    seldom: int | None = None
    away: int | None = None


def expected_of(event: Event) -> Expected | None:
    """What the event promises; None: it says nothing about the wait for a person."""
    match event.fact():
        case Queued(estimate_seconds=usual, seldom_seconds=seldom):
            return Expected(usual=usual, seldom=seldom)
        case NobodyAvailable(expected_answer_seconds=int(seconds)):
            return Expected(away=seconds)
        case NobodyAvailable(opens_at=int(opens_at)):
            return Expected(away=max(0, opens_at - event.at) // SECOND)
        case NobodyAvailable():
            return Expected()
        case Assigned(agent=agent, reason=reason) if agent and reason in ("routed", "overflow"):
            return Expected()
    return None


def acknowledgement(language: str, number: int, expected: Expected) -> str:
    """In whole sentences, with no time in it that isn't known."""
    lines = [
        say(language, "acknowledgement.received", number=number),
        _when(language, expected),
        say(language, "acknowledgement.add"),
    ]
    return "\n\n".join(line for line in lines if line)


def _when(language: str, expected: Expected) -> str:
    if expected.away is not None:
        return say(language, "acknowledgement.away", time=said(language, expected.away))
    if expected.usual is None:
        return ""
    usual = said(language, expected.usual)
    if expected.seldom is None or said(language, expected.seldom) == usual:
        return say(language, "acknowledgement.usual", time=usual)
    return say(language, "acknowledgement.usual_and_seldom", usual=usual, seldom=said(language, expected.seldom))


def said(language: str, seconds: int) -> str:
    """A time as people say it, never shorter than it is: "25 minutes", "3 hours", "2 days"."""
    ms = seconds * SECOND
    for longest, step, unit, name in STEPS:
        if ms <= longest:
            return say(language, f"time.{name}", count=max(1, ceil(ms / step)) * step // unit)
    return say(language, "time.days", count=ceil(ms / DAY))
