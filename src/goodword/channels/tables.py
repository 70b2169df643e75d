"""The configured channels."""

from sqlalchemy import BigInteger, Boolean, Column, String, Table, Text

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
