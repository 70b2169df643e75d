"""Agents, teams, and the keys by which they and their programs come in: of keys only fingerprints."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from goodword.platform.db import metadata
from goodword.platform.db.schema import Serial

agents = Table(
    "agents",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("role", String(12), nullable=False),
    Column("languages", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("theme", String(8), nullable=False, server_default="auto"),
    Column("density", String(12), nullable=False, server_default="comfortable"),
    Column("availability", String(12), nullable=False, server_default="available"),
    Column("online", Boolean, nullable=False),
    Column("max_load", Integer, nullable=False, server_default="6"),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

teams = Table(
    "teams",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
)

team_members = Table(
    "team_members",
    metadata,
    Column("team_id", String(40), ForeignKey("teams.id"), primary_key=True),
    Column("agent_id", String(40), ForeignKey("agents.id"), primary_key=True, index=True),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("agent_id", String(40), ForeignKey("agents.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("last_seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("created_by", String(40), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_used_at", BigInteger),
)

# People type passwords into the wrong field: what was tried is kept as a fingerprint too.
sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("email_hash", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Index("ix_sign_in_attempts_email_hash_at", "email_hash", "at"),
    Index("ix_sign_in_attempts_address_at", "address", "at"),
)

agent_presence = Table(
    "agent_presence",
    metadata,
    Column("connection_id", String(80), primary_key=True),
    Column("agent_id", String(40), ForeignKey("agents.id"), nullable=False, index=True),
    Column("seen_at", BigInteger, nullable=False),
)

# One row: what the desk as a whole was told when it was set up.
desk = Table(
    "desk",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("company", Text, nullable=False),
)
