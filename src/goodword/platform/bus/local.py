"""The bus inside one process."""

import asyncio
from collections import defaultdict
from collections.abc import Callable

import structlog

from goodword.platform.bus.model import Signal

log = structlog.get_logger(__name__)


class LocalBus:
    """See ``Bus``."""

    def __init__(self) -> None:
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)
        self._listeners: set[Callable[[Signal], None]] = set()

    def ring(self, bells: frozenset[str]) -> None:
        for bell in bells:
            self._counts[bell] += 1
            for future in self._waiting.pop(bell, ()):
                if not future.done():
                    future.set_result(None)

    async def wait(self, bell: str, seen: int, patience: float) -> int:
        if self._counts[bell] <= seen:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting[bell].add(future)
            try:
                await asyncio.wait((future,), timeout=patience)
            finally:
                self._waiting[bell].discard(future)
        return self._counts[bell]

    def send(self, signal: Signal) -> None:
        for hear in tuple(self._listeners):
            try:
                hear(signal)
            except Exception:
                # Neither the one who sends nor the others who listen can help it.
                log.exception("bus.listener_failed", kind=signal.kind)

    def listen(self, hear: Callable[[Signal], None]) -> Callable[[], None]:
        self._listeners.add(hear)
        return lambda: self._listeners.discard(hear)

    async def close(self) -> None:
        """Nothing to let go of."""
