"""How many events a second are made durable, by how many callers at once ask for it.

    python benchmarks/writes.py [seconds]

SQLite commits with ``synchronous=FULL``; PostgreSQL with its own settings (``fsync`` and ``synchronous_commit`` on),
in a private cluster on this machine. A caller asks for the next one when the last is acknowledged. The figure to
keep: 2,000 messages a second through HTTP on SQLite, so the log below it must take several times that.
"""

import asyncio
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from goodword.platform.db import Database, open_database
from goodword.platform.db.migrate import migrate
from goodword.platform.events import SYSTEM, Fact, Stamp, append
from goodword.rig.postgres import NoPostgres, private_postgres

CALLERS = (1, 16, 256)


class SeedSown(Fact):
    row: str = "Basil, third row, under glass"


async def main(seconds: float) -> None:
    print(f"{'database':<12}{'callers':>8}{'events/s':>10}{'p50 ms':>9}{'p99 ms':>9}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="goodword-bench-")))
        await measure("SQLite", f"sqlite:///{folder / 'goodword.db'}", seconds)
        try:
            await measure("PostgreSQL", stack.enter_context(private_postgres(durable=True)), seconds)
        except NoPostgres as error:
            print(f"PostgreSQL: {error}")


async def measure(name: str, url: str, seconds: float) -> None:
    await migrate(url)
    database = await open_database(url)
    for callers in CALLERS:
        waits = await writing(database, callers, seconds)
        p50, p99 = (waits[int(len(waits) * part)] * 1_000 for part in (0.5, 0.99))
        print(f"{name:<12}{callers:>8}{len(waits) / seconds:>10,.0f}{p50:>9.2f}{p99:>9.2f}")
    await database.close()


async def writing(database: Database, callers: int, seconds: float) -> list[float]:
    """How long each caller waited for each of his events, sorted."""
    until, waits = time.perf_counter() + seconds, []

    async def caller() -> None:
        while (began := time.perf_counter()) < until:
            await database.write(append, "garden", SeedSown(), Stamp(time.time_ns() // 1_000_000, SYSTEM))
            waits.append(time.perf_counter() - began)

    await asyncio.gather(*(caller() for _ in range(callers)))
    return sorted(waits)


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0))
