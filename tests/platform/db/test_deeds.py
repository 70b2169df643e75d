import asyncio
import sqlite3
import threading

import asyncpg
import pytest

from goodword.platform.db import open_database
from goodword.platform.db.sqlite import SqliteDatabase
from goodword.platform.errors import BadInput, Broken, Conflict, GoodwordError, NotFound, Unavailable

pytestmark = pytest.mark.anyio


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


async def test_a_deed_returns_what_it_returns(database):
    async def add(tx, a, *, b):
        return await tx.value("SELECT CAST(:a AS INTEGER) + CAST(:b AS INTEGER)", a=a, b=b)

    assert await database.write(add, 2, b=3) == 5
    assert await database.read(add, 2, b=3) == 5


async def test_a_deed_that_raises_undoes_itself_alone_and_its_neighbours_commit(database, shelf):
    rung: list[frozenset[str]] = []
    database.on_commit = rung.append

    async def put(tx, n):
        await shelf.put(tx, f"jar {n:02}")
        tx.ring(f"jar {n:02}")
        if n % 3 == 0:
            raise NotFound("lid")

    outcomes = await asyncio.gather(*(database.write(put, n) for n in range(60)), return_exceptions=True)
    kept = [f"jar {n:02}" for n in range(60) if n % 3]
    assert await database.read(shelf.all) == kept
    assert [isinstance(outcome, NotFound) for outcome in outcomes] == [n % 3 == 0 for n in range(60)]
    assert sorted(frozenset().union(*rung)) == kept, "bells of what was undone are not rung"


async def test_a_broken_constraint_is_a_conflict_and_hurts_nobody_else(database, shelf):
    await database.write(shelf.put, "kettle")
    outcomes = await asyncio.gather(
        *(database.write(shelf.put, what) for what in ("planter", "kettle", "knife")), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [type(None), Conflict, type(None)]
    assert await database.read(shelf.all) == ["kettle", "knife", "planter"]


async def test_sql_that_makes_no_sense_is_our_mistake(database, shelf):
    async def wrong_column(tx):
        await tx.run("INSERT INTO shelf (colour) VALUES (:colour)", colour="green")

    async def wrong_table(tx):
        await tx.rows("SELECT * FROM cupboard")

    for deed in (wrong_column, wrong_table):
        with pytest.raises(Broken):
            await database.write(deed)
    with pytest.raises(Broken):
        await database.read(wrong_table)


async def test_who_only_reads_can_not_write(database, shelf):
    with pytest.raises(GoodwordError):
        await database.read(shelf.put, "kettle")
    assert await database.read(shelf.all) == []


@on_sqlite
async def test_a_deed_that_awaits_something_else_is_refused(database, shelf):
    async def dawdle(tx, wait):
        await shelf.put(tx, "kettle")
        await wait()

    loop = asyncio.get_running_loop()
    for wait in (lambda: asyncio.sleep(0), loop.create_future):
        with pytest.raises(Broken, match="nothing but its transaction"):
            await database.write(dawdle, wait)
    with pytest.raises(RuntimeError, match="no running event loop"):
        await database.write(dawdle, lambda: asyncio.sleep(1))
    assert await database.read(shelf.all) == []


async def test_cancelled_callers_leave_the_database_as_good_as_new(database, database_url, shelf):
    complaints = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))

    async def put_locked(tx, what):
        await tx.lock("shelf")
        await shelf.put(tx, what)
        if what.endswith("7"):
            raise NotFound("lid")

    release = await hold("shelf", database_url)
    impatient = [asyncio.create_task(database.write(put_locked, f"given up {n}")) for n in range(24)]
    await asyncio.sleep(0.05)
    for task in impatient:
        task.cancel()
    await asyncio.gather(*impatient, return_exceptions=True)
    assert all(task.cancelled() for task in impatient)
    await release()
    async with asyncio.timeout(5):
        await asyncio.gather(*(database.write(put_locked, f"patient {n:02}x") for n in range(24)))
    patient = [what for what in await database.read(shelf.all) if what.startswith("patient")]
    assert patient == [f"patient {n:02}x" for n in range(24)]
    assert complaints == []


async def hold(key, url):
    """Keep every writer who asks for ``key`` waiting, from outside."""
    if url.startswith("sqlite"):
        other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        async def let_go():
            other.close()

        return let_go
    connection = await asyncpg.connect(url)
    await connection.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", key)
    return connection.close


async def test_a_key_is_held_by_one_transaction_at_a_time(database, shelf):
    async def next_number(tx):
        await tx.lock("numbers")
        count = await tx.value("SELECT count(*) FROM shelf")
        await shelf.put(tx, f"number {count}")

    await asyncio.gather(*(database.write(next_number) for _ in range(20)))
    assert len(await database.read(shelf.all)) == 20


async def test_a_reader_sees_one_moment(database, shelf):
    began, go_on, loop = asyncio.Event(), threading.Event(), asyncio.get_running_loop()

    async def count_twice(tx):
        before = await tx.value("SELECT count(*) FROM shelf")
        loop.call_soon_threadsafe(began.set)
        if tx.engine == "sqlite":
            go_on.wait(5)
        else:
            await asyncio.to_thread(go_on.wait, 5)
        return before, await tx.value("SELECT count(*) FROM shelf")

    counting = asyncio.create_task(database.read(count_twice))
    await began.wait()
    await database.write(shelf.put, "kettle")
    go_on.set()
    assert await counting == (0, 0)


@on_postgres
async def test_two_that_wait_for_each_other_both_get_their_way(database, shelf):
    met = asyncio.Barrier(2)
    tries = []

    async def lock_both(tx, first, second):
        tries.append(first)
        await tx.run("SET LOCAL deadlock_timeout = '20ms'")
        await tx.lock(first)
        if len(tries) <= 2:
            await met.wait()
        await tx.lock(second)
        await shelf.put(tx, f"{first} then {second}")

    await asyncio.gather(database.write(lock_both, "salt", "pepper"), database.write(lock_both, "pepper", "salt"))
    assert len(await database.read(shelf.all)) == 2
    assert len(tries) == 3, "one was undone and tried again"


@on_postgres
async def test_a_character_that_can_not_be_stored_is_the_callers_fault(database, shelf):
    with pytest.raises(BadInput):
        await database.write(shelf.put, "ket\x00tle")


@on_postgres
async def test_a_value_of_the_wrong_kind_is_our_mistake_and_not_an_outage(database, shelf):
    with pytest.raises(Broken):
        await database.write(shelf.put, 5)


async def test_what_was_asked_for_before_the_end_is_done_and_what_comes_after_is_refused(tmp_path):
    database = await SqliteDatabase.open(tmp_path / "end.db", {})

    async def build(tx):
        await tx.run("CREATE TABLE shelf (what TEXT)")

    async def put(tx, what):
        await tx.run("INSERT INTO shelf VALUES (:what)", what=what)

    await database.write(build)
    last = [asyncio.create_task(database.write(put, f"jar {n}")) for n in range(500)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*last)
    for too_late in (database.write, database.read):
        with pytest.raises(Unavailable):
            await too_late(put, "late")
    await database.close()
    assert [path.name for path in tmp_path.iterdir()] == ["end.db"], "the write-ahead log is folded in"
    assert sqlite3.connect(tmp_path / "end.db").execute("SELECT count(*) FROM shelf").fetchone() == (500,)


async def test_a_database_that_can_not_be_reached_says_so_at_once(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    for url in (f"sqlite:///{tmp_path}/file/goodword.db", "postgresql://goodword@127.0.0.1:9/goodword"):
        with pytest.raises(Unavailable):
            await open_database(url)
