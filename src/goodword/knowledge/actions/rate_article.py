"""A reader says whether an article helped."""

from goodword.knowledge import store
from goodword.knowledge.events import ArticleRated
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Stamp, append


async def rate_article(tx: Tx, stamp: Stamp, slug: str, language: str, helpful: bool) -> None:
    """``NotFound``: the public can't read such an article in that language."""
    article = await store.by_slug(tx, slug)
    version = await store.published_version(tx, article.id, language) if article else None
    if article is None or article.visibility != "public" or version is None:
        raise NotFound("article")
    fact = ArticleRated(article_id=article.id, language=language, version=version.version, helpful=helpful)
    await append(tx, article.id, fact, stamp)
