"""PostgreSQL is stopped and started again under a running desk."""

import asyncio
from contextlib import aclosing

import asyncpg
import msgspec
import pytest

from goodword.platform.bus import PostgresBus
from goodword.platform.db import open_database
from goodword.platform.db.migrate import migrate
from goodword.platform.errors import Unavailable
from goodword.platform.events import SYSTEM, Feed, Stamp, append, newest_cursor
from goodword.rig.postgres import NoPostgres, _programs, _run, private_postgres

STAMP = Stamp(1, SYSTEM)


@pytest.fixture
def own_server():
    try:
        with private_postgres(durable=True) as url:
            yield url
    except NoPostgres as error:
        pytest.skip(str(error))


async def control(url):
    """What stops the server and what starts it."""
    connection = await asyncpg.connect(url)
    folder = await connection.fetchval("SHOW data_directory")
    # What came on the command line is written down, so that it starts again as the same.
    for setting in ("port", "listen_addresses", "unix_socket_directories"):
        value = await connection.fetchval(f"SHOW {setting}")
        await connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'")
    await connection.close()
    program, log = _programs() / "pg_ctl", f"{folder}/../log"

    async def stop():
        await asyncio.to_thread(_run, program, "-D", folder, "-m", "fast", "-w", "stop")

    async def start():
        await asyncio.to_thread(_run, program, "-D", folder, "-w", "-l", log, "start")

    return stop, start


@pytest.mark.anyio
@pytest.mark.postgres
@pytest.mark.fault
@pytest.mark.slow
async def test_while_the_server_is_away_callers_are_told_and_afterwards_everything_goes_on(own_server, boiled):
    await migrate(own_server)
    here, there = [await open_database(own_server) for _ in range(2)]
    buses = [PostgresBus(own_server, name) for name in ("here", "there")]
    here.on_commit, there.on_commit = (bus.ring for bus in buses)
    feed = Feed(there, buses[1])
    await feed.start()
    cursor = await here.read(newest_cursor)
    stop, start = await control(own_server)
    seen: list[int] = []
    caught_up = asyncio.Event()

    async def watch(until):
        async with aclosing(feed.follow(cursor)) as batches:
            async for batch in batches:
                seen.extend(msgspec.json.decode(entry.event.data)["cups"] for entry in batch.entries)
                caught_up.set()
                if until in seen:
                    return

    watching = asyncio.create_task(watch(until=99))
    async with asyncio.timeout(20):
        await here.write(append, "kitchen", boiled(cups=1), STAMP)
        # Who is still catching up when the server goes is told so, as callers are; who follows is spared.
        await caught_up.wait()
        began = asyncio.Event()

        async def cut_off(tx):
            await append(tx, "kitchen", boiled(cups=2), STAMP)
            began.set()
            await tx.value("SELECT pg_sleep(60)")

        cut = asyncio.create_task(here.write(cut_off))
        await began.wait()
        await stop()
        for asked in (cut, here.write(append, "kitchen", boiled(cups=3), STAMP), here.read(newest_cursor)):
            with pytest.raises(Unavailable) as caught:
                await asked
            assert caught.value.retry_after
        await start()
        await here.write(append, "kitchen", boiled(cups=4), STAMP)
        heard = await buses[1].wait("test", -1, 0)
        while await buses[1].wait("test", heard, 0.05) == heard:
            buses[0].ring(frozenset({"test"}))
        await here.write(append, "kitchen", boiled(cups=99), STAMP)
        await watching
    assert seen == [1, 4, 99]
    await feed.stop()
    await asyncio.gather(*(bus.close() for bus in buses), here.close(), there.close())
