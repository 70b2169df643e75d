"""What has come in, with the names of its bytes."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from goodword.platform.db import metadata

MENDED = text("mended IS NOT NULL")

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("channel_id", String(40), nullable=False),
    Column("source", Text, nullable=False),
    Column("shape", String(120), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", String(60), nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default=""),
    Column("mended", String(64)),
    Column("conversation_id", String(40)),
    Column("message_id", String(40)),
    Column("attempts", Integer, nullable=False, server_default="0"),
    UniqueConstraint("channel_id", "digest"),
    Index("ix_arrivals_state_at_id", "state", "at", "id"),
    Index("ix_arrivals_channel_id_state", "channel_id", "state"),
    Index("ix_arrivals_message_id", "message_id"),
    # By their names bytes are looked for before they are dropped.
    Index("ix_arrivals_digest", "digest"),
    Index("ix_arrivals_mended", "mended", sqlite_where=MENDED, postgresql_where=MENDED),
)
