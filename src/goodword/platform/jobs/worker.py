"""Runs jobs: claims what is due, keeps its leases alive, tries again what failed."""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress

import structlog

from goodword.platform.bus import Bus
from goodword.platform.clock import SECOND, Clock
from goodword.platform.db import Database
from goodword.platform.errors import Broken, GoodwordError
from goodword.platform.jobs.model import MOST_ATTEMPTS, Job, LostLease, is_final, pause_after
from goodword.platform.jobs.run import Handler, Run
from goodword.platform.jobs.store import JOBS_BELL, bury, claim, complete, next_due, postpone, renew

# A worker that was killed must be replaced within two seconds, so its leases may not outlive it for longer.
LEASE = 1_800
RENEW_EVERY = 0.5
LOOK_ANYWAY = 1.0

log = structlog.get_logger(__name__)


class Worker:
    """Works until it is stopped; several may work side by side on one database.

    Where they work on several machines, the clocks of these must agree to within half a second.
    """

    def __init__(
        self,
        name: str,
        database: Database,
        bus: Bus,
        clock: Clock,
        handlers: Mapping[str, Handler],
        at_once: int = 32,
    ) -> None:
        # Who starts anew under an old name must not keep the leases of his predecessor alive.
        self._name = f"{name[:24]}-{secrets.token_hex(6)}"
        self._database = database
        self._bus = bus
        self._clock = clock
        self.handlers = handlers
        self._at_once = at_once
        self._running: dict[asyncio.Task[None], Job] = {}
        self._working: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._working = asyncio.create_task(self._work_forever())
        self._keeping = asyncio.create_task(self._keep_leases())

    async def stop(self) -> None:
        """Take no new job and wait for those that run, keeping their leases meanwhile."""
        await _ended(self._working)
        await asyncio.gather(*self._running, return_exceptions=True)
        await _ended(self._keeping)

    async def run_until_idle(self) -> None:
        """Run everything that is due now, and what that sets off.

        For scripts and tests, with a clock that stands still.
        """
        while jobs := await self._claim():
            await asyncio.gather(*(self._attempt(job) for job in jobs))

    async def _work_forever(self) -> None:
        rung = await self._bus.wait(JOBS_BELL, -1, 0)
        while True:
            try:
                for job in await self._claim():
                    task = asyncio.create_task(self._attempt(job))
                    self._running[task] = job
                    task.add_done_callback(self._running.pop)
                if len(self._running) >= self._at_once:
                    await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                    continue
                rung = await self._bus.wait(JOBS_BELL, rung, await self._pause())
            except Exception as error:
                # Whatever it is: a worker that has stopped looks like a desk with nothing to do.
                log.warning("jobs.cannot_claim", error=repr(error))
                await asyncio.sleep(LOOK_ANYWAY)

    async def _claim(self) -> list[Job]:
        free = self._at_once - len(self._running)
        return await self._database.write(claim, self._name, self._clock.now(), LEASE, free) if free > 0 else []

    async def _pause(self) -> float:
        due = await self._database.read(next_due, self._clock.now())
        until_due = LOOK_ANYWAY if due is None else (due - self._clock.now()) / SECOND
        return min(max(until_due, 0.005), LOOK_ANYWAY)

    async def _attempt(self, job: Job) -> None:
        run = Run(job, self._database, self._clock)
        try:
            if job.attempts > MOST_ATTEMPTS:
                raise Broken("worker_died")
            await self.handlers[job.kind](run)
            if not run.finished:
                await self._database.write(complete, job)
        except LostLease:
            log.info("jobs.lost_lease", kind=job.kind, job=job.id)
        except Exception as error:
            await self._failed(job, error)

    async def _failed(self, job: Job, error: Exception) -> None:
        final = is_final(error) or job.attempts >= MOST_ATTEMPTS
        trouble = f"{type(error).__name__}: {error}"
        log.warning("jobs.failed", kind=job.kind, job=job.id, attempt=job.attempts, final=final, error=trouble)
        try:
            if final:
                await self._database.write(bury, job, trouble)
            else:
                at = self._clock.now() + pause_after(error, job.attempts)
                await self._database.write(postpone, job, at, trouble)
        except GoodwordError:
            log.warning("jobs.left_to_its_lease", kind=job.kind, job=job.id)

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY)
            running = [job.id for job in self._running.values()]
            if running:
                with suppress(Exception):
                    await self._database.write(renew, self._name, running, self._clock.now() + LEASE)


async def _ended(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
