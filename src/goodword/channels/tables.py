"""The configured channels, how they fare, who listens at them, and which chats went on by mail."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text

from goodword.platform.db import metadata

channels = Table(
    "channels",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("key", String(60), nullable=False, unique=True),
    Column("settings", Text, nullable=False),
    Column("token_hash", String(64), nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("disabled", Boolean, nullable=False, server_default="0"),
)

# One row for what comes in and one for what goes out.
channel_health = Table(
    "channel_health",
    metadata,
    Column("channel_id", String(40), primary_key=True),
    Column("direction", String(3), primary_key=True),
    Column("ok_at", BigInteger),
    Column("failed_at", BigInteger),
    Column("reason", String(60), nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default=""),
    Column("backlog", Integer, nullable=False, server_default="0"),
    Column("left_behind", Integer, nullable=False, server_default="0"),
)

listening_leases = Table(
    "listening_leases",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("holder", String(60), nullable=False),
    Column("leased_until", BigInteger, nullable=False),
)

# Which replies of a chat left in which mail, because their visitor hadn't fetched them.
carried_replies = Table(
    "carried_replies",
    metadata,
    Column("message_id", String(40), primary_key=True),
    Column("mail_id", String(40), nullable=False, index=True),
    Column("conversation_id", String(40), nullable=False),
    Column("channel_id", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
)
