"""The chain over the log, what was taken out of the log, and how the last look at both ended."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from goodword.platform.db.schema import metadata

audit_links = Table(
    "audit_links",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
)

# The hash of what was taken out stays, so that the chain still fits.
redactions = Table(
    "redactions",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("content_hash", String(64), nullable=False),
)

# One row.
audit_checks = Table(
    "audit_checks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("verdict", Text, nullable=False),
)
