"""Who works when: weeks as the clock on the wall shows them, in the agent's own part of the world.

A stretch runs from its start to its end on that clock. When clocks go forward an hour of it is missing, when they go
back it lasts an hour longer. A time that doesn't exist on such a day is as much later; of one that exists twice the
first is meant.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from goodword.platform.errors import BadInput

AHEAD: Final = 62
MOST_SPANS: Final = 6
MOST_OTHER_DAYS: Final = 100
LONGEST_LABEL: Final = 60
TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


class Span(msgspec.Struct, frozen=True):
    """``"09:00"`` to ``"17:30"``; one that ends before it starts, or when it starts, ends on the next day."""

    start: str
    end: str


class OtherDays(msgspec.Struct, frozen=True):
    """From the day ``first`` to ``last`` (ISO dates) these hours instead of the week's; none: free."""

    first: str
    last: str
    spans: tuple[Span, ...] = ()
    label: str = ""


class Shifts(msgspec.Struct, frozen=True):
    """``week``: seven days, Monday first. What lies between two spans of a day is a break."""

    timezone: str
    week: tuple[tuple[Span, ...], ...]
    other_days: tuple[OtherDays, ...] = ()


class Duty(msgspec.Struct, frozen=True):
    """What routing may give to an agent: by skill, by kind of channel, and when.

    ``shifts`` None: those of his team, and where it has none he works whenever he is there. ``extra_until``: he said
    that he works now though it isn't his shift, until then (ms).
    """

    skills: tuple[str, ...] = ()
    channel_loads: dict[str, int] = {}
    shifts: Shifts | None = None
    extra_until: int = 0


def is_on_duty(shifts: Shifts | None, extra_until: int, at: int) -> bool:
    """``shifts``: those that hold for him, his own or his team's."""
    return shifts is None or at < extra_until or on_shift(shifts, at)


def on_shift(shifts: Shifts, at: int) -> bool:
    return shift_end(shifts, at) is not None


def shift_end(shifts: Shifts, at: int) -> int | None:
    """When the stretch ends that is running at ``at``; None: none is."""
    return next((end for start, end in _around(shifts, at, 1) if start <= at < end), None)


def next_start(shifts: Shifts, at: int) -> int | None:
    """When the next stretch begins after ``at``; None: not within two months."""
    for days in (2, 9, AHEAD):
        if start := next((start for start, _ in _around(shifts, at, days) if start > at), None):
            return start
    return None


def off_since(shifts: Shifts, at: int) -> int:
    """When the newest stretch before ``at`` ended; 0: not within a week. Meant for who is not on shift at ``at``."""
    return max((end for _, end in _around(shifts, at, 1, back=8) if end <= at), default=0)


def spans_of(shifts: Shifts, day: date) -> tuple[Span, ...]:
    """What stands in the table for ``day``; of several that speak of it the last counts."""
    iso = day.isoformat()
    other = [days.spans for days in shifts.other_days if days.first <= iso <= days.last]
    return other[-1] if other else shifts.week[day.weekday()]


def today(shifts: Shifts, at: int) -> tuple[Span, ...]:
    """The spans of the day that it is, at ``at``, where he works."""
    return spans_of(shifts, _local_day(shifts, at))


def stretches(shifts: Shifts, first: date, days: int) -> list[tuple[int, int]]:
    """Start and end (ms) of all that begins within ``days`` from ``first`` on; what touches is one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_each(shifts, first, days)):
        if joined and start <= joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return joined


def _each(shifts: Shifts, first: date, days: int) -> Iterator[tuple[int, int]]:
    zone = ZoneInfo(shifts.timezone)
    for day in (first + timedelta(number) for number in range(days)):
        for span in spans_of(shifts, day):
            start, end = _minutes(span.start), _minutes(span.end)
            yield _moment(zone, day, start), _moment(zone, day, end if end > start else end + 24 * 60)


def _around(shifts: Shifts, at: int, ahead: int, back: int = 2) -> list[tuple[int, int]]:
    return stretches(shifts, _local_day(shifts, at) - timedelta(back), back + ahead + 1)


def _local_day(shifts: Shifts, at: int) -> date:
    return datetime.fromtimestamp(at / 1_000, ZoneInfo(shifts.timezone)).date()


def _moment(zone: ZoneInfo, day: date, minutes: int) -> int:
    day += timedelta(minutes // (24 * 60))
    hour, minute = divmod(minutes % (24 * 60), 60)
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    return round(local.astimezone(UTC).timestamp() * 1_000)


@lru_cache(maxsize=2_000)
def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def shifts_text(shifts: Shifts | None) -> str | None:
    """As they are kept."""
    return None if shifts is None else msgspec.json.encode(shifts).decode()


@lru_cache(maxsize=1_000)
def shifts_from(text: str | None) -> Shifts | None:
    return None if text is None else msgspec.json.decode(text, type=Shifts)


def checked_shifts(shifts: Shifts) -> Shifts:
    """``BadInput``: no such time zone, day or hour, or a day whose hours overlap."""
    checked_zone(shifts.timezone)
    if len(shifts.week) != 7 or len(shifts.other_days) > MOST_OTHER_DAYS:
        raise BadInput("shifts", fields={"shifts": "shifts"})
    for spans in (*shifts.week, *(days.spans for days in shifts.other_days)):
        _check_day(spans)
    for days in shifts.other_days:
        _check_dates(days)
    return shifts


def checked_zone(name: str) -> str:
    if name not in _zones():
        raise BadInput("timezone", fields={"timezone": "timezone"})
    return name


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _check_day(spans: tuple[Span, ...]) -> None:
    known = all(TIME.fullmatch(time) for span in spans for time in (span.start, span.end))
    if not known or len(spans) > MOST_SPANS or any(span.start == "24:00" for span in spans):
        raise BadInput("shift_hours", fields={"shifts": "shift_hours"})
    for earlier, later in pairwise(spans):
        if not _minutes(earlier.start) < _minutes(earlier.end) <= _minutes(later.start):
            raise BadInput("shift_overlap", fields={"shifts": "shift_overlap"})


def _check_dates(days: OtherDays) -> None:
    try:
        right = date.fromisoformat(days.first) <= date.fromisoformat(days.last)
    except ValueError:
        right = False
    if not right or len(days.first) != 10 or len(days.last) != 10 or len(days.label) > LONGEST_LABEL:
        raise BadInput("shift_dates", fields={"shifts": "shift_dates"})
