"""Articles as editors see them: the list, and one opened in a language."""

import msgspec

from goodword.knowledge import store
from goodword.knowledge.model import Article, Status, Translation, Version, Visibility
from goodword.platform.db import Row as Record
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.i18n import ours
from goodword.platform.words import fold


class Row(msgspec.Struct, frozen=True):
    """A translation in the list. ``changed``: something newer than what readers see waits to be published."""

    id: str
    slug: str
    category: str
    visibility: Visibility
    owner_agent_id: str | None
    review_at: int | None
    language: str
    title: str
    summary: str
    status: Status
    version: int
    published_version: int | None
    published_at: int | None
    updated_at: int
    changed: bool


class Opened(msgspec.Struct, frozen=True):
    """An article with its newest version in ``language``, and how it stands in every language."""

    article: Article
    language: str
    translation: Translation
    translations: list[Translation]
    title: str
    summary: str
    body: str
    html: str
    url: str


async def rows(tx: Tx, language: str | None, status: str | None, q: str) -> list[Row]:
    """By category and title; with ``q`` those whose title or summary has all its words."""
    wanted = fold(q).split()
    listed = [
        Row(**{name: row[name] for name in Row.__struct_fields__ if name != "changed"}, changed=_changed(row))
        for row in await store.listed(tx, ours(language), status)
    ]
    found = [row for row in listed if all(word in fold(f"{row.title} {row.summary}") for word in wanted)]
    return sorted(found, key=lambda row: (row.category, fold(row.title), row.id, row.language))


async def opened(tx: Tx, article_id: str, language: str | None) -> Opened:
    """``NotFound``: no such article, or not in that language. Without a language: the one it was first written in."""
    article = await store.get(tx, article_id)
    translations = await store.translations(tx, article_id)
    language = ours(language) or (await store.first_language(tx, article_id) if language is None else None)
    translation = next((one for one in translations if one.language == language), None)
    if translation is None:
        raise NotFound("translation")
    version = await store.version(tx, article_id, translation.language, translation.version)
    return _opened(article, translation, translations, version)


def _opened(article: Article, translation: Translation, all_of_it: list[Translation], version: Version) -> Opened:
    return Opened(
        article=article,
        language=translation.language,
        translation=translation,
        translations=all_of_it,
        title=version.title,
        summary=version.summary,
        body=version.body,
        html=version.html,
        url=f"/help/{translation.language}/articles/{article.slug}",
    )


def _changed(row: Record) -> bool:
    return row["published_version"] not in (None, row["version"])
