"""The projections of the time line."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from goodword.platform.db import metadata
from goodword.platform.db.schema import Serial

ON_ITS_WAY = "delivery IN ('queued', 'deferred')"
AT_WORK = "status <> 'closed' AND NOT spam AND merged_into IS NULL"
CLOSED = "status = 'closed' AND merged_into IS NULL"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


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
    # The place in ``model.PRIORITIES``: what is more urgent sorts higher.
    Column("priority", SmallInteger, nullable=False, server_default="1"),
    Column("fields", Text, nullable=False, server_default="{}"),
    Column("spam", Boolean, nullable=False, server_default=text("false")),
    Column("rating", SmallInteger),
    Column("merged_into", String(40)),
    Column("scheduled", Integer, nullable=False, server_default="0"),
    Column("split_from", String(40)),
    Column("undelivered", String(40)),
    Index("ix_conversations_last_at", "last_at"),
    # What is at work, and what is closed, each in its order and with all that a list narrows by: what isn't wanted is
    # passed over without a look at its row. They must be asked for in these very words.
    Index(
        "ix_conversations_at_work",
        "last_at",
        "number",
        "status",
        "handler",
        "priority",
        "waiting_since",
        "queued_at",
        "assignee_id",
        "team_id",
        "channel_id",
        "mood",
        "language",
        "spam",
        "merged_into",
        **_where(AT_WORK),
    ),
    Index(
        "ix_conversations_closed",
        "last_at",
        "number",
        "priority",
        "waiting_since",
        "assignee_id",
        "team_id",
        "channel_id",
        "mood",
        "language",
        "status",
        "merged_into",
        **_where(CLOSED),
    ),
    # By what they are sliced. What comes first is the same for all: no list narrows by it.
    Index(
        "ix_conversations_slices",
        "spam",
        "team_id",
        "channel_id",
        "mood",
        "status",
        "merged_into",
        **_where(AT_WORK),
    ),
    Index("ix_conversations_spam_last_at", "last_at", **_where("spam")),
    # Who has how much in hand, and how heated, without a look at a row.
    Index(
        "ix_conversations_assigned",
        "assignee_id",
        "status",
        "handler",
        "channel_kind",
        "mood",
        **_where("assignee_id IS NOT NULL"),
    ),
    Index("ix_conversations_identity_id", "identity_id"),
    Index("ix_conversations_customer_id", "customer_id"),
    Index("ix_conversations_queued", "queued_at", **_where("queued_at IS NOT NULL")),
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
    # How many files it came with, and under which number the search has it: none, not yet.
    Column("files", SmallInteger, nullable=False, server_default="0"),
    Column("place", BigInteger),
    # Of letters that don't simply go between the customer and us: see ``model.addressing_of``.
    Column("addressing", String(10)),
    Index("ix_messages_conversation_id_seq", "conversation_id", "seq"),
    Index("ix_messages_place", "place"),
    Index("ix_messages_at", "at"),
    Index("ix_messages_of_agents", "author_id", "place", **_where("author_kind = 'agent'")),
    # What is still on its way out; it must be asked for in these very words.
    Index("ix_messages_on_their_way", "delivery", **_where(ON_ITS_WAY)),
)

conversation_tags = Table(
    "conversation_tags",
    metadata,
    Column("conversation_id", String(40), nullable=False),
    Column("tag", String(40), nullable=False, index=True),
    UniqueConstraint("conversation_id", "tag"),
)

# The newest mention of an agent in a conversation; ``seen`` once he has read that far.
mentions = Table(
    "conversation_mentions",
    metadata,
    Column("conversation_id", String(40), nullable=False),
    Column("agent_id", String(40), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("seen", Boolean, nullable=False),
    PrimaryKeyConstraint("conversation_id", "agent_id"),
    Index("ix_conversation_mentions_agent_id_seen", "agent_id", "seen"),
)

# What a conversation brought with it when it was merged and is still to be dealt with; gone when it stands alone again.
conversation_merges = Table(
    "conversation_merges",
    metadata,
    Column("source_id", String(40), primary_key=True),
    Column("target_id", String(40), nullable=False, index=True),
    Column("unread", Integer, nullable=False),
    Column("waiting_since", BigInteger),
    Column("tags", Text, nullable=False),
    Column("after_seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)

side_threads = Table(
    "side_threads",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", String(40), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("members", Text, nullable=False),
    Column("closed", Boolean, nullable=False, server_default=text("false")),
    Column("at", BigInteger, nullable=False),
)

scheduled_replies = Table(
    "scheduled_replies",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", String(40), nullable=False),
    Column("agent_id", String(40), nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("attachments", Text, nullable=False),
    Column("send_at", BigInteger, nullable=False),
    Column("afterwards", String(8)),
    Column("until", BigInteger),
    Column("only_if_silent", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("canned", Text, nullable=False, server_default="[]"),
    Column("letter", Text),
    Index("ix_scheduled_replies_conversation_id_state", "conversation_id", "state"),
)

# One for each time a conversation was closed: ``closed_seq`` is the event that closed it, or asked for the rating.
ratings = Table(
    "ratings",
    metadata,
    Column("conversation_id", String(40), nullable=False),
    Column("closed_seq", BigInteger, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("score", SmallInteger, nullable=False),
    Column("reason", String(12)),
    Column("text", Text),
    Column("first_at", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("conversation_id", "closed_seq", "kind"),
    Index("ix_ratings_at", "at"),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("owner_id", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("filter", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("owner_id", "name"),
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

# What a customer has said of his problem so far, and what he is being asked for.
intakes = Table(
    "intakes",
    metadata,
    Column("conversation_id", String(40), primary_key=True),
    Column("intake", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

canned_answers = Table(
    "canned_answers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("key", String(60), nullable=False),
    Column("texts", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("scope", String(10), nullable=False, server_default="everyone"),
    Column("team_id", String(40)),
    Column("owner", String(40), nullable=False, server_default=""),
    Column("used", Integer, nullable=False, server_default="0"),
    UniqueConstraint("owner", "key"),
)
