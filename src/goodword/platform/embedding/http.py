import math
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx
import msgspec
import numpy as np

from goodword.platform.embedding.model import EmbeddingUnavailable, Vectors, unit
from goodword.platform.embedding.tokens import CHARACTERS

TOGETHER = 64
TIMEOUT = httpx.Timeout(20.0, connect=5.0)
PASSING = {408, 409, 425, 429}


class Row(msgspec.Struct):
    index: int
    embedding: list[float]


class Answer(msgspec.Struct):
    data: list[Row]


class HttpEmbedder:
    """An OpenAI-compatible endpoint: ``POST {base_url}/embeddings``.

    Texts are read to 2,000 characters and sent 64 at a time. Models that want to be told question from
    passage get the prefixes (multilingual-e5: ``query: `` and ``passage: ``). An ``EmbeddingUnavailable``
    carries ``retry_after`` where the other side is away for now, not where it refuses us (key, model).
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        dimension: int,
        *,
        query_prefix: str = "",
        passage_prefix: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.dimension = dimension
        prefixes = [f"{query_prefix}|{passage_prefix}"] if query_prefix or passage_prefix else []
        self.name = "/".join([urlsplit(base_url).netloc, model, str(dimension), *prefixes])
        self._model = model
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._client = httpx.AsyncClient(
            base_url=base_url.rstrip("/") + "/",
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            timeout=TIMEOUT,
            transport=transport,
        )

    async def query(self, texts: Sequence[str]) -> Vectors:
        return await self._embed([self._query_prefix + sendable(text) for text in texts])

    async def passages(self, texts: Sequence[str]) -> Vectors:
        return await self._embed([self._passage_prefix + sendable(text) for text in texts])

    async def close(self) -> None:
        await self._client.aclose()

    async def _embed(self, texts: list[str]) -> Vectors:
        parts = [await self._ask(texts[at : at + TOGETHER]) for at in range(0, len(texts), TOGETHER)]
        return np.concatenate([np.empty((0, self.dimension), np.float32), *parts])

    async def _ask(self, texts: list[str]) -> Vectors:
        body = {"model": self._model, "input": texts, "encoding_format": "float"}
        try:
            response = await self._client.post("embeddings", json=body)
        except httpx.HTTPError as error:
            raise EmbeddingUnavailable(f"{self.name} does not answer: {error!r}", retry_after=5.0) from error
        if not response.is_success:
            raise refusal(self.name, response)
        return self._read(response.content, len(texts))

    def _read(self, content: bytes, count: int) -> Vectors:
        try:
            rows = msgspec.json.decode(content, type=Answer).data
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise EmbeddingUnavailable(f"{self.name} answered something else: {error}") from error
        by_index = {row.index: row.embedding for row in rows}
        if sorted(by_index) != list(range(count)):
            raise EmbeddingUnavailable(f"{self.name} answered {len(rows)} vectors to {count} texts")
        if any(len(row) != self.dimension for row in by_index.values()):
            raise EmbeddingUnavailable(f"{self.name} answered {len(by_index[0])} numbers, not {self.dimension}")
        with np.errstate(over="ignore"):
            vectors = np.array([by_index[index] for index in range(count)], np.float32)
        if not np.isfinite(vectors).all() or not vectors.any(axis=1).all():
            raise EmbeddingUnavailable(f"{self.name} answered numbers that are no direction")
        return unit(vectors)


def sendable(text: str) -> str:
    """Bounded, never empty (many endpoints refuse that), without half surrogates (JSON cannot carry them)."""
    whole = text[:CHARACTERS].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole if whole.strip() else "-"


def refusal(name: str, response: httpx.Response) -> EmbeddingUnavailable:
    said = response.text[:200].replace("\n", " ")
    why = f"{name} answered {response.status_code}: {said}"
    if response.status_code < 500 and response.status_code not in PASSING:
        return EmbeddingUnavailable(why)
    return EmbeddingUnavailable(why, retry_after=wait(response.headers.get("Retry-After", "")))


def wait(asked: str, usual: float = 5.0, most: float = 3_600.0) -> float:
    try:
        seconds = float(asked)
    except ValueError:
        return usual
    return min(max(seconds, 0.0), most) if math.isfinite(seconds) else usual
