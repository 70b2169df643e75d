"""What is known of the stored files."""

from sqlalchemy import BigInteger, Column, String, Table, Text

from goodword.platform.db.schema import metadata

files = Table(
    "files",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("content_type", String(120), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("owner", String(40), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
)
