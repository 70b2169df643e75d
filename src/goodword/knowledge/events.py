"""What can happen to articles. Each fact stands on the stream of its article."""

from goodword.platform.events import Fact


class ArticleCreated(Fact):
    article_id: str
    language: str
    title: str
    slug: str
    category: str


class ArticleEdited(Fact):
    """There is a newer version, or a first one in another language; readers don't see it before it is published."""

    article_id: str
    language: str
    version: int
    title: str


class ArticleChanged(Fact):
    """Where it belongs, who sees it or who looks after it is different now."""

    article_id: str
    category: str
    visibility: str
    owner_agent_id: str | None = None
    review_at: int | None = None


class ArticleReviewAsked(Fact):
    article_id: str
    language: str
    version: int


class ArticlePublished(Fact):
    article_id: str
    language: str
    version: int
    title: str
    slug: str
    passages: int


class ArticleUnpublished(Fact):
    article_id: str
    language: str
    archived: bool = False


class ArticleRestored(Fact):
    """An older version was brought back, as a new one."""

    article_id: str
    language: str
    version: int
    restored: int


class PassagesEmbedded(Fact):
    """Passages can be found by meaning from now on."""

    article_id: str
    language: str
    count: int
    embedder: str


class ArticleRated(Fact):
    """A reader said whether it helped."""

    article_id: str
    language: str
    version: int
    helpful: bool
