"""The projections of the time line."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from goodword.platform.db import metadata
from goodword.platform.db.schema import Serial

conversations = Table(
    "conversations",
    metadata,
    Column("number", Serial, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("status", String(10), nullable=False),
    Column("handler", String(10), nullable=False),
    Column("channel_id", String(40), nullable=False),
    Column("channel_kind", String(40), nullable=False),
    Column("channel_name", Text, nullable=False),
    Column("customer_id", String(40), nullable=False),
    Column("identity_id", String(40), nullable=False),
    Column("thread", String(200), nullable=False, server_default=""),
    Column("language", String(20)),
    Column("subject", Text, nullable=False, server_default=""),
    Column("assignee_id", String(40)),
    Column("team_id", String(40)),
    Column("created_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("waiting_since", BigInteger),
    Column("snoozed_until", BigInteger),
    Column("queued_at", BigInteger),
    Column("queue_position", Integer),
    Column("unread", Integer, nullable=False, server_default="0"),
    Column("mood", String(12)),
    Column("preview_text", Text, nullable=False, server_default=""),
    Column("preview_author", String(12), nullable=False, server_default=""),
    Column("preview_kind", String(8), nullable=False, server_default="message"),
    Column("preview_at", BigInteger, nullable=False, server_default="0"),
    Column("customer_read_seq", BigInteger, nullable=False, server_default="0"),
    Column("agent_read_seq", BigInteger, nullable=False, server_default="0"),
    Column("seq", BigInteger, nullable=False, server_default="0"),
    Index("ix_conversations_status_last_at", "status", "last_at"),
    Index("ix_conversations_assignee_id_status", "assignee_id", "status"),
    Index("ix_conversations_identity_id", "identity_id"),
    Index("ix_conversations_customer_id", "customer_id"),
    Index("ix_conversations_queued_at", "queued_at"),
    sqlite_autoincrement=True,
)

messages = Table(
    "messages",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", String(40), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("author_kind", String(12), nullable=False),
    Column("author_id", String(40)),
    Column("text", Text, nullable=False),
    Column("language", String(20)),
    Column("at", BigInteger, nullable=False),
    Column("delivery", String(10), nullable=False, server_default=""),
    Column("external_id", Text),
    Index("ix_messages_conversation_id_seq", "conversation_id", "seq"),
    Index("ix_messages_at", "at"),
)

conversation_tags = Table(
    "conversation_tags",
    metadata,
    Column("conversation_id", String(40), nullable=False),
    Column("tag", String(40), nullable=False, index=True),
    UniqueConstraint("conversation_id", "tag"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("conversation_id", String(40), nullable=False),
    Column("agent_id", String(40), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("conversation_id", "agent_id"),
)

canned_answers = Table(
    "canned_answers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("key", String(60), nullable=False, unique=True),
    Column("texts", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
