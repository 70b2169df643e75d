"""Asking the knowledge: the only place that knows what a hit looks like."""

from typing import Protocol

import structlog

from goodword.assistant.model import Found
from goodword.knowledge import Hit
from goodword.platform.errors import Unavailable

# Enough for the field behind the best passage, and for the next best of another article.
DEPTH = 16
BETWEEN = " › "

log = structlog.get_logger(__name__)


class Asks(Protocol):
    """What is needed of ``goodword.knowledge.Search``."""

    async def query(self, text: str, *, language: str | None = None, top: int = 5) -> list[Hit]: ...


class Lookup:
    """Looks questions up in what customers may read."""

    def __init__(self, search: Asks) -> None:
        self._search = search

    async def find(self, question: str, language: str | None) -> tuple[Found, ...]:
        """The best passages, best first; none where knowledge is away."""
        if not question.strip():
            return ()
        try:
            hits = await self._search.query(question, language=language, top=DEPTH)
        except Unavailable as error:
            log.warning("assistant.no_knowledge", error=str(error))
            return ()
        return tuple(found_in(hit) for hit in hits)


def found_in(hit: Hit) -> Found:
    return Found(
        passage_id=hit.passage_id,
        article_id=hit.article_id,
        slug=hit.slug,
        title=hit.title,
        heading=hit.heading.split(BETWEEN)[-1],
        language=hit.language,
        text=hit.text,
        score=round(hit.score, 4),
        meaning=None if hit.meaning is None else round(hit.meaning, 4),
        words=round(hit.words, 3),
        coverage=round(hit.coverage, 3),
        url=hit.url,
    )
