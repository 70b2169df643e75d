"""A worker that takes a job and never finishes it; says so, and waits to be killed."""

import asyncio
import sys

from goodword.platform.bus import LocalBus
from goodword.platform.clock import SystemClock
from goodword.platform.db import open_database
from goodword.platform.jobs import Run, Worker


async def main(url: str, kind: str) -> None:
    database = await open_database(url)

    async def hang(run: Run) -> None:
        print("taken", flush=True)
        await asyncio.Event().wait()

    Worker("hanging", database, LocalBus(), SystemClock(), {kind: hang}).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main(sys.argv[1], sys.argv[2]))
