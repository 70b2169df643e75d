"""Who was given which conversation, and how long it had waited."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from goodword.platform.db import metadata

assignments = Table(
    "routing_assignments",
    metadata,
    Column("event_id", String(40), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("agent_id", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("waited", BigInteger),
    Column("position", Integer),
    Index("ix_routing_assignments_conversation_id_seq", "conversation_id", "seq"),
    Index("ix_routing_assignments_agent_id_at", "agent_id", "at"),
    Index("ix_routing_assignments_at", "at"),
)
