"""Who is served next: questions before passages, the longest waiting first, its like along with it."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from goodword.platform.embedding.model import EmbeddingUnavailable

Vector = npt.NDArray[np.float32]

TOGETHER = 16  # texts in one run
TOKENS = 384  # places in one run, padding included: about 80 ms, which is how long a question may have to wait
LOOK_AHEAD = 32  # texts looked at for some of like length
PATIENCE = 8  # runs of questions before one of passages gets its turn


@dataclass(eq=False)
class Waiting:
    text: str
    is_query: bool
    ids: list[int] | None = None
    vector: Future[Vector] = field(default_factory=Future)

    def measured(self, ids: Callable[["Waiting"], list[int]]) -> bool:
        """Whether it still wants serving, its ``ids`` now known."""
        if self.ids is None and not self.vector.cancelled():
            try:
                self.ids = ids(self)
            except Exception as error:
                if self.vector.set_running_or_notify_cancel():
                    self.vector.set_exception(EmbeddingUnavailable(f"a text could not be read: {error!r}"))
        return not self.vector.done()


class Line:
    """Filled by any thread, emptied by one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queries: deque[Waiting] = deque()
        self._passages: deque[Waiting] = deque()
        self._overtaken = 0

    def join(self, waiting: list[Waiting]) -> None:
        with self._lock:
            for one in waiting:
                (self._queries if one.is_query else self._passages).append(one)

    def next(self, ids: Callable[[Waiting], list[int]]) -> list[Waiting]:
        """Takes out the texts to be run together, their ``ids`` set; empty when nobody waits any more."""
        with self._lock:
            queue = self._due()
            near = [queue.popleft() for _ in range(min(len(queue), LOOK_AHEAD))]
        near = [one for one in near if one.measured(ids)]
        chosen = alike(near)
        with self._lock:
            queue.extendleft(one for one in reversed(near) if one not in chosen)
        return [one for one in chosen if one.vector.set_running_or_notify_cancel()]

    def leave(self) -> list[Waiting]:
        """Everyone who still waits."""
        with self._lock:
            everyone = [*self._queries, *self._passages]
            self._queries.clear()
            self._passages.clear()
        return [one for one in everyone if one.vector.set_running_or_notify_cancel()]

    def _due(self) -> deque[Waiting]:
        overdue = self._overtaken >= PATIENCE and self._passages
        if self._queries and not overdue:
            self._overtaken += bool(self._passages)
            return self._queries
        self._overtaken = 0
        return self._passages


def alike(near: list[Waiting]) -> list[Waiting]:
    """The first in line and those nearest to it in length, as many as one run holds."""
    if not near:
        return []
    first, *others = near
    chosen, longest = [first], length(first)
    for other in sorted(others, key=lambda one: abs(length(one) - length(first))):
        longest = max(longest, length(other))
        if len(chosen) == TOGETHER or longest * (len(chosen) + 1) > TOKENS:
            break
        chosen.append(other)
    return chosen


def length(one: Waiting) -> int:
    return len(one.ids or ())
