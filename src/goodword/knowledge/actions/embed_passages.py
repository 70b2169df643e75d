"""Passages get their vectors, a handful at a time and outside any transaction."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from goodword.knowledge import shelf
from goodword.knowledge.events import PassagesEmbedded
from goodword.knowledge.vectors import Meant, passage_vectors, vector_name
from goodword.platform.db import Database, Row, Tx
from goodword.platform.embedding import Embedder, Vectors
from goodword.platform.events import Stamp, append

TOGETHER = 32


async def embed_passages(database: Database, embedder: Embedder, stamp: Stamp, article_id: str | None = None) -> int:
    """Embed what has no vector of this embedder yet, of one article or of all; how many were embedded comes back.

    Vectors of another embedder are replaced. ``EmbeddingUnavailable``: what was done so far is kept.
    """
    done = 0
    name = vector_name(embedder)
    while rows := await database.read(shelf.stale, name, TOGETHER, article_id):
        passages = [Meant(row["title"], shelf.path(row), row["text"]) for row in rows]
        vectors = await passage_vectors(embedder, passages)
        done += await database.write(_keep, stamp, name, rows, vectors)
    return done


async def _keep(tx: Tx, stamp: Stamp, embedder: str, rows: Sequence[Row], vectors: Sequence[Vectors]) -> int:
    stored = {row["id"]: of_one.astype(np.float16).tobytes() for row, of_one in zip(rows, vectors, strict=True)}
    kept = await shelf.keep_vectors(tx, embedder, stored)
    there = [row for row in rows if row["id"] in kept]
    for (article_id, language), of_one in groupby(there, key=lambda row: (row["article_id"], row["language"])):
        fact = PassagesEmbedded(article_id=article_id, language=language, count=len(list(of_one)), embedder=embedder)
        await append(tx, article_id, fact, stamp)
    return len(there)
