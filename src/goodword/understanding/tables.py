"""What was read out of each message."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, String, Table

from goodword.platform.db import metadata

readings = Table(
    "readings",
    metadata,
    Column("message_id", String(40), primary_key=True),
    Column("conversation_id", String(40), nullable=False, index=True),
    Column("seq", BigInteger, nullable=False),
    Column("language", String(20), nullable=False),
    Column("language_confidence", Float, nullable=False),
    Column("wants_human", Boolean, nullable=False),
    Column("embedding", LargeBinary),
    Column("embedder", String(120)),
    Column("at", BigInteger, nullable=False),
    Column("ms", Integer, nullable=False),
)
