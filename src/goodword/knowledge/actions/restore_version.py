"""An older version is brought back."""

from goodword.knowledge import store
from goodword.knowledge.events import ArticleRestored
from goodword.knowledge.model import Draft, Translation
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def restore_version(tx: Tx, stamp: Stamp, article_id: str, language: str, version: int) -> Translation:
    """It becomes the newest version; the history stays as it was. Readers see it once it is published."""
    stamp.need("knowledge.edit")
    await store.hold(tx, article_id)
    translation = await store.translation(tx, article_id, language)
    if version == translation.version:
        return translation
    old = await store.version(tx, article_id, language, version)
    draft = Draft(old.title, old.summary, old.body, old.html)
    number = translation.version + 1
    await store.write_version(tx, article_id, language, number, draft, stamp.actor, stamp.at)
    await store.update(tx, article_id, stamp.at)
    fact = ArticleRestored(article_id=article_id, language=language, version=number, restored=version)
    await append(tx, article_id, fact, stamp)
    return await store.translation(tx, article_id, language)
