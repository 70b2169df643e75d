"""Every query on articles, their translations and versions."""

from collections.abc import Sequence
from typing import Any

import msgspec

from goodword.knowledge.model import Article, Draft, Translation, Version, Visibility, free_slug
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Actor

INSERT = """
INSERT INTO articles (id, slug, category, visibility, owner_agent_id, review_at, source, created_at, updated_at)
VALUES (:id, :slug, :category, :visibility, :owner_agent_id, :review_at, :source, :created_at, :updated_at)
"""
TRANSLATE = """
INSERT INTO article_translations (article_id, language, title, summary, status, version, updated_at)
VALUES (:article_id, :language, :title, :summary, 'draft', :version, :at)
ON CONFLICT (article_id, language) DO UPDATE
SET title = excluded.title, summary = excluded.summary, version = excluded.version, updated_at = excluded.updated_at
"""
ADD_VERSION = """
INSERT INTO article_versions (article_id, language, version, title, summary, body, html, author_id, author_name, at)
VALUES (:article_id, :language, :version, :title, :summary, :body, :html, :author_id, :author_name, :at)
"""
LISTED = """
SELECT t.*, a.id, a.slug, a.category, a.visibility, a.review_at, a.owner_agent_id
FROM article_translations t JOIN articles a ON a.id = t.article_id
WHERE (CAST(:language AS TEXT) IS NULL OR t.language = :language)
  AND (CAST(:status AS TEXT) IS NULL OR t.status = :status)
"""
PUBLISHED = """
SELECT a.id, a.slug, a.category, a.visibility, t.language, v.title, v.summary, v.version, t.published_at
FROM articles a JOIN article_translations t ON t.article_id = a.id
JOIN article_versions v ON v.article_id = t.article_id AND v.language = t.language AND v.version = t.published_version
WHERE a.visibility = 'public'
"""
PUBLISHED_VERSION = """
SELECT v.* FROM article_translations t JOIN article_versions v
ON v.article_id = t.article_id AND v.language = t.language AND v.version = t.published_version
WHERE t.article_id = :article_id AND t.language = :language
"""


async def insert(tx: Tx, article: Article) -> None:
    await tx.run(INSERT, **msgspec.structs.asdict(article))


async def update(tx: Tx, article_id: str, at: int, **changes: Any) -> None:
    columns = ", ".join(f"{name} = :{name}" for name in ("updated_at", *changes))
    await tx.run(f"UPDATE articles SET {columns} WHERE id = :id", id=article_id, updated_at=at, **changes)


async def unused_slug(tx: Tx, wanted: str) -> str:
    """``wanted``, or with a number behind it. Two who ask at once don't get the same."""
    await tx.lock("articles.slug")
    sql = "SELECT slug FROM articles WHERE slug = :slug OR slug LIKE :numbered"
    rows = await tx.rows(sql, slug=wanted, numbered=f"{wanted}-%")
    return free_slug(wanted, frozenset(row["slug"] for row in rows))


async def get(tx: Tx, article_id: str) -> Article:
    """``NotFound``: there is none."""
    row = await tx.row("SELECT * FROM articles WHERE id = :id", id=article_id)
    if row is None:
        raise NotFound("article")
    return _article(row)


async def hold(tx: Tx, article_id: str) -> Article:
    """The article, and nobody else who holds it changes it before this transaction ends."""
    await tx.lock(article_id)
    return await get(tx, article_id)


async def by_source(tx: Tx, source: str) -> Article | None:
    row = await tx.row("SELECT * FROM articles WHERE source = :source", source=source)
    return _article(row) if row else None


async def by_slug(tx: Tx, slug: str) -> Article | None:
    row = await tx.row("SELECT * FROM articles WHERE slug = :slug", slug=slug)
    return _article(row) if row else None


async def find_translation(tx: Tx, article_id: str, language: str) -> Translation | None:
    sql = "SELECT * FROM article_translations WHERE article_id = :id AND language = :language"
    row = await tx.row(sql, id=article_id, language=language)
    return _translation(row) if row else None


async def translation(tx: Tx, article_id: str, language: str) -> Translation:
    """``NotFound``: the article doesn't exist in that language."""
    found = await find_translation(tx, article_id, language)
    if found is None:
        raise NotFound("translation")
    return found


