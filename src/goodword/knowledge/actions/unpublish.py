"""An article is taken away from readers, search and the assistant, in one language."""

from goodword.knowledge import shelf, store
from goodword.knowledge.events import ArticleUnpublished
from goodword.knowledge.model import Translation
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def unpublish(tx: Tx, stamp: Stamp, article_id: str, language: str, *, archive: bool = False) -> Translation:
    """Its versions stay. ``archive``: it is out of date and editors need not see it in their lists any more."""
    stamp.need("knowledge.edit")
    await store.hold(tx, article_id)
    translation = await store.translation(tx, article_id, language)
    status = "archived" if archive else "draft"
    if translation.published_version is None and translation.status == status:
        return translation
    await store.set_unpublished(tx, article_id, language, status, stamp.at)
    await shelf.fill(tx, article_id, language, 0, (), stamp.at)
    fact = ArticleUnpublished(article_id=article_id, language=language, archived=archive)
    await append(tx, article_id, fact, stamp)
    return await store.translation(tx, article_id, language)
