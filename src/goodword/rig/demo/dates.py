"""When people write: more by day than by night, less at the weekend, each in his own part of the world."""

from random import Random
from typing import Final

from goodword.platform.clock import DAY, HOUR, MINUTE

SPAN: Final = 35 * DAY
LEAD: Final = 6 * DAY
"""So long before the first customer writes the first orders are placed."""

# Hours east of Greenwich, near enough.
_EAST: Final = {"en": 0, "fr": 1, "ko": 9, "zh-Hans": 8, "zh-Hant": 8}
# Monday first.
_DAYS: Final = (13, 12, 11, 11, 10, 5, 4)
_HOURS: Final = {
    7: 1, 8: 4, 9: 8, 10: 10, 11: 10, 12: 7, 13: 7, 14: 9, 15: 9, 16: 8, 17: 7, 18: 6, 19: 6, 20: 7, 21: 4, 22: 2,
}  # fmt: skip


def first_day(now: int) -> int:
    return now - SPAN


def set_up_at(now: int) -> int:
    return first_day(now) - LEAD - DAY


def moment(random: Random, language: str, earliest: int, latest: int) -> int:
    """A time between the two at which somebody who speaks ``language`` may well begin to write."""
    east = _EAST[language] * HOUR
    first, last = (earliest + east) // DAY, (latest + east) // DAY
    days = range(first, last + 1)
    weights = [_DAYS[weekday(day)] for day in days]
    for _ in range(100):
        day = random.choices(days, weights)[0]
        hour = random.choices(list(_HOURS), list(_HOURS.values()))[0]
        at = day * DAY + hour * HOUR + random.randrange(HOUR) - east
        if earliest <= at <= latest:
            return at
    return random.randrange(earliest, latest + 1)


def local(at: int, language: str) -> tuple[int, int]:
    """Weekday (0 is Monday) and hour where ``language`` is spoken."""
    there = at + _EAST[language] * HOUR
    return weekday(there // DAY), there % DAY // HOUR


def weekday(day: int) -> int:
    """Of a day counted from 1970-01-01, which was a Thursday; 0 is Monday."""
    return (day + 3) % 7


def morning_after(at: int, days: int, language: str) -> int:
    """Nine o'clock there, ``days`` later."""
    east = _EAST[language] * HOUR
    return (at + east) // DAY * DAY + days * DAY + 9 * HOUR - east


def about(random: Random, seconds: int) -> int:
    """Milliseconds: nobody keeps exactly to his script."""
    return max(1, round(seconds * 1_000 * random.uniform(0.8, 1.3)))


def pause(random: Random, shortest: int, longest: int) -> int:
    """Milliseconds between so many minutes."""
    return random.randrange(shortest * MINUTE, longest * MINUTE)
