"""What happens when the disk has no room left for the database: SQLite's own limit, and the system's."""

import asyncio
import resource

import pytest

from goodword.platform.db.sqlite import SqliteDatabase
from goodword.platform.errors import Unavailable

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
PAGE = 4_096


@pytest.fixture
async def shed(tmp_path):
    """A database with a table ``shed`` and little else."""
    database = await SqliteDatabase.open(tmp_path / "shed.db", {})

    async def build(tx):
        await tx.run("CREATE TABLE shed (what TEXT, room BLOB)")

    await database.write(build)
    yield database
    await database.close()


async def put(tx, what, size=10):
    await tx.run("INSERT INTO shed VALUES (:what, :room)", what=f"{what}, first half", room=b"")
    await tx.run("INSERT INTO shed VALUES (:what, :room)", what=f"{what}, second half", room=bytes(size))
    tx.ring(what)


async def inside(tx):
    return [row["what"] for row in await tx.rows("SELECT what FROM shed ORDER BY what")]


async def allow(tx, pages):
    await tx.value(f"PRAGMA max_page_count = {pages}")


async def test_a_full_disk_keeps_nothing_by_halves_and_the_desk_goes_on_when_there_is_room(shed):
    rung: list[frozenset[str]] = []
    shed.on_commit = rung.append
    await shed.write(allow, 20)
    outcomes = await asyncio.gather(*(shed.write(put, f"box {n}", 5 * PAGE) for n in range(8)), return_exceptions=True)
    refused = [n for n, outcome in enumerate(outcomes) if outcome is not None]
    assert refused
    assert all(isinstance(outcomes[n], Unavailable) for n in refused)
    kept = [f"box {n}" for n in range(8) if n not in refused]
    assert await shed.read(inside) == [f"{what}, {half} half" for what in kept for half in ("first", "second")]
    assert frozenset().union(*rung) == set(kept)

    await shed.write(allow, 10_000)
    await asyncio.gather(*(shed.write(put, f"box {n}", 5 * PAGE) for n in refused))
    assert len(await shed.read(inside)) == 16


async def test_a_commit_that_the_system_refuses_reaches_nobody_as_done(shed, tmp_path):
    log = tmp_path / "shed.db-wal"
    before = await shed.read(inside)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 2 * PAGE, hard))
    try:
        outcomes = await asyncio.gather(*(shed.write(put, f"box {n}", PAGE) for n in range(8)), return_exceptions=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert all(isinstance(outcome, Unavailable) for outcome in outcomes)
    assert await shed.read(inside) == before
    await shed.write(put, "box with room")
    assert len(await shed.read(inside)) == len(before) + 2
