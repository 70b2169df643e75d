"""A process is killed at any moment, again and again: what it had acknowledged is there, once."""

import asyncio
import random

import pytest

from goodword.platform.db import open_database


async def count(tx, ids):
    found = {row["id"]: row["n"] for row in await tx.rows("SELECT id, count(*) AS n FROM events GROUP BY id")}
    return {id: found.get(id, 0) for id in ids}, await tx.value("SELECT count(*) FROM jobs")


@pytest.mark.anyio
@pytest.mark.fault
@pytest.mark.slow
async def test_whatever_was_acknowledged_survives_kill_9_exactly_once(database_url, run_program):
    acknowledged, chance = [], random.Random()
    for _ in range(3):
        async with run_program("appender.py", database_url) as program:
            acknowledged += [await program.line() for _ in range(chance.randrange(5, 120))]
            await asyncio.sleep(chance.random() * 0.05)
            acknowledged += await program.kill()
    assert len(acknowledged) >= 15
    assert all(id.startswith("row_") for id in acknowledged)
    database = await open_database(database_url)
    times, _ = await database.read(count, acknowledged)
    await database.close()
    assert set(times.values()) == {1}
