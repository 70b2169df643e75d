import asyncio
from contextlib import aclosing
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodword.platform.bus import LocalBus
from goodword.platform.db import Database, open_database
from goodword.platform.errors import BadInput
from goodword.platform.events import SYSTEM, Feed, Stamp, append, newest_cursor
from goodword.platform.events.feed import MOST_BEHIND

STAMP = Stamp(1, SYSTEM)
STREAMS = ("kitchen", "garden", "shed")
MANY = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)
INSERT INTO events (id, type, at, stream, actor_kind, actor_name, hops, data)
SELECT :prefix || i, 'KettleBoiled', 1, 'kitchen', 'system', '', 0, '{}' FROM n
"""


async def many(tx, prefix, how_many):
    await tx.run(MANY, prefix=prefix, many=how_many)
    tx.ring("events")


@pytest.fixture
async def feed(database, bus):
    one = Feed(database, bus)
    await one.start()
    yield one
    await one.stop()


appends = st.tuples(st.just("append"), st.lists(st.sampled_from(STREAMS), min_size=1, max_size=8))
reads = st.tuples(st.just("read"), st.integers(1, 3))


@given(
    plan=st.lists(st.one_of(appends, reads), max_size=12),
    watched=st.one_of(st.none(), st.frozensets(st.sampled_from(STREAMS), min_size=1, max_size=2)),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_comes_back_with_his_cursor_has_missed_nothing_and_sees_nothing_twice(database_url, boiled, plan, watched):
    """However often he is cut off, and whether events come before, while or after he looks."""

    async def story():
        database, bus = await open_database(database_url), LocalBus()
        database.on_commit = bus.ring
        feed = Feed(database, bus)
        await feed.start()
        cursor = await database.read(newest_cursor)
        recorded: list[int] = []
        seen: list[int] = []

        async def record(streams):
            for stream in streams:
                seq = await database.write(append, stream, boiled(), STAMP)
                recorded.extend([seq] if watched is None or stream in watched else [])

        async def read(batches):
            nonlocal cursor
            async with aclosing(feed.follow(cursor, watched)) as coming:
                while batches and len(seen) < len(recorded):
                    batch = await anext(coming)
                    assert not batch.reset
                    seen.extend(entry.event.seq for entry in batch.entries)
                    cursor, batches = batch.cursor, batches - 1

        for step, amount in plan:
            if step == "append":
                await record(amount)
            else:
                await asyncio.gather(record(STREAMS), read(amount))
        await read(10_000)
        assert seen == recorded
        await feed.stop()
        await database.close()

    asyncio.run(asyncio.wait_for(story(), 20))


@pytest.mark.anyio
async def test_who_begins_now_sees_only_what_is_new(database, feed, boiled):
    async with aclosing(feed.follow(None)) as earlier, asyncio.timeout(5):
        # What comes to somebody without a cursor comes from the feed's own tail: that is past these two then.
        heard = asyncio.ensure_future(anext(earlier))
        await asyncio.sleep(0)
        for cups in (1, 2):
            await database.write(append, "kitchen", boiled(cups=cups), STAMP)
        while (await heard).entries[-1].event.fact().cups != 2:
            heard = asyncio.ensure_future(anext(earlier))
    async with aclosing(feed.follow(None)) as batches, asyncio.timeout(5):
        first = asyncio.ensure_future(anext(batches))
        await asyncio.sleep(0)
        await database.write(append, "kitchen", boiled(cups=3), STAMP)
        assert [entry.event.fact().cups for entry in (await first).entries] == [3]


@pytest.mark.anyio
async def test_who_is_too_far_behind_starts_again_from_a_snapshot(database, feed):
    start = await database.read(newest_cursor)
    await database.write(many, "evt_", MOST_BEHIND + 1)
    async with aclosing(feed.follow(start)) as batches, asyncio.timeout(10):
        came = [batch async for batch in batches]
    assert came[-1].reset
    assert not any(batch.reset for batch in came[:-1])


@pytest.mark.anyio
async def test_who_does_not_keep_up_is_told_so_and_holds_no_memory(database, feed, boiled):
    """A browser that no longer reads, while the desk is busy."""
    async with aclosing(feed.follow(None)) as stalled, aclosing(feed.follow(None)) as lively, asyncio.timeout(10):
        first = [asyncio.ensure_future(anext(one)) for one in (stalled, lively)]
        await asyncio.sleep(0)
        await database.write(append, "kitchen", boiled(), STAMP)
        await asyncio.gather(*first)
        seen = 0
        for part in range(3):
            await database.write(many, f"evt_{part}_", MOST_BEHIND // 2)
            while seen < (part + 1) * (MOST_BEHIND // 2):
                seen += len((await anext(lively)).entries)
        assert sum(len(follower.queue) for follower in feed._of_all) <= MOST_BEHIND
        assert (await anext(stalled)).reset
        with pytest.raises(StopAsyncIteration):
            await anext(stalled)


@pytest.mark.anyio
async def test_a_cursor_from_the_future_belongs_to_another_past(database, feed):
    async with aclosing(feed.follow("900000000.5")) as batches, asyncio.timeout(5):
        assert [batch.reset async for batch in batches] == [True]


@pytest.mark.anyio
async def test_a_cursor_that_is_none_is_refused_and_nobody_is_left_behind(feed):
    async with aclosing(feed.follow("yesterday", frozenset({"kitchen"}))) as batches:
        with pytest.raises(BadInput):
            await anext(batches)
    assert not feed._of_all
    assert not feed._of_stream


class Overtaken:
    """A database where something happens whenever somebody wants to read what he missed."""

    def __init__(self, database, happens):
        self._database, self._happens = database, happens
        self.write = database.write
        self.has_nothing_more = asyncio.Event()

    async def read(self, deed, *args, **kwargs):
        if deed.__name__ == "since":
            await self._happens()
        rows = await self._database.read(deed, *args, **kwargs)
        if rows == []:
            self.has_nothing_more.set()
        return rows


@pytest.mark.anyio
async def test_what_happens_while_somebody_catches_up_comes_once(database, bus, boiled):
    """It is among what he missed, and the tail has already put it into his queue."""

    async def happens():
        [follower] = overtaken._of_all
        before = len(follower.queue)
        if before < 2:
            await database.write(append, "kitchen", boiled(cups=before), STAMP)
            while len(follower.queue) == before:
                await follower.ready.wait()
                follower.ready.clear()
            follower.ready.set()

    start = await database.read(newest_cursor)
    overtaken_database = Overtaken(database, happens)
    overtaken = Feed(cast(Database, overtaken_database), bus)
    await overtaken.start()
    async with aclosing(overtaken.follow(start)) as batches, asyncio.timeout(5):
        missed = [(await anext(batches)).entries[0].event.fact() for _ in range(2)]
        coming = asyncio.ensure_future(anext(batches))
        await overtaken_database.has_nothing_more.wait()
        await database.write(append, "kitchen", boiled(cups=2), STAMP)
        new = [entry.event.fact() for entry in (await coming).entries]
    assert missed == [boiled(cups=0), boiled(cups=1)]
    assert new == [boiled(cups=2)]
    await overtaken.stop()


class Moody:
    """A database that fails now and then in a way nobody has thought of."""

    def __init__(self, database, failures):
        self._database, self._failures = database, failures
        self.write = database.write

    async def read(self, deed, *args, **kwargs):
        if deed.__name__ == "_news" and self._failures:
            raise self._failures.pop()
        return await self._database.read(deed, *args, **kwargs)


@pytest.mark.anyio
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_feed_outlives_whatever_its_database_throws(database, bus, boiled):
    feed = Feed(cast(Database, Moody(database, [RuntimeError("out of threads")])), bus)
    await feed.start()
    async with aclosing(feed.follow(None)) as batches, asyncio.timeout(5):
        first = asyncio.ensure_future(anext(batches))
        await asyncio.sleep(0)
        await database.write(append, "kitchen", boiled(), STAMP)
        assert len((await first).entries) == 1
    await feed.stop()
