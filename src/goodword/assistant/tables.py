"""What the assistant decided about each message."""

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from goodword.platform.db import metadata

decisions = Table(
    "assistant_decisions",
    metadata,
    Column("message_id", String(40), primary_key=True),
    Column("conversation_id", String(40), nullable=False),
    Column("event_id", String(40), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("decision", String(12), nullable=False),
    Column("rule", String(40), nullable=False),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("passages", Text, nullable=False),
    Column("reply_id", String(40)),
    Column("trace", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_assistant_decisions_conversation_id_seq", "conversation_id", "seq"),
)
