"""Who was given which conversation, and how long it had waited; places in the queue; what was set."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

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
    Column("team_id", String(40)),
    Column("reason", String(12), nullable=False, server_default="routed"),
    Index("ix_routing_assignments_conversation_id_seq", "conversation_id", "seq"),
    Index("ix_routing_assignments_agent_id_at", "agent_id", "at"),
    Index("ix_routing_assignments_at", "at"),
)

# Fixed on arrival. A row whose ``entered_at`` isn't that of the conversation is from an earlier time in the queue.
places = Table(
    "routing_places",
    metadata,
    Column("conversation_id", String(40), primary_key=True),
    Column("entered_at", BigInteger, nullable=False),
    Column("rank", BigInteger, nullable=False),
)

# One row.
settings = Table(
    "routing_settings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("data", Text, nullable=False),
)
