"""What was said before there was an index finds its way into it: a batch at a time, newest first."""

from typing import Final

from goodword.conversations.search.index import take_in_more
from goodword.platform.db import Tx
from goodword.platform.jobs import Run, enqueue

TAKE_IN_BACKLOG: Final = "conversations.take_in_backlog"


async def ask_for_backlog(tx: Tx, at: int) -> None:
    """See to it at every start that what is not in the index gets there."""
    if await tx.value("SELECT 1 FROM messages WHERE place IS NULL LIMIT 1"):
        await enqueue(tx, TAKE_IN_BACKLOG, {}, at=at, dedupe=TAKE_IN_BACKLOG)


async def take_in_backlog(run: Run) -> None:
    await run.finish(_take_in, run.clock.now())


async def _take_in(tx: Tx, now: int) -> None:
    await take_in_more(tx)
    await ask_for_backlog(tx, now)
