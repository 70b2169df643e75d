"""What the public may read, sorted for its pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from goodword.knowledge import store
from goodword.knowledge.model import slugged
from goodword.knowledge.search import Hit
from goodword.platform.db import Row, Tx
from goodword.platform.i18n import FALLBACK

LONGEST_EXCERPT = 220


class Listed(msgspec.Struct, frozen=True):
    """An article in the language in which it is shown, perhaps not the reader's."""

    slug: str
    category: str
    language: str
    title: str
    summary: str
    published_at: int


class Shelf(msgspec.Struct, frozen=True):
    """A category with its articles; ``name`` as the editors wrote it, ``slug`` for addresses."""

    name: str
    slug: str
    articles: list[Listed]


class Found(msgspec.Struct, frozen=True):
    """An article that search found, with where in it and what stands there."""

    title: str
    language: str
    heading: str
    url: str
    excerpt: str


Library = dict[str, dict[str, Listed]]
"""Slug → language → article."""


async def library(tx: Tx) -> Library:
    """Everything that is public."""
    shelves: defaultdict[str, dict[str, Listed]] = defaultdict(dict)
    for row in await store.all_published(tx):
        shelves[row["slug"]][row["language"]] = _listed(row)
    return dict(shelves)


def shelves(books: Library, language: str) -> list[Shelf]:
    """The categories in order of their names; what belongs to none comes last."""
    of_category: defaultdict[str, list[Listed]] = defaultdict(list)
    for book in books.values():
        shown = in_best_language(book, language)
        of_category[shown.category].append(shown)
    named = sorted(of_category, key=lambda category: (category == "", category.casefold()))
    return [Shelf(name, shelf_slug(name), sorted(of_category[name], key=_by_title)) for name in named]


def shelf_slug(category: str) -> str:
    return slugged(category) if category else "other"


def in_best_language(book: dict[str, Listed], language: str) -> Listed:
    """The reader's, else English, else whichever there is."""
    return book.get(language) or book.get(FALLBACK) or next(iter(book.values()))


def found_articles(hits: Iterable[Hit], language: str) -> list[Found]:
    """Each article once, at the best of its passages; its page is read under the reader's language."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.article_id, hit)
    return [_found(hit, language) for hit in first.values()]


def excerpt(text: str) -> str:
    """The beginning of a passage as one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_EXCERPT else f"{line[:LONGEST_EXCERPT].rstrip()}…"


def related(books: Library, shown: Listed, language: str, most: int = 5) -> Sequence[Listed]:
    """Others of the same category."""
    others = (in_best_language(book, language) for slug, book in books.items() if slug != shown.slug)
    return sorted((other for other in others if other.category == shown.category), key=_by_title)[:most]


def _found(hit: Hit, language: str) -> Found:
    return Found(hit.title, hit.language, hit.heading, hit.url_in(language), excerpt(hit.text))


def _listed(row: Row) -> Listed:
    return Listed(**{name: row[name] for name in Listed.__struct_fields__})


def _by_title(article: Listed) -> str:
    return article.title.casefold()
