"""How often a program may write to one person by itself: two machines that answer each other stop here."""

from collections.abc import Sequence

MINUTE = 60_000
# At most so many automatic answers to one sender within so many milliseconds.
BRAKES = ((2, 10 * MINUTE), (6, 24 * 60 * MINUTE))


def braked(sent_times: Sequence[int], now: int) -> bool:
    """Whether one more automatic answer would be too many, after those sent at ``sent_times`` (ms)."""
    return any(sum(now - within < at for at in sent_times) >= most for most, within in BRAKES)
