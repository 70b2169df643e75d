"""How long somebody will wait, as what others waited shows; None while too little is known to say it honestly."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from math import ceil
from statistics import median
from zoneinfo import ZoneInfo

import msgspec

from goodword.platform.clock import HOUR

FEWEST_WAITS = 3
# So many of the newest count: a desk changes.
NEWEST = 40
LATELY = 4 * HOUR
# Of ten who are told a bound nine shall wait no longer.
KEPT = 0.9
FEWEST_FOR_BOUND = ceil(KEPT / (1 - KEPT))


class Wait(msgspec.Struct, frozen=True):
    """One that is over: how long it took (ms), and the place in the queue that it began at; None: nobody was there.

    When it began (ms), and the team that was waited for.
    """

    ms: int
    position: int | None
    began_at: int = 0
    team: str | None = None


class Expectation(msgspec.Struct, frozen=True):
    """Usually so many seconds, seldom more than so many."""

    usual: int | None = None
    seldom: int | None = None


def expectation(
    waits: Sequence[Wait], position: int, at: int, zone: str = "UTC", team: str | None = None
) -> Expectation:
    """For somebody who is at ``position`` at ``at``; ``waits``: the newest first.

    From those who waited at the same hour of the same kind of day for the same team, if they are enough; else from
    wider and wider circles. The bound is the smallest that as many of them kept as shall keep it, counting the one to
    come among those who didn't: so it holds for nine of ten as long as the next is like the last. A bad day is like
    itself more than like others: where its own last hours show a longer bound, that one is said.
    """
    placed = [wait for wait in waits if wait.position]
    for alike in _circles(at, ZoneInfo(zone), team):
        near = [wait for wait in placed if alike(wait)][:NEWEST]
        if len(near) >= FEWEST_FOR_BOUND:
            bounds = (bound_seconds(near, position), bound_seconds(_lately(placed, at, team), position))
            return Expectation(estimate_seconds(near, position), max(filter(None, bounds), default=None))
    return Expectation(estimate_seconds(placed[:NEWEST], position))


def _lately(waits: Sequence[Wait], at: int, team: str | None) -> list[Wait]:
    """The newest of the last hours: half as many as count otherwise, for what is happening now."""
    return [wait for wait in waits if wait.team == team and at - wait.began_at <= LATELY][: NEWEST // 2]


def estimate_seconds(waits: Sequence[Wait], position: int) -> int | None:
    """How long somebody at ``position`` usually waits, by what each place in the queue took."""
    per_place = _per_place(waits)
    return round(median(per_place) * position / 1_000) if len(per_place) >= FEWEST_WAITS else None


def bound_seconds(waits: Sequence[Wait], position: int) -> int | None:
    """How long he seldom waits longer than."""
    per_place = sorted(_per_place(waits))
    place = ceil((len(per_place) + 1) * KEPT)
    return ceil(per_place[place - 1] * position / 1_000) if 0 < place <= len(per_place) else None


def expected_answer_seconds(waits: Sequence[Wait], opens_at: int | None, at: int) -> int | None:
    """When those will be answered for whom nobody is there.

    At ``opens_at`` somebody comes, where shifts say so; else by how long those waited who were in that case.
    """
    if opens_at is not None:
        return max(0, round((opens_at - at) / 1_000))
    alone = [wait.ms for wait in waits if wait.position is None]
    return round(median(alone) / 1_000) if len(alone) >= FEWEST_WAITS else None


def _per_place(waits: Sequence[Wait]) -> list[float]:
    return [wait.ms / wait.position for wait in waits if wait.position]


def _circles(at: int, zone: ZoneInfo, team: str | None) -> Iterator[Callable[[Wait], bool]]:
    def same_team(wait: Wait) -> bool:
        return wait.team == team

    def same_hour(wait: Wait) -> bool:
        apart = abs(_local(wait.began_at, zone).hour - _local(at, zone).hour)
        return min(apart, 24 - apart) <= 1

    def same_kind_of_day(wait: Wait) -> bool:
        return _is_weekend(wait.began_at, zone) == _is_weekend(at, zone)

    yield lambda wait: same_team(wait) and same_hour(wait) and same_kind_of_day(wait)
    yield lambda wait: same_team(wait) and same_hour(wait)
    yield same_team
    yield same_hour
    yield lambda wait: True


def _is_weekend(at: int, zone: ZoneInfo) -> bool:
    return _local(at, zone).weekday() >= 5


def _local(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at / 1_000, zone)
