"""What the migrations build is what the tables say, on both databases."""

import asyncio
import importlib
import pkgutil
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine
from sqlalchemy.ext.asyncio import create_async_engine

import goodword
from goodword.platform.db import metadata
from goodword.platform.db.migrate import is_current, migrate


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"include_name": is_ours})
    return list(compare_metadata(context, metadata))


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """The index of the search is no table that SQLAlchemy could say: see ``conversations/search``."""
    return kind != "table" or not (name or "").startswith("search_terms")


async def built(url: str) -> list[Any]:
    if url.startswith("sqlite"):
        engine = create_engine(url)
        with engine.connect() as connection:
            return differences(connection)
    async_engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with async_engine.connect() as connection:
        found: list[Any] = await connection.run_sync(differences)
    await async_engine.dispose()
    return found


def test_the_migrated_schema_is_the_one_of_the_tables(database_url: str) -> None:
    for module in pkgutil.walk_packages(goodword.__path__, "goodword."):
        if module.name.endswith(".tables"):
            importlib.import_module(module.name)
    assert asyncio.run(built(database_url)) == []


def test_migrating_again_changes_nothing(database_url: str) -> None:
    asyncio.run(migrate(database_url))
    assert asyncio.run(is_current(database_url))


@pytest.mark.anyio
async def test_a_database_that_is_not_there_is_said_so(tmp_path) -> None:
    from goodword.platform.errors import Unavailable

    with pytest.raises(Unavailable):
        await migrate("postgresql://nobody@127.0.0.1:9/nothing")
