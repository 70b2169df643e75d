"""What customers need done by themselves."""

from goodword.customers.actions.block import unblock_when_due
from goodword.customers.store import forget_sessions
from goodword.platform.clock import DAY
from goodword.platform.db import Tx
from goodword.platform.jobs import Run, enqueue

FORGET_SESSIONS = "customers.forget_sessions"


async def forget_sessions_daily(tx: Tx, at: int) -> None:
    """See to it that visitors' sessions whose time is over are dropped, once a day."""
    await enqueue(tx, FORGET_SESSIONS, {}, at=at, dedupe=FORGET_SESSIONS)


async def on_forget_sessions(run: Run) -> None:
    await run.finish(_forget, run.clock.now())


async def on_unblock(run: Run) -> None:
    """The time for which somebody was blocked is over."""
    await run.finish(unblock_when_due, run.clock.now(), run.job.payload["customer_id"])


async def _forget(tx: Tx, now: int) -> None:
    await forget_sessions(tx, now)
    await forget_sessions_daily(tx, now + DAY)
