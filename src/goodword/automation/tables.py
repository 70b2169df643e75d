"""Rules, macros, and what each rule has done."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from goodword.platform.db import metadata
from goodword.platform.db.schema import Serial

rules = Table(
    "automation_rules",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("event", String(24), nullable=False),
    Column("body", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Index("ix_automation_rules_enabled_event", "enabled", "event"),
)

macros = Table(
    "automation_macros",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("scope", String(10), nullable=False),
    Column("team_id", String(40)),
    Column("owner", String(40), nullable=False),
    Column("steps", Text, nullable=False),
)

doings = Table(
    "automation_doings",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("rule_id", String(40), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("event_id", String(40), nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("told", Text, nullable=False),
    UniqueConstraint("rule_id", "event_id", "outcome"),
    Index("ix_automation_doings_rule_id_id", "rule_id", "id"),
    Index("ix_automation_doings_rule_id_at", "rule_id", "at"),
    Index("ix_automation_doings_conversation_id_at", "conversation_id", "at"),
)
