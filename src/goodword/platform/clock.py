"""Time as a thing that is passed in: rules and actions take milliseconds, only the edges ask a clock."""

import time
from typing import Protocol, runtime_checkable

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@runtime_checkable
class Clock(Protocol):
    """Tells the time."""

    def now(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000
