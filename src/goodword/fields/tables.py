"""The definitions. Values stand with what they belong to."""

from sqlalchemy import Column, Integer, String, Table, Text, UniqueConstraint

from goodword.platform.db import metadata

fields = Table(
    "fields",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("subject", String(12), nullable=False),
    Column("key", String(40), nullable=False),
    Column("label", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("options", Text, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("subject", "key"),
)
