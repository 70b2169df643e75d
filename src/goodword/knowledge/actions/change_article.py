"""Where an article belongs, who may read it, who looks after it and when it is due for a review."""

import msgspec

from goodword.knowledge import shelf, store
from goodword.knowledge.events import ArticleChanged
from goodword.knowledge.model import Article, Visibility, checked_category
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append

Unset = msgspec.UnsetType
UNSET = msgspec.UNSET


async def change_article(
    tx: Tx,
    stamp: Stamp,
    article_id: str,
    *,
    category: str | Unset = UNSET,
    visibility: Visibility | Unset = UNSET,
    owner_agent_id: str | Unset | None = UNSET,
    review_at: int | Unset | None = UNSET,
) -> Article:
    """Only what is given changes."""
    stamp.need("knowledge.edit")
    before = await store.hold(tx, article_id)
    wanted = {
        "category": category if isinstance(category, Unset) else checked_category(category),
        "visibility": visibility,
        "owner_agent_id": owner_agent_id,
        "review_at": review_at,
    }
    changes = {name: value for name, value in wanted.items() if value is not UNSET and value != getattr(before, name)}
    if not changes:
        return before
    await store.update(tx, article_id, stamp.at, **changes)
    if "visibility" in changes:
        await shelf.touch(tx, article_id)
    article = await store.get(tx, article_id)
    fact = ArticleChanged(
        article_id=article_id,
        category=article.category,
        visibility=article.visibility,
        owner_agent_id=article.owner_agent_id,
        review_at=article.review_at,
    )
    await append(tx, article_id, fact, stamp)
    return article
