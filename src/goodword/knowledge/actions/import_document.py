"""A document from outside becomes a published article, or a newer version of the one it became before."""

import hashlib
from collections.abc import Callable
from typing import Literal

import msgspec

from goodword.knowledge import store
from goodword.knowledge.actions.change_article import change_article
from goodword.knowledge.actions.create_article import create_article
from goodword.knowledge.actions.edit_article import edit_article
from goodword.knowledge.actions.publish import publish
from goodword.knowledge.model import LONGEST_SUMMARY, LONGEST_TITLE, Draft, Visibility
from goodword.knowledge.reading import Document, Unreadable, read
from goodword.knowledge.rendering import drafted
from goodword.knowledge.written import body_of
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.i18n import ours

Outcome = Literal["created", "updated", "unchanged", "unreadable"]
SAMPLE = 4_000


class Imported(msgspec.Struct, frozen=True):
    """A document ready to be taken in. ``digest`` tells whether the file has changed since it was last imported."""

    source: str
    slug: str
    language: str
    category: str | None
    visibility: Visibility
    draft: Draft
    digest: str


def prepared(
    name: str,
    data: bytes,
    *,
    source: str,
    slug: str = "",
    language: str | None = None,
    category: str | None = None,
    visibility: Visibility = "public",
    detect: Callable[[str], str] | None = None,
) -> Imported:
    """Everything that needs no database: reading, rendering and finding out the language.

    ``Unreadable``: no text, or in a language that isn't ours ("language"). ``BadInput``: too long for an article.
    """
    document = read(name, data)
    body = body_of(name, data, document)
    return Imported(
        source=source,
        slug=slug,
        language=_language(document, language, detect),
        category=document.category or category,
        visibility=visibility,
        draft=drafted(document.title[:LONGEST_TITLE], (document.summary or "")[:LONGEST_SUMMARY], body),
        digest=hashlib.sha256(data).hexdigest(),
    )


async def import_document(tx: Tx, stamp: Stamp, imported: Imported) -> tuple[Outcome, str]:
    """What was done, and the article's id. An unchanged file leaves alone what editors have made of it since."""
    stamp.need("knowledge.edit")
    await tx.lock(f"import:{imported.source}")
    article = await store.by_source(tx, imported.source)
    if article is None:
        article = await create_article(
            tx,
            stamp,
            imported.language,
            imported.draft,
            category=imported.category or "",
            visibility=imported.visibility,
            slug=imported.slug,
            source=imported.source,
        )
        await _take_in(tx, stamp, article.id, imported)
        return "created", article.id
    known = await store.imported_digest(tx, article.id, imported.language)
    if known == imported.digest:
        return "unchanged", article.id
    if imported.category is not None:
        await change_article(tx, stamp, article.id, category=imported.category)
    await edit_article(tx, stamp, article.id, imported.language, imported.draft)
    await _take_in(tx, stamp, article.id, imported)
    return ("updated" if known else "created"), article.id


async def _take_in(tx: Tx, stamp: Stamp, article_id: str, imported: Imported) -> None:
    await store.keep_digest(tx, article_id, imported.language, imported.digest)
    await publish(tx, stamp, article_id, imported.language)


def _language(document: Document, given: str | None, detect: Callable[[str], str] | None) -> str:
    language = ours(document.language) or ours(given)
    if language is None and detect is not None:
        sample = "\n".join((document.title, *(block.text for block in document.blocks)))[:SAMPLE]
        language = ours(detect(sample))
    if language is None:
        raise Unreadable("language")
    return language
