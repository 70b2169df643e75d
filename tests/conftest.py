"""What every test may ask for. The same suite runs on both databases: whoever asks for ``database`` is run twice."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from goodword.platform.bus import LocalBus
from goodword.platform.db import Database, open_database
from goodword.platform.db.migrate import migrate
from goodword.rig.clock import HandClock
from goodword.rig.postgres import NoPostgres, private_postgres
from tests.mailservers.servers import MailServers, NoMailServers, private_mail_servers

REQUIRE_ALL = os.environ.get("GOODWORD_REQUIRE_ALL") == "1"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser shares two processors with another test, so its walks get two more chances; faults never do.

    A message that is lost once in three kills is lost.
    """
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("fault"):
            item.add_marker(pytest.mark.flaky(reruns=2))
        if "mail_servers" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.mailserver)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def bus() -> LocalBus:
    return LocalBus()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of this test run's own, migrated."""
    try:
        server = private_postgres()
        with server as url:
            asyncio.run(migrate(url))
            yield url
    except NoPostgres as error:
        if REQUIRE_ALL:
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def mail_servers() -> Iterator[MailServers]:
    """Dovecot and Postfix of this worker's own. Tests keep out of each other's way by writing to other people."""
    try:
        with private_mail_servers() as servers:
            yield servers
    except NoMailServers as error:
        if REQUIRE_ALL:
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "goodword.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty, migrated database; ``postgresql://`` or ``sqlite:///``."""
    if request.param == "sqlite":
        path = tmp_path / "goodword.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("postgres_url")
    asyncio.run(_empty(url))
    return url


@pytest.fixture
async def database(database_url: str, bus: LocalBus) -> AsyncIterator[Database]:
    """Without subscriptions: what a deed sets off elsewhere is another test's matter."""
    opened = await open_database(database_url)
    opened.on_commit = bus.ring
    yield opened
    await opened.close()


async def _empty(url: str) -> None:
    """Only what was written to: to empty a table that is empty takes as long as to empty another."""
    connection = await asyncpg.connect(url)
    names = await connection.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    )
    looks = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for (name,) in names]
    if written := ", ".join(f'"{name}"' for (name,) in await connection.fetch(" UNION ALL ".join(looks))):
        await connection.execute(f"TRUNCATE {written} CASCADE")
    await connection.execute(
        "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences"
        " WHERE last_value IS NOT NULL"
    )
    await connection.close()
