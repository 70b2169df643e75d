"""How many jobs a second are done, and how long a job lies idle when its worker is killed.

    python benchmarks/jobs.py [kills]

Throughput: jobs that touch only the database (``Run.finish``), one worker, 32 at once. Gap: a worker in another
process is killed with SIGKILL while it holds a job; the time until a worker of this process has it. The figure to
keep: 2 seconds or less.
"""

import asyncio
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from goodword.platform.bus import LocalBus
from goodword.platform.clock import SystemClock
from goodword.platform.db import Database, Tx, open_database
from goodword.platform.db.migrate import migrate
from goodword.platform.jobs import Run, Worker, enqueue
from goodword.rig.postgres import NoPostgres, private_postgres

JOBS = 2_000
CLOCK = SystemClock()


async def main(kills: int) -> None:
    print(f"{'database':<12}{'jobs/s':>8}{'kills':>7}{'gap, median s':>15}{'gap, longest s':>16}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="goodword-bench-")))
        await measure("SQLite", f"sqlite:///{folder / 'goodword.db'}", kills)
        try:
            await measure("PostgreSQL", stack.enter_context(private_postgres(durable=True)), kills)
        except NoPostgres as error:
            print(f"PostgreSQL: {error}")


async def measure(name: str, url: str, kills: int) -> None:
    await migrate(url)
    database, bus = await open_database(url), LocalBus()
    database.on_commit = bus.ring
    each_second = await throughput(database, bus)
    gaps = sorted([await gap(url, database, bus) for _ in range(kills)])
    await database.close()
    print(f"{name:<12}{each_second:>8,.0f}{kills:>7}{gaps[len(gaps) // 2]:>15.2f}{gaps[-1]:>16.2f}")


async def throughput(database: Database, bus: LocalBus) -> float:
    left, done = JOBS, asyncio.Event()

    async def nothing(tx: Tx) -> None:
        pass

    async def sweep(run: Run) -> None:
        nonlocal left
        await run.finish(nothing)
        left -= 1
        if not left:
            done.set()

    async def ask(tx: Tx) -> None:
        for n in range(JOBS):
            await enqueue(tx, "sweep", {"n": n}, at=CLOCK.now())

    await database.write(ask)
    worker = Worker("sweeper", database, bus, CLOCK, {"sweep": sweep})
    began = time.perf_counter()
    worker.start()
    await done.wait()
    took = time.perf_counter() - began
    await worker.stop()
    return JOBS / took


async def gap(url: str, database: Database, bus: LocalBus) -> float:
    """Seconds from the kill until the job runs here."""
    hanging = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "hang", url, stdout=asyncio.subprocess.PIPE
    )
    assert hanging.stdout
    await hanging.stdout.readline()
    taken = asyncio.Event()

    async def take(run: Run) -> None:
        taken.set()

    async def ask(tx: Tx) -> None:
        await enqueue(tx, "hang", {}, at=CLOCK.now())

    await database.write(ask)
    await hanging.stdout.readline()
    worker = Worker("heir", database, bus, CLOCK, {"hang": take})
    worker.start()
    # A random moment between two renewals of the lease.
    await asyncio.sleep(0.6 + time.time_ns() % 500_000_000 / 1e9)
    hanging.kill()
    killed = time.perf_counter()
    await taken.wait()
    waited = time.perf_counter() - killed
    await worker.stop()
    await hanging.wait()
    return waited


async def hang(url: str) -> None:
    """In the other process: take a job, say so, and wait for the end."""
    database = await open_database(url)

    async def take(run: Run) -> None:
        print("taken", flush=True)
        await asyncio.Event().wait()

    Worker("hanging", database, LocalBus(), CLOCK, {"hang": take}).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    if sys.argv[1:2] == ["hang"]:
        asyncio.run(hang(sys.argv[2]))
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
