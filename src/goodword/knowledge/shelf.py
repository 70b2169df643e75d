"""Every query on the passages that search looks through, and the number that says whether they have changed."""

from collections.abc import Sequence

import msgspec

from goodword.knowledge.cut import Piece
from goodword.platform import ids
from goodword.platform.db import Row, Tx

TURN = """
INSERT INTO knowledge_revision (id, revision) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET revision = knowledge_revision.revision + 1 RETURNING revision
"""
ADD = """
INSERT INTO passages (id, article_id, language, version, position, heading, text, revision)
VALUES (:id, :article_id, :language, :version, :position, :heading, :text, :revision)
"""
SINCE = """
SELECT p.id, p.article_id, p.language, p.position, p.heading, p.text, p.embedder, p.embedding,
       a.slug, a.visibility, v.title
FROM passages p JOIN articles a ON a.id = p.article_id
JOIN article_versions v ON v.article_id = p.article_id AND v.language = p.language AND v.version = p.version
WHERE p.revision > :revision ORDER BY p.article_id, p.language, p.position
"""
STALE = """
SELECT p.id, p.article_id, p.language, p.heading, p.text, v.title FROM passages p JOIN article_versions v
ON v.article_id = p.article_id AND v.language = p.language AND v.version = p.version
WHERE (p.embedder IS NULL OR p.embedder <> :embedder)
  AND (CAST(:article_id AS TEXT) IS NULL OR p.article_id = :article_id) ORDER BY p.article_id, p.language, p.position
LIMIT :limit
"""


async def revision(tx: Tx) -> int:
    """Grows with every change to what can be found."""
    return int(await tx.value("SELECT revision FROM knowledge_revision WHERE id = 1") or 0)


async def turn(tx: Tx) -> int:
    """The next revision. Whoever asks at the same time waits for the end of this transaction."""
    return int(await tx.value(TURN))


async def fill(tx: Tx, article_id: str, language: str, version: int, pieces: Sequence[Piece], at: int) -> None:
    """Put these passages in the place of those that stood there; without any, clear it."""
    new_revision = await turn(tx)
    sql = "DELETE FROM passages WHERE article_id = :article_id AND language = :language"
    await tx.run(sql, article_id=article_id, language=language)
    for piece in pieces:
        await tx.run(
            ADD,
            id=ids.new("psg", at),
            article_id=article_id,
            language=language,
            version=version,
            position=piece.position,
            heading=msgspec.json.encode(piece.path).decode(),
            text=piece.text,
            revision=new_revision,
        )


async def touch(tx: Tx, article_id: str) -> None:
    """Something about the article that search shows has changed."""
    sql = "UPDATE passages SET revision = :revision WHERE article_id = :article_id"
    await tx.run(sql, revision=await turn(tx), article_id=article_id)


async def stale(tx: Tx, embedder: str, limit: int, article_id: str | None = None) -> Sequence[Row]:
    """Passages without a vector of ``embedder``, those of an article together."""
    return await tx.rows(STALE, embedder=embedder, article_id=article_id, limit=limit)


async def keep_vectors(tx: Tx, embedder: str, vectors: dict[str, bytes]) -> set[str]:
    """Store the vectors of those passages that are still there; which these are comes back."""
    new_revision = await turn(tx)
    sql = """UPDATE passages SET embedder = :embedder, embedding = :embedding, revision = :revision WHERE id = :id"""
    return {
        id
        for id, embedding in vectors.items()
        if await tx.run(sql, id=id, embedder=embedder, embedding=embedding, revision=new_revision)
    }


async def present(tx: Tx) -> list[str]:
    """The ids of all passages."""
    return [row["id"] for row in await tx.rows("SELECT id FROM passages")]


async def since(tx: Tx, seen: int) -> Sequence[Row]:
    """Passages new, embedded or touched after revision ``seen``, with title, slug and visibility of their article."""
    return await tx.rows(SINCE, revision=seen)


def path(row: Row) -> tuple[str, ...]:
    return msgspec.json.decode(row["heading"], type=tuple[str, ...])
