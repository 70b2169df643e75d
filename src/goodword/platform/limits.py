"""How often is too often: a token bucket per caller, kept in this process."""

import math
from collections import OrderedDict

from goodword.platform.clock import SECOND
from goodword.platform.errors import RateLimited

MOST_CALLERS = 50_000


class RateLimit:
    """``burst`` at once, and ``burst`` more in every ``seconds``."""

    def __init__(self, burst: int, seconds: float) -> None:
        # Whole numbers, so that many small waits add up to exactly one long one: a millisecond earns ``burst``.
        self._burst = burst
        self._price = round(seconds * SECOND)
        self._buckets: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def spend(self, caller: str, now: int) -> None:
        """``RateLimited`` when nothing is left; ``retry_after`` says when there is again."""
        full = self._price * self._burst
        left, at = self._buckets.pop(caller, (full, now))
        left = min(full, left + max(now - at, 0) * self._burst)
        self._buckets[caller] = (left - self._price if left >= self._price else left, now)
        if len(self._buckets) > MOST_CALLERS:
            self._buckets.popitem(last=False)
        if left < self._price:
            raise RateLimited(retry_after=math.ceil((self._price - left) / self._burst / SECOND))
