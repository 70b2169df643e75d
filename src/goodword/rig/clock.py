"""A clock that stands still until it is told to go on."""

# A Tuesday, 09:00 in Paris.
TUESDAY_MORNING = 1_790_665_200_000


class HandClock:
    """See ``Clock``."""

    def __init__(self, now: int = TUESDAY_MORNING) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def go_on(self, milliseconds: int) -> int:
        self._now += milliseconds
        return self._now
