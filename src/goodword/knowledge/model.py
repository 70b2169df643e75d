"""Articles, their translations and versions, and the rules that need nothing but them."""

import unicodedata
from typing import Literal

import msgspec

from goodword.platform.errors import BadInput, Conflict
from goodword.platform.i18n import ours

Status = Literal["draft", "review", "published", "archived"]
Visibility = Literal["public", "staff"]

LONGEST_TITLE = 200
LONGEST_SUMMARY = 500
LONGEST_BODY = 1_000_000
LONGEST_CATEGORY = 60
LONGEST_SLUG = 60


class Draft(msgspec.Struct, frozen=True):
    """What somebody wrote: Markdown in ``body``, and in ``html`` what ``rendering.drafted`` makes of it."""

    title: str
    summary: str
    body: str
    html: str


class Article(msgspec.Struct, frozen=True):
    """One subject, in however many languages. ``source``: the file it is imported from. Times in ms since 1970 UTC."""

    id: str
    slug: str
    category: str
    visibility: Visibility
    owner_agent_id: str | None
    review_at: int | None
    source: str | None
    created_at: int
    updated_at: int


class Translation(msgspec.Struct, frozen=True):
    """An article in one language.

    ``version`` is the newest; readers see ``published_version``, and nothing while that is None.
    """

    article_id: str
    language: str
    title: str
    summary: str
    status: Status
    version: int
    published_version: int | None
    published_at: int | None
    updated_at: int


class Version(msgspec.Struct, frozen=True):
    """A translation as it stood at a time. Versions are never changed."""

    article_id: str
    language: str
    version: int
    title: str
    summary: str
    body: str
    html: str
    author_id: str | None
    author_name: str
    at: int


def checked(draft: Draft) -> Draft:
    """``BadInput`` unless it has a title, and nothing is longer than we keep."""
    if not draft.title.strip():
        raise BadInput("article_title", fields={"title": "required"})
    for name, limit in (("title", LONGEST_TITLE), ("summary", LONGEST_SUMMARY), ("body", LONGEST_BODY)):
        if len(getattr(draft, name)) > limit:
            raise BadInput("article_too_long", limit=limit, fields={name: "too_long"})
    return draft


def checked_language(tag: str) -> str:
    """One of our languages. ``BadInput``: we don't speak it."""
    language = ours(tag)
    if language is None:
        raise BadInput("language", fields={"language": "unknown"})
    return language


def checked_category(category: str) -> str:
    """A category as it is kept: one short line, perhaps empty."""
    category = " ".join(category.split())
    if len(category) > LONGEST_CATEGORY:
        raise BadInput("article_too_long", limit=LONGEST_CATEGORY, fields={"category": "too_long"})
    return category


def still_newest(translation: Translation, base_version: int | None) -> None:
    """``Conflict`` when somebody has written a newer version than the one the editor started from."""
    if base_version is not None and base_version != translation.version:
        raise Conflict("article_changed", version=translation.version)


def slugged(text: str) -> str:
    """``text`` as a piece of an address: letters of any writing and digits with hyphens; Latin without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text[:400]) if not "\u0300" <= c <= "\u036f")
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in unicodedata.normalize("NFC", plain).lower())
    return "-".join("".join(kept).split())[:LONGEST_SLUG].strip("-") or "article"


def free_slug(wanted: str, taken: frozenset[str]) -> str:
    """``wanted``, or with the first number behind it that nobody has."""
    if wanted not in taken:
        return wanted
    number = next(n for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)
    return f"{wanted}-{number}"
