"""What a bus promises."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

import msgspec


class Signal(msgspec.Struct, frozen=True):
    """Something worth knowing now and not worth keeping. ``data`` is small and JSON."""

    kind: str
    stream: str
    data: dict[str, object]


@runtime_checkable
class Bus(Protocol):
    """Carries bells and signals."""

    def ring(self, bells: frozenset[str]) -> None:
        """Wake everyone who waits for one of ``bells``, here and in other processes."""
        ...

    async def wait(self, bell: str, seen: int, patience: float) -> int:
        """Sleep until ``bell`` has been rung more often than ``seen`` times, or ``patience`` seconds; return the count.

        Start with ``seen=-1`` to learn the count without sleeping.
        """
        ...

    def send(self, signal: Signal) -> None: ...

    def listen(self, hear: Callable[[Signal], None]) -> Callable[[], None]:
        """Have ``hear`` called with each signal; what comes back stops it."""
        ...

    async def close(self) -> None: ...
