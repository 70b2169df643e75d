"""Pauses: one row per agent, the newest."""

from sqlalchemy import BigInteger, Column, String, Table

from goodword.platform.db import metadata

pauses = Table(
    "agent_pauses",
    metadata,
    Column("agent_id", String(40), primary_key=True),
    Column("id", String(40), nullable=False),
    Column("conversation_id", String(40)),
    Column("offered_at", BigInteger),
    Column("last_offered_at", BigInteger),
    Column("until", BigInteger),
)
