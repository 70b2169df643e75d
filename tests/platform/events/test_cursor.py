"""Why the cursor on PostgreSQL is more than a number.

Numbers are given out before the commit, in any order of those.
"""

import asyncio
import random
from contextlib import aclosing

import msgspec
import pytest

from goodword.platform.bus import LocalBus
from goodword.platform.events import SYSTEM, Feed, Stamp, append, hold, newest_cursor, since
from goodword.platform.events.feed import LOOK_ANYWAY, LOOK_SOON

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.postgres,
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]
STAMP = Stamp(1, SYSTEM)


def cups_of(entry):
    return msgspec.json.decode(entry.event.data)["cups"]


async def numbers_after(tx, seq):
    return [row["seq"] for row in await tx.rows("SELECT seq FROM events WHERE seq > :seq ORDER BY seq", seq=seq)]


async def test_who_asks_for_larger_numbers_loses_what_commits_late_and_the_cursor_does_not(database, boiled):
    numbered, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(tx):
        seq = await append(tx, "kitchen", boiled(cups=1), STAMP)
        numbered.set()
        await go_on.wait()
        return seq

    cursor = await database.read(newest_cursor)
    async with asyncio.TaskGroup() as group:
        slow = group.create_task(database.write(slowly))
        await numbered.wait()
        fast = await database.write(append, "kitchen", boiled(cups=2), STAMP)
        naive = await database.read(numbers_after, 0)
        assert await database.read(since, cursor, 10) == [], "not settled: an older transaction still runs"
        go_on.set()
    assert await slow < fast
    naive += await database.read(numbers_after, naive[-1])
    assert naive == [fast], "the slow one was skipped for good"
    settled = await database.read(since, cursor, 10)
    assert [event.seq for event in settled] == [await slow, fast]


async def test_eight_writers_at_once_and_every_follower_sees_each_event_once_in_the_same_order(
    database, opened, boiled, bus
):
    each, chance = 40, random.Random(7)
    elsewhere, its_bus = await opened(), LocalBus()
    elsewhere.on_commit = its_bus.ring
    feeds = [Feed(database, bus), Feed(elsewhere, its_bus)]
    start = await database.read(newest_cursor)
    for feed in feeds:
        await feed.start()

    async def record(tx, cups):
        seq = await append(tx, "kitchen", boiled(cups=cups), STAMP)
        await asyncio.sleep(chance.random() * 0.004)
        return seq

    async def writer(one, first):
        return [await one.write(record, first + n) for n in range(each)]

    naive: list[int] = []

    async def read_naively():
        while True:
            naive.extend(await database.read(numbers_after, naive[-1] if naive else 0))
            await asyncio.sleep(0.001)

    async def follow(feed):
        seen = []
        async with aclosing(feed.follow(start)) as batches:
            async for batch in batches:
                seen += [entry.event for entry in batch.entries]
                if len(seen) >= 8 * each:
                    return seen

    async with asyncio.timeout(15):
        following = [asyncio.create_task(follow(feed)) for feed in feeds for _ in range(3)]
        reading = asyncio.create_task(read_naively())
        written = await asyncio.gather(*(writer((database, elsewhere)[n % 2], n * each) for n in range(8)))
        seen = await asyncio.gather(*following)
        reading.cancel()
    for feed in feeds:
        await feed.stop()

    everything = sorted(seq for one in written for seq in one)
    assert len(naive) < len(everything), "a reader by number alone misses some"
    for one in seen:
        assert sorted(event.seq for event in one) == everything
        assert [event.seq for event in one] == [event.seq for event in seen[0]]
    places = [tuple(map(int, event.cursor.split("."))) for event in seen[0]]
    assert places == sorted(places)


class Impatience(LocalBus):
    """A bus that notes how long the feed is ready to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.patience = asyncio.Queue[float]()

    async def wait(self, bell: str, seen: int, patience: float) -> int:
        self.patience.put_nowait(patience)
        return await super().wait(bell, seen, patience)


async def test_an_event_held_up_by_somebody_elses_transaction_is_seen_soon_after_it_ends(database, boiled):
    """Nobody rings for it: the other transaction recorded nothing. So the feed looks by itself, and often."""
    bus = Impatience()
    database.on_commit = bus.ring
    feed = Feed(database, bus)
    await feed.start()
    began, go_on = asyncio.Event(), asyncio.Event()

    async def something_else(tx):
        await tx.value("SELECT pg_current_xact_id()")
        began.set()
        await go_on.wait()

    async with asyncio.timeout(10), asyncio.TaskGroup() as group, aclosing(feed.follow(None)) as batches:
        other = group.create_task(database.write(something_else))
        await began.wait()
        first = asyncio.ensure_future(anext(batches))
        await database.write(append, "kitchen", boiled(), STAMP)
        while await bus.patience.get() != LOOK_SOON:
            pass
        assert not first.done()
        go_on.set()
        await other
        assert len((await first).entries) == 1
        while await bus.patience.get() != LOOK_ANYWAY:
            pass
    await feed.stop()


async def test_a_log_restored_from_another_server_goes_on(database, boiled, bus):
    for cups in range(3):
        await database.write(append, "kitchen", boiled(cups=cups), STAMP)

    async def as_if_restored(tx):
        await tx.run("UPDATE events SET xid = 4000000000000 + seq")

    await database.write(as_if_restored)
    cursor_of_a_browser = "4000000000003.3"
    feed = Feed(database, bus)
    await feed.start()
    async with asyncio.timeout(5):
        async with aclosing(feed.follow(cursor_of_a_browser)) as batches:
            assert (await anext(batches)).reset
        async with aclosing(feed.follow("0.0")) as batches:
            old = await anext(batches)
            assert [cups_of(entry) for entry in old.entries] == [0, 1, 2]
            await database.write(append, "kitchen", boiled(cups=9), STAMP)
            new = await anext(batches)
            assert [cups_of(entry) for entry in new.entries] == [9]
    await feed.stop()


async def test_who_was_overtaken_on_a_stream_does_his_deed_anew_so_that_it_is_read_in_its_order(database, boiled):
    cursor = await database.read(newest_cursor)
    tries = []

    async def first(tx):
        await append(tx, "hall", boiled(cups=0), STAMP)
        tries.append(await tx.value("SELECT 1"))
        if len(tries) == 1:
            await database.write(held, 1)
        return await held(tx, 2)

    async def held(tx, cups):
        await hold(tx, "kitchen")
        return await append(tx, "kitchen", boiled(cups=cups), STAMP)

    await database.write(first)
    assert len(tries) == 2
    read = [event for event in await database.read(since, cursor, 10) if event.stream == "kitchen"]
    assert [event.fact().cups for event in read] == [1, 2]
    assert [event.seq for event in read] == sorted(event.seq for event in read)
