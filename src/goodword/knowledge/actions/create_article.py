"""An article begins, as a draft in its first language."""

from goodword.knowledge import store
from goodword.knowledge.events import ArticleCreated
from goodword.knowledge.model import Article, Draft, Visibility, checked_category, checked_language, slugged
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def create_article(
    tx: Tx,
    stamp: Stamp,
    language: str,
    draft: Draft,
    *,
    category: str = "",
    visibility: Visibility = "public",
    slug: str = "",
    source: str | None = None,
) -> Article:
    """``slug``: its wish for a place in addresses, else its title. It stays the same whatever the title becomes."""
    stamp.need("knowledge.edit")
    language = checked_language(language)
    article = Article(
        id=ids.new("art", stamp.at),
        slug=await store.unused_slug(tx, slugged(slug or draft.title)),
        category=checked_category(category),
        visibility=visibility,
        owner_agent_id=stamp.actor.id if stamp.actor.kind == "agent" else None,
        review_at=None,
        source=source,
        created_at=stamp.at,
        updated_at=stamp.at,
    )
    await store.insert(tx, article)
    await store.write_version(tx, article.id, language, 1, draft, stamp.actor, stamp.at)
    fact = ArticleCreated(
        article_id=article.id,
        language=language,
        title=draft.title,
        slug=article.slug,
        category=article.category,
    )
    await append(tx, article.id, fact, stamp)
    return article
