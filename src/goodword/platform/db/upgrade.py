"""The Alembic part of migrating; loaded only when there is something to do."""

import asyncio
import sqlite3
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from goodword.platform.errors import Unavailable

# PostgreSQL keeps this while migrating, so that two processes that start together do it one after the other.
LOCK = 7_102_024
# On SQLite the second one waits this many seconds for the first.
PATIENCE = 60


async def upgrade(url: str) -> None:
    """Go to the newest revision. ``Unavailable``: no database."""
    try:
        if url.startswith("sqlite:///"):
            await asyncio.to_thread(_sqlite, url, _upgrade)
        else:
            await _postgresql(url, _upgrade)
    except (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Unavailable("database", detail=str(getattr(error, "orig", None) or error)) from error


async def _postgresql(url: str, deed: Callable[[Connection], None]) -> None:
    # By asyncpg itself, so that an address means here what it means everywhere else (``?sslmode=…``).
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(deed)
    finally:
        await engine.dispose()


def _sqlite(url: str, deed: Callable[[Connection], None]) -> None:
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin_at_once)
    try:
        with engine.begin() as connection:
            deed(connection)
    finally:
        engine.dispose()


def _leave_transactions_to_us(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None


def _begin_at_once(connection: Connection) -> None:
    """One migration at a time, and whole or not at all: the driver by itself would commit each table alone."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("goodword").joinpath("migrations")))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    command.upgrade(_config(connection), "head")
