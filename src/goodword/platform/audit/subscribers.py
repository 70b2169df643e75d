"""What is done later, again and again: link what has happened, look at the chain once a day."""

from typing import Final

import structlog

from goodword.platform.audit.events import STREAM, LogFoundChanged
from goodword.platform.audit.linking import BATCH, link_settled
from goodword.platform.audit.model import Verdict
from goodword.platform.audit.store import Check, head, keep_check, last_check
from goodword.platform.audit.verifying import verify
from goodword.platform.clock import DAY, SECOND
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp, append
from goodword.platform.jobs import Run, enqueue

LINK: Final = "audit.link"
CHECK: Final = "audit.check"
WHILE_BUSY = 3 * SECOND
WHILE_QUIET = 15 * SECOND
# One attempt stays short; whoever has more to link comes back at once.
BATCHES_AT_A_TIME = 10
ANCHOR_EVERY = 10_000

log = structlog.get_logger(__name__)


async def keep_the_chain(tx: Tx, now: int) -> None:
    """A chore of every start."""
    await enqueue(tx, LINK, {}, at=now, dedupe=LINK)
    await enqueue(tx, CHECK, {}, at=now + DAY, dedupe=CHECK)


async def check_now(tx: Tx, now: int) -> None:
    """Look at the whole chain as soon as a worker is free."""
    await enqueue(tx, CHECK, {}, at=now, dedupe=CHECK, move=True)


async def on_link_due(run: Run) -> None:
    before = await run.database.read(head)
    linked = await link_settled(run.database, BATCHES_AT_A_TIME)
    now = await run.database.read(head)
    if now.position // ANCHOR_EVERY > before.position // ANCHOR_EVERY:
        log.info("audit.anchor", anchor=str(now))
    await run.finish(enqueue, LINK, {}, at=run.clock.now() + _pause_after(linked), dedupe=LINK)


def _pause_after(linked: int) -> int:
    if linked >= BATCHES_AT_A_TIME * BATCH:
        return 0
    return WHILE_BUSY if linked else WHILE_QUIET


async def on_check_due(run: Run) -> None:
    verdict = await verify(run.database)
    if verdict.trouble:
        log.error("audit.log_was_changed", kind=verdict.trouble.kind, seq=verdict.trouble.seq)
    else:
        log.info("audit.anchor", anchor=str(verdict.head))
    await run.finish(_keep, run.clock.now(), verdict)


async def _keep(tx: Tx, now: int, verdict: Verdict) -> None:
    known = await last_check(tx)
    trouble = verdict.trouble
    if trouble and (known is None or known.verdict.trouble != trouble):
        fact = LogFoundChanged(kind=trouble.kind, position=trouble.position, seq=trouble.seq)
        await append(tx, STREAM, fact, Stamp(now, SYSTEM))
    await keep_check(tx, Check(now, verdict))
    await enqueue(tx, CHECK, {}, at=now + DAY, dedupe=CHECK)
