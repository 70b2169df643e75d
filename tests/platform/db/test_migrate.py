import sqlite3

import asyncpg
import pytest

from goodword.platform.db.migrate import is_current, migrate
from goodword.platform.errors import Unavailable

pytestmark = pytest.mark.anyio


async def test_two_processes_that_start_together_migrate_once(tmp_path, run_program):
    url = f"sqlite:///{tmp_path}/new/goodword.db"
    async with run_program("migrator.py", url) as one, run_program("migrator.py", url) as other:
        assert {await one.end(), await other.end()} == {0}
    assert await is_current(url)


async def test_a_migration_that_fails_leaves_nothing_behind(tmp_path):
    file = tmp_path / "goodword.db"
    connection = sqlite3.connect(file)
    connection.executescript("CREATE TABLE in_the_way (x); CREATE INDEX ix_jobs_state_run_at ON in_the_way (x)")
    connection.close()
    with pytest.raises(Unavailable):
        await migrate(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("in_the_way",)]
    connection.close()


@pytest.mark.postgres
async def test_an_address_may_carry_what_the_driver_knows(postgres_url):
    assert await is_current(f"{postgres_url}?sslmode=prefer")


async def test_a_server_that_is_not_there_is_unavailable():
    with pytest.raises(Unavailable):
        await migrate("postgresql://goodword@127.0.0.1:9/goodword")


@pytest.mark.postgres
async def test_events_know_their_transaction(postgres_url):
    connection = await asyncpg.connect(postgres_url)
    default = await connection.fetchval(
        "SELECT column_default FROM information_schema.columns WHERE table_name = 'events' AND column_name = 'xid'"
    )
    await connection.close()
    assert "pg_current_xact_id()" in default
