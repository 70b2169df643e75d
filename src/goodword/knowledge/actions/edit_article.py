"""An article is written anew: a further version, or the first in another language."""

from goodword.knowledge import store
from goodword.knowledge.events import ArticleEdited
from goodword.knowledge.model import Draft, Translation, checked_language, still_newest
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def edit_article(
    tx: Tx, stamp: Stamp, article_id: str, language: str, draft: Draft, *, base_version: int | None = None
) -> Translation:
    """Readers go on seeing what is published. Nothing happens when nothing is different.

    ``base_version`` is the version the editor started from; ``Conflict``: there is a newer one by now.
    """
    stamp.need("knowledge.edit")
    language = checked_language(language)
    await store.hold(tx, article_id)
    before = await store.find_translation(tx, article_id, language)
    if before:
        still_newest(before, base_version)
        newest = await store.version(tx, article_id, language, before.version)
        if (newest.title, newest.summary, newest.body) == (draft.title, draft.summary, draft.body):
            return before
    version = before.version + 1 if before else 1
    await store.write_version(tx, article_id, language, version, draft, stamp.actor, stamp.at)
    await store.update(tx, article_id, stamp.at)
    fact = ArticleEdited(article_id=article_id, language=language, version=version, title=draft.title)
    await append(tx, article_id, fact, stamp)
    return await store.translation(tx, article_id, language)
