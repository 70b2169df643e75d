"""Readers, search and the assistant get to see a version."""

from goodword.knowledge import cut, shelf, store
from goodword.knowledge.events import ArticlePublished
from goodword.knowledge.model import Translation
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append


async def publish(tx: Tx, stamp: Stamp, article_id: str, language: str, version: int | None = None) -> Translation:
    """The newest version unless another is named. It can be found by words at once, by meaning once it is embedded.

    ``BadInput``: there is nothing in it to read.
    """
    stamp.need("knowledge.edit")
    article = await store.hold(tx, article_id)
    translation = await store.translation(tx, article_id, language)
    number = version or translation.version
    if translation.published_version == number:
        return translation
    chosen = await store.version(tx, article_id, language, number)
    pieces = cut.pieces(chosen.title, chosen.body)
    if not pieces:
        raise BadInput("article_empty", fields={"body": "required"})
    await store.set_published(tx, article_id, language, number, stamp.at)
    await shelf.fill(tx, article_id, language, number, pieces, stamp.at)
    fact = ArticlePublished(
        article_id=article_id,
        language=language,
        version=number,
        title=chosen.title,
        slug=article.slug,
        passages=len(pieces),
    )
    await append(tx, article_id, fact, stamp)
    return await store.translation(tx, article_id, language)
