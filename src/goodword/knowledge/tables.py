"""Articles, their translations, every version, and the passages of what is published."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, String, Table, Text

from goodword.platform.db import metadata

articles = Table(
    "articles",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("slug", String(80), nullable=False, unique=True),
    Column("category", String(60), nullable=False, server_default=""),
    Column("visibility", String(10), nullable=False),
    Column("owner_agent_id", String(40)),
    Column("review_at", BigInteger),
    Column("source", Text, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)

article_translations = Table(
    "article_translations",
    metadata,
    Column("article_id", String(40), nullable=False),
    Column("language", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("published_version", Integer),
    Column("published_at", BigInteger),
    Column("updated_at", BigInteger, nullable=False),
    Column("digest", String(64)),
    PrimaryKeyConstraint("article_id", "language"),
    Index("ix_article_translations_language_status", "language", "status"),
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article_id", String(40), nullable=False),
    Column("language", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("author_id", String(40)),
    Column("author_name", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("article_id", "language", "version"),
)

# ``revision`` is that of the knowledge when the row was last touched: an index reads only what is newer than itself.
passages = Table(
    "passages",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("article_id", String(40), nullable=False),
    Column("language", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("embedder", String(120)),
    Column("embedding", LargeBinary),
    Column("revision", BigInteger, nullable=False),
    Index("ix_passages_article_id_language", "article_id", "language"),
    Index("ix_passages_revision", "revision"),
)

knowledge_revision = Table(
    "knowledge_revision",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
)
