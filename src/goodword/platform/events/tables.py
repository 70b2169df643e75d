"""The log.

On PostgreSQL each row knows the transaction that wrote it, because ``seq`` is given out before the commit.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from goodword.platform.db.schema import Serial, metadata

events = Table(
    "events",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("xid", BigInteger, nullable=False, server_default="0"),
    Column("id", String(40), nullable=False, unique=True),
    Column("type", String(60), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("stream", String(40), nullable=False),
    Column("actor_kind", String(12), nullable=False),
    Column("actor_id", String(40)),
    Column("actor_name", Text, nullable=False),
    Column("cause", String(40)),
    Column("hops", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Index("ix_events_stream_seq", "stream", "seq"),
    Index("ix_events_xid_seq", "xid", "seq"),
    Index("ix_events_type_seq", "type", "seq"),
    sqlite_autoincrement=True,
)
