"""Questions to the knowledge of this desk."""

import asyncio
from collections.abc import Sequence

import structlog

from goodword.knowledge import shelf
from goodword.knowledge.alignment import aligned
from goodword.knowledge.search.bm25 import Floats
from goodword.knowledge.search.entries import Shelf
from goodword.knowledge.search.hit import Audience, Hit
from goodword.knowledge.search.index import LONGEST_QUESTION, Index
from goodword.knowledge.vectors import question_vector, vector_name
from goodword.platform.db import Database, Row, Tx
from goodword.platform.embedding import Embedder, EmbeddingUnavailable
from goodword.platform.words import clean

log = structlog.get_logger(__name__)


class Search:
    """One for a process and its event loop. The index is loaded by the first question, or by ``warm``."""

    def __init__(self, database: Database, embedder: Embedder) -> None:
        self._database = database
        self._embedder = embedder
        self._shelf = Shelf()
        self._index = Index(self._shelf, 0)
        self._revision = 0
        self._refreshing = asyncio.Lock()

    async def query(
        self,
        text: str,
        *,
        language: str | None = None,
        top: int = 5,
        audience: Audience = "public",
        vector: Floats | None = None,
    ) -> list[Hit]:
        """The passages that answer ``text`` best, best first, out of all that is published at this moment.

        ``language``: the asker's, in which he gets an article where it exists. ``vector``: the question's, where the
        caller has it already from the embedder. Any text is taken; its first 2,000 characters count. ``Unavailable``:
        no database.
        """
        text = clean(text, LONGEST_QUESTION)
        index = await self._fresh()
        if vector is not None:
            vector = aligned(self._embedder, vector)
        elif index.has_meaning and text.strip():
            vector = await self._vector(text)
        return index.find(text, vector, language=language, top=top, audience=audience)

    async def warm(self) -> None:
        """Load the index before somebody asks."""
        await self._fresh()

    async def _vector(self, text: str) -> Floats | None:
        try:
            return await question_vector(self._embedder, text)
        except EmbeddingUnavailable as error:
            log.warning("search.by_words_only", why=error.why)
            return None

    async def _fresh(self) -> Index:
        if await self._database.read(shelf.revision) == self._revision:
            return self._index
        async with self._refreshing:
            revision, ids, rows = await self._database.read(_news, self._revision)
            if revision != self._revision:
                self._index = await asyncio.to_thread(self._renewed, ids, rows)
                self._revision = revision
        return self._index

    def _renewed(self, ids: set[str], rows: Sequence[Row]) -> Index:
        self._shelf.keep_only(ids)
        for row in rows:
            self._shelf.put(row, vector_name(self._embedder), self._embedder.dimension)
        return Index(self._shelf, self._embedder.dimension)


async def _news(tx: Tx, seen: int) -> tuple[int, set[str], Sequence[Row]]:
    revision = await shelf.revision(tx)
    # A revision that went back is that of a restored backup: nothing that was read before counts.
    since = seen if revision >= seen else 0
    return revision, set(await shelf.present(tx)), await shelf.since(tx, since)
