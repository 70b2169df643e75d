"""The jobs that wait, run or were given up. A job that is done leaves no row."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from goodword.platform.db.schema import Serial, metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("kind", String(80), nullable=False),
    Column("payload", Text, nullable=False),
    Column("dedupe", String(200), unique=True),
    Column("state", String(8), nullable=False, server_default="ready"),
    Column("run_at", BigInteger, nullable=False),
    Column("leased_until", BigInteger, nullable=False, server_default="0"),
    Column("worker", String(40), nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Index("ix_jobs_state_run_at", "state", "run_at"),
    sqlite_autoincrement=True,
)
