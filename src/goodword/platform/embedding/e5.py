"""multilingual-e5-small on this machine: lazily loaded, in a thread of its own, never in anybody's way."""

import asyncio
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import structlog

from goodword.platform.embedding.cache import kept
from goodword.platform.embedding.line import Line, Vector, Waiting
from goodword.platform.embedding.model import EmbeddingUnavailable, Vectors
from goodword.platform.embedding.tokens import CHARACTERS
from goodword.platform.embedding.weights import Weights, fingerprint, installed_weights, read_weights

if TYPE_CHECKING:
    from goodword.platform.embedding.encoder import Encoder

log = structlog.get_logger(__name__)

RECIPE = "1"  # to be raised whenever tokens, bounds, prefixes or graph give other vectors
REMEMBERED = 512
NICE = 10


def step_back() -> None:
    """Let whoever accepts messages go first: on few processors a model would take its time from them."""
    if hasattr(os, "setpriority"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class LocalE5:
    """multilingual-e5-small on this machine's processor, offline.

    The constructor is quick and raises ``EmbeddingUnavailable`` when the weights are not installed. The model
    loads on first use (or ``warm``) in a thread of its own, which also does all the work, so the event loop
    never waits; at the first start ever it is converted into ``cache`` on the way. Texts are read to 2,000
    characters, questions to 160 tokens, passages to 512. For one event loop; don't fork after first use.
    """

    dimension = 384

    def __init__(self, cache: Path, threads: int = 1, weights: Path | None = None) -> None:
        self._cache = cache
        self._threads = threads
        self._weights = weights or installed_weights()
        self.name = f"multilingual-e5-small-int8-{fingerprint(self._weights)}-{RECIPE}"
        self._line = Line()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedding", initializer=step_back)
        self._encoder: Encoder | None = None
        self._failure = ""
        self._closed = False
        self._recent: OrderedDict[str, Vector] = OrderedDict()

    def warm(self) -> None:
        """Loads in the background; a failure shows at first use."""
        if not self._closed:
            self._worker.submit(self._turn)

    async def query(self, texts: Sequence[str]) -> Vectors:
        bounded = [text[:CHARACTERS] for text in texts]
        found = {text: self._recent[text] for text in bounded if text in self._recent}
        new = [text for text in dict.fromkeys(bounded) if text not in found]
        found.update(zip(new, await self._embed(new, is_query=True), strict=True))
        rows = [found[text] for text in bounded]
        for text, row in zip(bounded, rows, strict=True):
            self._remember(text, row)
        return self._stacked(rows)

    async def passages(self, texts: Sequence[str]) -> Vectors:
        return self._stacked(await self._embed(texts, is_query=False))

    async def close(self) -> None:
        """What is running is waited for; what still waits is refused."""
        self._closed = True
        await asyncio.to_thread(self._worker.shutdown, cancel_futures=True)
        self._refuse("closed")
        self._encoder = None

    async def _embed(self, texts: Sequence[str], is_query: bool) -> list[Vector]:
        if self._closed:
            raise EmbeddingUnavailable("closed")
        waiting = [Waiting(text[:CHARACTERS], is_query) for text in texts]
        self._line.join(waiting)
        for _ in waiting:
            self._worker.submit(self._turn)
        return await asyncio.gather(*(asyncio.wrap_future(one.vector) for one in waiting))

    def _turn(self) -> None:
        """In the worker: serves whoever is next, which need not be the one this turn was asked for."""
        try:
            encoder = self._loaded()
        except EmbeddingUnavailable as error:
            self._refuse(error.why)
            return
        batch = self._line.next(lambda one: (encoder.query_ids if one.is_query else encoder.passage_ids)(one.text))
        if batch:
            serve(encoder, batch)

    def _loaded(self) -> "Encoder":
        if self._failure:
            raise EmbeddingUnavailable(self._failure)
        if self._encoder is None:
            try:
                self._encoder = self._load()
            except EmbeddingUnavailable as error:
                self._failure = error.why
                raise
        return self._encoder

    def _load(self) -> "Encoder":
        weights = read_weights(self._weights)
        try:
            from goodword.platform.embedding.encoder import Encoder

            model = kept(self._cache, self.name, lambda: converted(weights))
            return Encoder(weights, model, self._threads)
        except EmbeddingUnavailable:
            raise
        except Exception as error:
            raise EmbeddingUnavailable(f"the model does not load: {error!r}") from error

    def _remember(self, text: str, row: Vector) -> None:
        self._recent[text] = row
        self._recent.move_to_end(text)
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)

    def _stacked(self, rows: list[Vector]) -> Vectors:
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)

    def _refuse(self, why: str) -> None:
        for one in self._line.leave():
            one.vector.set_exception(EmbeddingUnavailable(why))


def serve(encoder: "Encoder", batch: list[Waiting]) -> None:
    try:
        vectors = encoder.vectors([one.ids or [] for one in batch])
    except Exception as error:
        log.exception("embedding.failed", texts=len(batch))
        for one in batch:
            one.vector.set_exception(EmbeddingUnavailable(f"the model failed: {error!r}"))
        return
    for one, vector in zip(batch, vectors, strict=True):
        one.vector.set_result(vector)


def converted(weights: Weights) -> bytes:
    from goodword.platform.embedding.graph import build

    return build(weights)
