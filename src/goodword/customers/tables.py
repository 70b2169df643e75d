"""Customers, how we know them, what they bought, and the visitors who are looking at a page."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from goodword.platform.db import metadata

customers = Table(
    "customers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("language", String(16)),
    Column("city", Text),
    Column("anonymous", Boolean, nullable=False),
    Column("attributes", Text, nullable=False, server_default="{}"),
    Column("search", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("merged_into", String(40), ForeignKey("customers.id")),
    Column("tier", String(10), nullable=False, server_default="standard"),
    Column("blocked_at", BigInteger),
    Column("blocked_until", BigInteger),
    Index("ix_customers_created_at", "created_at"),
)

identities = Table(
    "customer_identities",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("customer_id", String(40), ForeignKey("customers.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("scope", String(40), nullable=False),
    Column("value", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("origin_id", String(40), ForeignKey("customers.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("kind", "scope", "value"),
)

merges = Table(
    "customer_merges",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("from_id", String(40), ForeignKey("customers.id"), nullable=False, index=True),
    Column("into_id", String(40), ForeignKey("customers.id"), nullable=False, index=True),
    Column("identity_ids", Text, nullable=False),
    Column("order_numbers", Text, nullable=False),
    Column("filled", Text, nullable=False),
    Column("reason", String(8), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("undone_at", BigInteger),
)

orders = Table(
    "orders",
    metadata,
    Column("number", String(80), primary_key=True),
    Column("customer_id", String(40), ForeignKey("customers.id"), nullable=False, index=True),
    Column("placed_at", BigInteger, nullable=False),
    Column("status", String(40), nullable=False),
    Column("total_cents", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("items", Text, nullable=False),
)

visitor_sessions = Table(
    "visitor_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("channel_id", String(40), nullable=False),
    Column("identity_id", String(40), ForeignKey("customer_identities.id"), nullable=False, index=True),
    Column("signed_identity_id", String(40), ForeignKey("customer_identities.id")),
    Column("created_at", BigInteger, nullable=False),
    Column("last_seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
    Column("page", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("referrer", Text, nullable=False),
    Column("answered_at", BigInteger),
)
