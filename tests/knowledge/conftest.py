"""Mei-ling Chen looks after the articles of Fennel & Oak."""

from collections.abc import Sequence
from itertools import count
from typing import Any

import httpx
import numpy as np
import pytest
from litestar import Litestar
from litestar.di import Provide

from goodword.knowledge import Search, create_article, drafted, edit_article, publish
from goodword.platform.embedding import EmbeddingUnavailable, Vectors
from goodword.platform.errors import GoodwordError
from goodword.platform.events import Actor, Stamp
from goodword.platform.http import problem_response

HOSTS = count(1)

RETURNS = """## How long can I return an item?

You can return unused items within 30 days after delivery.

## What does a return cost?

The label costs EUR 3.50 per parcel.
"""
RETOURS = """## Sous quel délai puis-je retourner un article ?

Vous pouvez retourner un article non utilisé dans les 30 jours suivant la livraison.

## Combien coûte un retour ?

L’étiquette coûte 3,50 € par colis.
"""
KETTLE = """## When to descale

Descale the kettle every 4 weeks where water is hard.

## What to avoid

No vinegar: it harms the seal of the lid.
"""
IDEAS = (
    ("return", "retour", "退", "반품", "send back"),
    ("long", "délai", "多久", "days", "jours", "언제까지"),
    ("cost", "coût", "costs", "3.50", "3,50", "多少", "얼마"),
    ("kettle", "bouilloire", "水壶", "水壺", "주전자"),
    ("descale", "calcaire", "除垢", "물때"),
    ("vinegar", "vinaigre", "醋", "식초"),
)


class IdeaEmbedder:
    """Knows six ideas in five languages: two texts are near when the same ideas occur in them."""

    dimension = 8

    def __init__(self, name: str = "ideas-1") -> None:
        self.name = name
        self.away: EmbeddingUnavailable | None = None
        self.asked: list[str] = []

    async def query(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts)

    async def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return self._vectors(texts)

    async def close(self) -> None:
        return None

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        if self.away is not None:
            raise self.away
        vectors = np.full((len(texts), self.dimension), 0.1, np.float32)
        for row, text in enumerate(texts):
            for place, words in enumerate(IDEAS):
                vectors[row, place] += any(word in text.lower() for word in words)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def client(routes, **given):
    """A client of an application that has only ``routes`` and hands out what is ``given``."""

    def handing_out(value):
        return Provide(lambda: value, sync_to_thread=False)

    dependencies = {name: handing_out(value) for name, value in given.items()}
    handlers: Any = {GoodwordError: problem_response}
    application: Any = Litestar([routes], dependencies=dependencies, exception_handlers=handlers, logging_config=None)
    # On the loop of the test, where the database was opened; from an address of its own, as limits count by address.
    transport = httpx.ASGITransport(application, client=(f"203.0.113.{next(HOSTS)}", 1))
    return httpx.AsyncClient(transport=transport, base_url="https://desk.example")


@pytest.fixture
def embedder() -> IdeaEmbedder:
    return IdeaEmbedder()


@pytest.fixture
def search(database, embedder) -> Search:
    return Search(database, embedder)


@pytest.fixture
def mei_ling(clock) -> Stamp:
    """The editor, now."""
    actor = Actor("agent", "agt_mei_ling", "Mei-ling Chen")
    return Stamp(clock.now(), actor, rights=frozenset({"knowledge.read", "knowledge.edit"}))


@pytest.fixture
def mei_ling_writes(database, mei_ling):
    """Call it with title and body; ``article_id`` for another language of the same article. It comes out published."""

    async def write(title, body, *, language="en", article_id=None, published=True, **about):
        draft = drafted(title, "", body)
        if article_id is None:
            article = await database.write(create_article, mei_ling, language, draft, **about)
            article_id = article.id
        else:
            await database.write(edit_article, mei_ling, article_id, language, draft)
        if published:
            await database.write(publish, mei_ling, article_id, language)
        return article_id

    return write
