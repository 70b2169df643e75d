"""What a job is, and when it is tried again."""

from typing import Any

import msgspec

from goodword.platform.clock import HOUR, SECOND
from goodword.platform.errors import CallerError, Conflict, GoodwordError, RateLimited, Rejected

MOST_ATTEMPTS = 12
LONGEST_PAUSE = 6 * HOUR


class Job(msgspec.Struct, frozen=True):
    """A deed that waits for its time. ``payload`` is small JSON: ids, never contents."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int
    worker: str
    run_at: int


class LostLease(Exception):
    """Another worker has the job now; what this one did is undone."""


def pause_before(attempt: int) -> int:
    """Milliseconds to wait after the ``attempt``-th failure: 1 s, 2 s, 4 s … up to six hours."""
    return min(SECOND << min(max(attempt - 1, 0), 30), LONGEST_PAUSE)


def is_final(error: Exception) -> bool:
    """Whether trying again can't help. A ``Conflict`` may: who lost a race finds the other's work the next time."""
    return isinstance(error, (Rejected, CallerError)) and not isinstance(error, (Conflict, RateLimited))


def pause_after(error: Exception, attempt: int) -> int:
    """Milliseconds: what the other side asked for, within reason, or ``pause_before``."""
    if isinstance(error, GoodwordError) and error.retry_after is not None:
        return int(min(max(error.retry_after, 0.0) * SECOND, LONGEST_PAUSE))
    return pause_before(attempt)
