"""Migrates a database as a starting process does."""

import asyncio
import sys

from goodword.platform.db.migrate import is_current, migrate


async def main(url: str) -> bool:
    await migrate(url)
    return await is_current(url)


sys.exit(0 if asyncio.run(main(sys.argv[1])) else 1)
