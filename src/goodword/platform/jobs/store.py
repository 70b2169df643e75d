"""Every query on jobs."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import select, update

from goodword.platform.db import Row, Tx
from goodword.platform.jobs.model import Job, LostLease
from goodword.platform.jobs.tables import jobs

JOBS_BELL = "jobs"

ENQUEUE = """
INSERT INTO jobs (kind, payload, dedupe, run_at) VALUES (:kind, :payload, :dedupe, :at)
ON CONFLICT (dedupe) DO UPDATE SET payload = excluded.payload, state = 'ready', last_error = NULL,
  attempts = CASE WHEN jobs.state = 'dead' THEN 0 ELSE jobs.attempts END,
  run_at = CASE WHEN jobs.leased_until > 0 AND excluded.run_at <= jobs.run_at
    THEN jobs.run_at + 1 ELSE excluded.run_at END
  WHERE jobs.state = 'dead' OR jobs.leased_until > 0
"""
MOVE = """
INSERT INTO jobs (kind, payload, dedupe, run_at) VALUES (:kind, :payload, :dedupe, :at)
ON CONFLICT (dedupe) DO UPDATE SET payload = excluded.payload, run_at = excluded.run_at, state = 'ready', attempts = 0
"""
# MATERIALIZED: PostgreSQL might look for due jobs more than once otherwise, and lock more of them than it takes.
CLAIM = """
WITH due AS MATERIALIZED (
  SELECT id FROM jobs WHERE state = 'ready' AND run_at <= :now AND leased_until <= :now
  ORDER BY run_at, id LIMIT :limit {side_by_side}
)
UPDATE jobs SET leased_until = :until, worker = :worker, attempts = attempts + 1 WHERE id IN (SELECT id FROM due)
RETURNING id, kind, payload, attempts, worker, run_at
"""
COMPLETE = "DELETE FROM jobs WHERE id = :id AND worker = :worker AND attempts = :attempts AND run_at = :run_at"
# It was asked for again while it ran.
ONCE_MORE = """
UPDATE jobs SET leased_until = 0, attempts = 0
WHERE id = :id AND worker = :worker AND attempts = :attempts AND run_at > :run_at
"""
POSTPONE = """
UPDATE jobs SET run_at = :at, leased_until = 0, last_error = :error
WHERE id = :id AND worker = :worker AND attempts = :attempts
"""
BURY = """
UPDATE jobs SET state = 'dead', leased_until = 0, last_error = :error
WHERE id = :id AND worker = :worker AND attempts = :attempts
"""

# A queue of due jobs is short, however many timers lie in the future.
NEXT_DUE = """
SELECT min(due) FROM (
  SELECT min(run_at) AS due FROM jobs WHERE state = 'ready' AND leased_until = 0
  UNION ALL
  SELECT min(leased_until) FROM jobs WHERE state = 'ready' AND run_at <= :now AND leased_until > 0
) AS either
"""
SIDE_BY_SIDE = {"sqlite": "", "postgresql": "FOR UPDATE SKIP LOCKED"}


async def enqueue(
    tx: Tx, kind: str, payload: dict[str, Any], *, at: int, dedupe: str | None = None, move: bool = False
) -> None:
    """Have ``kind`` run with ``payload`` at ``at`` or soon after.

    While a job with the same ``dedupe`` waits, a second is not made; with ``move`` the waiting one takes the new time
    and payload instead. One that is running already runs once more afterwards; with ``move`` what it does now is
    undone, too. One that was given up is revived.
    """
    statement = MOVE if move else ENQUEUE
    await tx.run(statement, kind=kind, payload=msgspec.json.encode(payload).decode(), dedupe=dedupe, at=at)
    tx.ring(JOBS_BELL)


async def hasten(tx: Tx, dedupe: str, at: int) -> None:
    """Have the job that waits under ``dedupe`` run at ``at``, if there is one and it would run later."""
    sql = """UPDATE jobs SET run_at = :at
             WHERE dedupe = :dedupe AND state = 'ready' AND leased_until = 0 AND run_at > :at"""
    await tx.run(sql, dedupe=dedupe, at=at)
    tx.ring(JOBS_BELL)


async def cancel(tx: Tx, dedupe: str) -> None:
    """Forget the job that waits under ``dedupe``, if there is one."""
    await tx.run("DELETE FROM jobs WHERE dedupe = :dedupe", dedupe=dedupe)


async def claim(tx: Tx, worker: str, now: int, lease: int, limit: int) -> list[Job]:
    """Take up to ``limit`` due jobs for ``worker`` until ``now + lease``."""
    sql = CLAIM.format(side_by_side=SIDE_BY_SIDE[tx.engine])
    rows = await tx.rows(sql, worker=worker, now=now, until=now + lease, limit=limit)
    return sorted((_job(row) for row in rows), key=lambda job: job.id)


async def complete(tx: Tx, job: Job) -> None:
    """The job is done. ``LostLease``: it is somebody else's by now."""
    held = {"id": job.id, "worker": job.worker, "attempts": job.attempts, "run_at": job.run_at}
    if await tx.run(COMPLETE, **held):
        return
    if not await tx.run(ONCE_MORE, **held):
        raise LostLease(job.id)
    tx.ring(JOBS_BELL)


async def renew(tx: Tx, worker: str, running: Collection[int], until: int) -> None:
    """Keep the leases of the jobs with these ids; one that is just being finished is left alone, not waited for."""
    mine = select(jobs.c.id).where(jobs.c.id.in_(running), jobs.c.worker == worker, jobs.c.leased_until > 0)
    held = mine.with_for_update(skip_locked=True).cte("held")
    await tx.run(update(jobs).where(jobs.c.id.in_(select(held.c.id))).values(leased_until=until))


async def postpone(tx: Tx, job: Job, at: int, error: str) -> None:
    await tx.run(POSTPONE, id=job.id, worker=job.worker, attempts=job.attempts, at=at, error=error)
    tx.ring(JOBS_BELL)


async def bury(tx: Tx, job: Job, error: str) -> None:
    """Give the job up; it stays to be looked at and can be revived."""
    await tx.run(BURY, id=job.id, worker=job.worker, attempts=job.attempts, error=error)


async def next_due(tx: Tx, now: int) -> int | None:
    """When the earliest waiting job wants to run, or the first lease ends, in milliseconds since 1970 UTC."""
    due: int | None = await tx.value(NEXT_DUE, now=now)
    return due


async def dead(tx: Tx, limit: int = 100) -> Sequence[Row]:
    """Jobs that were given up, newest first, with ``last_error``."""
    return await tx.rows("SELECT * FROM jobs WHERE state = 'dead' ORDER BY id DESC LIMIT :limit", limit=limit)


async def revive(tx: Tx, id: int, at: int) -> bool:
    """Try a job that was given up again from the beginning."""
    sql = "UPDATE jobs SET state = 'ready', attempts = 0, run_at = :at WHERE id = :id AND state = 'dead'"
    tx.ring(JOBS_BELL)
    return bool(await tx.run(sql, id=id, at=at))


def _job(row: Row) -> Job:
    return Job(
        row["id"], row["kind"], msgspec.json.decode(row["payload"]), row["attempts"], row["worker"], row["run_at"]
    )
