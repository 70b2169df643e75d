"""How long it takes from recording an event until 50 followers have it, at 500 events a second.

    python benchmarks/feed.py [seconds]

From just before ``append`` to the follower's hand, durable commit included (SQLite with ``synchronous=FULL``, a
private PostgreSQL with ``fsync`` on), all in one process. With PostgreSQL the feed also runs in a second way: over
another connection and the bus, as in another process. The figure to keep: p99 of 50 ms or less.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, aclosing, asynccontextmanager
from pathlib import Path

import msgspec

from goodword.platform.bus import LocalBus, PostgresBus
from goodword.platform.db import Database, open_database
from goodword.platform.db.migrate import migrate
from goodword.platform.events import SYSTEM, Fact, Feed, Stamp, append
from goodword.rig.postgres import NoPostgres, private_postgres

FOLLOWERS = 50
EACH_SECOND = 500


class LeafGrown(Fact):
    at_ns: int


async def main(seconds: float) -> None:
    print(f"{EACH_SECOND} events/s to {FOLLOWERS} followers")
    print(f"{'database':<26}{'delivered':>10}{'p50 ms':>9}{'p99 ms':>9}{'most ms':>9}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="goodword-bench-")))
        await measure("SQLite", f"sqlite:///{folder / 'goodword.db'}", seconds)
        try:
            server = stack.enter_context(private_postgres(durable=True))
        except NoPostgres as error:
            print(f"PostgreSQL: {error}")
            return
        await measure("PostgreSQL", server, seconds)
        await measure("PostgreSQL, over the bus", server, seconds)


async def measure(name: str, url: str, seconds: float) -> None:
    await migrate(url)
    async with desk(url, over_the_bus="bus" in name) as (database, feed):
        waits: list[int] = []
        events = int(EACH_SECOND * seconds)
        following = [asyncio.create_task(follow(feed, events, waits)) for _ in range(FOLLOWERS)]
        await asyncio.sleep(0.1)
        await grow(database, events)
        await asyncio.wait_for(asyncio.gather(*following), 30)
    waits.sort()
    p50, p99, most = (waits[int((len(waits) - 1) * part)] / 1e6 for part in (0.5, 0.99, 1))
    print(f"{name:<26}{len(waits):>10,}{p50:>9.2f}{p99:>9.2f}{most:>9.2f}")


@asynccontextmanager
async def desk(url: str, *, over_the_bus: bool) -> AsyncIterator[tuple[Database, Feed]]:
    """Where events are written, and the feed where they are followed."""
    writing, reading = await open_database(url), await open_database(url)
    buses = [PostgresBus(url, name) for name in ("writing", "reading")] if over_the_bus else [LocalBus()] * 2
    writing.on_commit = buses[0].ring
    if over_the_bus:
        seen = await buses[1].wait("hello", -1, 0)
        while await buses[1].wait("hello", seen, 0.05) == seen:
            buses[0].ring(frozenset({"hello"}))
    feed = Feed(reading, buses[1])
    await feed.start()
    yield writing, feed
    await feed.stop()
    for bus in buses:
        await bus.close()
    await writing.close()
    await reading.close()


async def follow(feed: Feed, events: int, waits: list[int]) -> None:
    async with aclosing(feed.follow(None)) as batches:
        async for batch in batches:
            now = time.perf_counter_ns()
            for entry in batch.entries:
                waits.append(now - msgspec.json.decode(entry.event.data, type=LeafGrown).at_ns)
                events -= 1
            if not events:
                return


async def grow(database: Database, events: int) -> None:
    """At an even pace, each in a transaction of its own, whether or not the last has been acknowledged."""
    began, pending = time.perf_counter(), set()
    for n in range(events):
        await asyncio.sleep(max(began + n / EACH_SECOND - time.perf_counter(), 0))
        fact = LeafGrown(at_ns=time.perf_counter_ns())
        task = asyncio.create_task(database.write(append, f"plant {n % 100}", fact, Stamp(1, SYSTEM)))
        pending.add(task)
        task.add_done_callback(pending.discard)
    await asyncio.gather(*pending)


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 4.0))
