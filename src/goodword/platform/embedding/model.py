"""What an embedding is, whoever makes it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from goodword.platform.errors import Unavailable

Vectors = npt.NDArray[np.float32]


class EmbeddingUnavailable(Unavailable):
    """There are no vectors to be had; search by words instead.

    ``why`` is for the log. ``retry_after`` is in seconds, or None when asking again will not help.
    """

    def __init__(self, why: str, *, retry_after: float | None = None) -> None:
        super().__init__("embedding", retry_after=retry_after, why=why)
        self.why = why

    def __str__(self) -> str:
        return f"no embedding: {self.why}"


class Embedder(Protocol):
    """Turns texts of any language into vectors whose dot product says how near their meanings are.

    Both methods return float32 of shape (len(texts), dimension), every row of unit length, in the order of
    the texts; no text is refused, the empty one included. They raise ``EmbeddingUnavailable`` alone.
    """

    @property
    def name(self) -> str:
        """Changes whenever the vectors would: those stored under another name are stale."""
        ...

    @property
    def dimension(self) -> int: ...

    async def query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what people ask or write: a message, a search. Served before any passage."""
        ...

    async def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what answers them: pieces of articles, saved replies."""
        ...

    async def close(self) -> None: ...


def unit(vectors: Vectors) -> Vectors:
    """The same directions at length one; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
    return scaled
