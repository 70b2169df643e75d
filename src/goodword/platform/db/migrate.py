"""Bringing a database to the schema of this program: Alembic migrations that come with the package."""

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import asyncpg

from goodword.platform.errors import Unavailable

REVISION = "SELECT version_num FROM alembic_version"


async def migrate(url: str) -> None:
    """Upgrade to the newest revision; nothing happens when it is there already. ``Unavailable``: no database."""
    if await is_current(url):
        return
    # Alembic takes a third of a second to load, and hardly any start needs it.
    from goodword.platform.db.upgrade import upgrade

    await upgrade(url)


async def is_current(url: str) -> bool:
    """Whether the database has the newest revision. ``Unavailable``: no database."""
    try:
        found = _revision_of_file(url) if url.startswith("sqlite:///") else await _revision_of_server(url)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
        raise Unavailable("database", detail=str(error)) from error
    return found == newest_revision()


def newest_revision() -> str:
    """Revisions are numbered: that of ``versions/0001_first.py`` is ``0001``."""
    names = (entry.name for entry in files("goodword").joinpath("migrations", "versions").iterdir())
    return max(name.partition("_")[0] for name in names if name.endswith(".py"))


def _revision_of_file(url: str) -> str | None:
    path = Path(url.removeprefix("sqlite:///"))
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute(REVISION).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


async def _revision_of_server(url: str) -> str | None:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        found: str | None = await connection.fetchval(REVISION)
    except asyncpg.UndefinedTableError:
        return None
    finally:
        await connection.close()
    return found
