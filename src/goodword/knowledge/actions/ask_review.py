"""A draft is done and waits for a second pair of eyes."""

from goodword.knowledge import store
from goodword.knowledge.events import ArticleReviewAsked
from goodword.knowledge.model import Translation
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def ask_review(tx: Tx, stamp: Stamp, article_id: str, language: str) -> Translation:
    """What is published already stays so."""
    stamp.need("knowledge.edit")
    await store.hold(tx, article_id)
    translation = await store.translation(tx, article_id, language)
    if translation.status not in ("draft", "archived"):
        return translation
    await store.set_status(tx, article_id, language, "review", stamp.at)
    fact = ArticleReviewAsked(article_id=article_id, language=language, version=translation.version)
    await append(tx, article_id, fact, stamp)
    return await store.translation(tx, article_id, language)