async def translations(tx: Tx, article_id: str) -> list[Translation]:
    sql = "SELECT * FROM article_translations WHERE article_id = :id ORDER BY language"
    return [_translation(row) for row in await tx.rows(sql, id=article_id)]


async def first_language(tx: Tx, article_id: str) -> str | None:
    """The one it was written in before any other."""
    sql = "SELECT language FROM article_versions WHERE article_id = :id ORDER BY at, language LIMIT 1"
    language: str | None = await tx.value(sql, id=article_id)
    return language


async def write_version(
    tx: Tx, article_id: str, language: str, version: int, draft: Draft, author: Actor, at: int
) -> None:
    """Keep what was written as ``version`` and let the translation point to it."""
    about: dict[str, Any] = {"article_id": article_id, "language": language, "version": version, "at": at}
    await tx.run(TRANSLATE, title=draft.title, summary=draft.summary, **about)
    author_of = {"author_id": author.id, "author_name": author.name}
    await tx.run(ADD_VERSION, **msgspec.structs.asdict(draft), **author_of, **about)


async def version(tx: Tx, article_id: str, language: str, number: int) -> Version:
    """``NotFound``: there is no such version."""
    sql = """SELECT * FROM article_versions
             WHERE article_id = :article_id AND language = :language AND version = :version"""
    row = await tx.row(sql, article_id=article_id, language=language, version=number)
    if row is None:
        raise NotFound("version")
    return _version(row)


async def versions(tx: Tx, article_id: str, language: str) -> list[Version]:
    """All of them, newest first."""
    sql = """SELECT * FROM article_versions WHERE article_id = :article_id AND language = :language
             ORDER BY version DESC"""
    return [_version(row) for row in await tx.rows(sql, article_id=article_id, language=language)]


async def published_version(tx: Tx, article_id: str, language: str) -> Version | None:
    """What readers see."""
    row = await tx.row(PUBLISHED_VERSION, article_id=article_id, language=language)
    return _version(row) if row else None


async def set_status(tx: Tx, article_id: str, language: str, status: str, at: int) -> None:
    sql = """UPDATE article_translations SET status = :status, updated_at = :at
             WHERE article_id = :article_id AND language = :language"""
    await tx.run(sql, article_id=article_id, language=language, status=status, at=at)


async def set_published(tx: Tx, article_id: str, language: str, version: int, at: int) -> None:
    sql = """UPDATE article_translations SET status = 'published', published_version = :version,
             published_at = :at, updated_at = :at WHERE article_id = :article_id AND language = :language"""
    await tx.run(sql, article_id=article_id, language=language, version=version, at=at)


async def set_unpublished(tx: Tx, article_id: str, language: str, status: str, at: int) -> None:
    sql = """UPDATE article_translations SET status = :status, published_version = NULL, published_at = NULL,
             updated_at = :at WHERE article_id = :article_id AND language = :language"""
    await tx.run(sql, article_id=article_id, language=language, status=status, at=at)


async def imported_digest(tx: Tx, article_id: str, language: str) -> str | None:
    """Of the file that was imported last, or None when none was."""
    sql = "SELECT digest FROM article_translations WHERE article_id = :article_id AND language = :language"
    digest: str | None = await tx.value(sql, article_id=article_id, language=language)
    return digest


async def keep_digest(tx: Tx, article_id: str, language: str, digest: str) -> None:
    sql = """UPDATE article_translations SET digest = :digest
             WHERE article_id = :article_id AND language = :language"""
    await tx.run(sql, article_id=article_id, language=language, digest=digest)


async def listed(tx: Tx, language: str | None, status: str | None) -> Sequence[Row]:
    """Translations with their article's ``slug``, ``category`` and so on."""
    return await tx.rows(LISTED, language=language, status=status)


async def all_published(tx: Tx) -> Sequence[Row]:
    """What the public may read, in every language."""
    return await tx.rows(PUBLISHED)


def _article(row: Row) -> Article:
    visibility: Visibility = row["visibility"]
    plain = {name: row[name] for name in Article.__struct_fields__ if name != "visibility"}
    return Article(visibility=visibility, **plain)


def _translation(row: Row) -> Translation:
    return Translation(**{name: row[name] for name in Translation.__struct_fields__})


def _version(row: Row) -> Version:
    return Version(**{name: row[name] for name in Version.__struct_fields__})
