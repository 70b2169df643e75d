"""Which engine stands behind an address."""

from pathlib import Path

from goodword.platform.db.model import Database, Subscriptions
from goodword.platform.db.postgres import PostgresDatabase
from goodword.platform.db.sqlite import SqliteDatabase


async def open_database(url: str, subscriptions: Subscriptions | None = None) -> Database:
    """Open ``sqlite:///path`` or ``postgresql://user:password@host/name``.

    Raises ``Unavailable`` where it can't be reached.
    """
    if url.startswith("sqlite:///"):
        return await SqliteDatabase.open(Path(url.removeprefix("sqlite:///")), subscriptions or {})
    return await PostgresDatabase.open(url, subscriptions or {})
