from collections.abc import Sequence

from goodword.platform.embedding.model import EmbeddingUnavailable, Vectors


class NoEmbedder:
    """Stands where no embedding is wanted or possible: every question is answered with why not."""

    name = "none"
    dimension = 0

    def __init__(self, why: str = "switched off") -> None:
        self._why = why

    async def query(self, texts: Sequence[str]) -> Vectors:
        raise EmbeddingUnavailable(self._why)

    async def passages(self, texts: Sequence[str]) -> Vectors:
        raise EmbeddingUnavailable(self._why)

    async def close(self) -> None:
        return None
