"""Agents, teams, and the keys by which they and their programs come in: of keys only fingerprints."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from goodword.platform.db import metadata
from goodword.platform.db.schema import Serial

agents = Table(
    "agents",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("role", String(40), nullable=False),
    Column("languages", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("theme", String(8), nullable=False, server_default="auto"),
    Column("density", String(12), nullable=False, server_default="comfortable"),
    Column("availability", String(12), nullable=False, server_default="available"),
    Column("online", Boolean, nullable=False),
    Column("max_load", Integer, nullable=False, server_default="6"),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("preferences", Text, nullable=False, server_default="{}"),
)

# Those that were made here; the built-in ones stand in ``model.py``.
roles = Table(
    "roles",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("rights", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

teams = Table(
    "teams",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("strategy", String(12), nullable=False, server_default="least_loaded"),
    Column("overflow_minutes", Integer, server_default="10"),
    Column("overflow_to", String(40)),
    Column("any_language", Boolean, nullable=False, server_default=text("true")),
    Column("shifts", Text),
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
    Column("address", String(64), nullable=False, server_default=""),
    Column("browser", String(200), nullable=False, server_default=""),
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
    Column("expires_at", BigInteger),
)

# People type passwords into the wrong field: what was tried is kept as a fingerprint too.
sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("email_hash", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("device", String(64), nullable=False, server_default=""),
    Index("ix_sign_in_attempts_email_hash_at", "email_hash", "at"),
    Index("ix_sign_in_attempts_address_at", "address", "at"),
)

# Browsers that were let in before.
known_devices = Table(
    "known_devices",
    metadata,
    Column("device", String(64), primary_key=True),
    Column("agent_id", String(40), ForeignKey("agents.id"), primary_key=True, index=True),
    Column("seen_at", BigInteger, nullable=False),
)

# ``secret`` is sealed; ``last_step``: codes up to that of this half minute have been used.
two_factors = Table(
    "two_factors",
    metadata,
    Column("agent_id", String(40), ForeignKey("agents.id"), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("confirmed_at", BigInteger),
    Column("last_step", BigInteger, nullable=False, server_default="0"),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("agent_id", String(40), ForeignKey("agents.id"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

# Passwords were right; the second factor is waited for.
sign_in_challenges = Table(
    "sign_in_challenges",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("agent_id", String(40), ForeignKey("agents.id"), nullable=False, index=True),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

# People who went to the provider to sign in and are waited for; what is in ``errand`` is sealed.
provider_errands = Table(
    "provider_errands",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("browser_hash", String(64), nullable=False),
    Column("errand", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

# Who is who at the provider.
agent_identities = Table(
    "agent_identities",
    metadata,
    Column("issuer", String(300), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("agent_id", String(40), ForeignKey("agents.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
)

# One row: how people must and may come in. The provider's secret in it is sealed.
security = Table(
    "security",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("two_factor_roles", Text, nullable=False, server_default="[]"),
    Column("provider", Text),
)

# Beside the agents: who signs in is looked up at every request, when he works only where work is given out.
agent_duties = Table(
    "agent_duties",
    metadata,
    Column("agent_id", String(40), ForeignKey("agents.id"), primary_key=True),
    Column("skills", Text, nullable=False, server_default="[]"),
    Column("channel_loads", Text, nullable=False, server_default="{}"),
    Column("shifts", Text),
    Column("extra_until", BigInteger, nullable=False, server_default="0"),
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
