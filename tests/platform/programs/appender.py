"""Appends events as fast as it can and says the id of each once it is acknowledged; meant to be killed."""

import asyncio
import sys

from goodword.platform import ids
from goodword.platform.db import open_database
from goodword.platform.events import SYSTEM, Fact, Stamp, append

WRITERS = 16


class SeedSown(Fact):
    row: str


async def main(url: str) -> None:
    database = await open_database(url)

    async def sow() -> None:
        while True:
            row = ids.new("row", 0)
            await database.write(append, "garden", SeedSown(row=row), Stamp(1, SYSTEM), id=row)
            print(row, flush=True)

    await asyncio.gather(*(sow() for _ in range(WRITERS)))


asyncio.run(main(sys.argv[1]))
