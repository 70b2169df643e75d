import asyncio

import pytest

from goodword.platform.clock import HOUR, SECOND, SystemClock
from goodword.platform.errors import BadInput, Conflict, RateLimited, Rejected, Unavailable, Unreachable
from goodword.platform.jobs import MOST_ATTEMPTS, Run, Worker, dead, enqueue, hasten, pause_before, revive
from goodword.platform.jobs.store import claim

pytestmark = pytest.mark.anyio


async def ask(tx, kind, at, **options):
    await enqueue(tx, kind, {}, at=at, **options)


async def state(tx):
    row = await tx.row("SELECT state, run_at, attempts, leased_until, last_error FROM jobs")
    return dict(row) if row else None


def worker_for(database, bus, clock, **handlers):
    return Worker("ada", database, bus, clock, {f"tea.{name}": handler for name, handler in handlers.items()})


def failing(*errors):
    """A handler that fails with one error after the other, and then succeeds."""
    left = list(errors)

    async def handler(run):
        if left:
            raise left.pop(0)

    return handler


async def test_two_workers_race_and_each_job_has_its_effect_once(opened, database, shelf, bus):
    clock, jobs, ran = SystemClock(), 60, []

    async def brew(run):
        ran.append(run.job.payload["n"])
        await run.finish(shelf.put, f"cup {run.job.payload['n']:02}")

    async def ask_all(tx):
        for n in range(jobs):
            await enqueue(tx, "tea.brew", {"n": n}, at=clock.now())

    workers = []
    for _ in range(2):
        one = await opened()
        one.on_commit = bus.ring
        workers.append(worker_for(one, bus, clock, brew=brew))
    for worker in workers:
        worker.start()
    await database.write(ask_all)
    async with asyncio.timeout(10):
        while await database.read(state):
            await bus.wait("nothing", 0, 0.02)
    for worker in workers:
        await worker.stop()
    assert await database.read(shelf.all) == [f"cup {n:02}" for n in range(jobs)]
    assert len(ran) == jobs


@pytest.mark.fault
async def test_when_a_worker_is_killed_another_takes_its_job(database, database_url, shelf, bus, run_program):
    clock, done = SystemClock(), asyncio.Event()

    async def brew(run):
        await run.finish(shelf.put, f"cup at attempt {run.job.attempts}")
        done.set()

    worker = worker_for(database, bus, clock, brew=brew)
    async with run_program("hanging_worker.py", database_url, "tea.brew") as hanging:
        assert await hanging.line() == "ready"
        await database.write(ask, "tea.brew", clock.now())
        assert await hanging.line() == "taken"
        worker.start()
        await hanging.kill()
        await asyncio.wait_for(done.wait(), 5)
    await worker.stop()
    assert await database.read(shelf.all) == ["cup at attempt 2"]
    assert await database.read(state) is None


async def test_what_fails_is_tried_again_after_longer_and_longer_pauses_then_buried_and_can_be_revived(
    database, bus, clock
):
    worker = worker_for(database, bus, clock, brew=failing(*[OSError("no water")] * MOST_ATTEMPTS))
    await database.write(ask, "tea.brew", clock.now())
    for attempt in range(1, MOST_ATTEMPTS):
        await worker.run_until_idle()
        job = await database.read(state)
        assert (job["attempts"], job["state"], job["leased_until"]) == (attempt, "ready", 0)
        assert job["run_at"] == clock.now() + pause_before(attempt)
        clock.go_on(pause_before(attempt) - 1)
        await worker.run_until_idle()
        assert (await database.read(state))["attempts"] == attempt, "not a millisecond too early"
        clock.go_on(1)
    await worker.run_until_idle()
    [buried] = await database.read(dead)
    assert (buried["attempts"], buried["last_error"]) == (MOST_ATTEMPTS, "OSError: no water")
    clock.go_on(24 * HOUR)
    await worker.run_until_idle()
    assert await database.read(state), "the dead don't run"
    assert await database.write(revive, buried["id"], clock.now())
    assert not await database.write(revive, buried["id"], clock.now())
    await worker.run_until_idle()
    assert await database.read(state) is None


def test_pauses_double_up_to_six_hours():
    assert [pause_before(attempt) // SECOND for attempt in (1, 2, 3, 12, 60, 10_000)] == [1, 2, 4, 2048, 21600, 21600]


@pytest.mark.parametrize("error", [Rejected("no such number"), BadInput("text_too_long")])
async def test_what_can_not_succeed_is_buried_at_once(database, bus, clock, error):
    await database.write(ask, "tea.brew", clock.now())
    await worker_for(database, bus, clock, brew=failing(error)).run_until_idle()
    assert (await database.read(state))["state"] == "dead"


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (Conflict("taken"), 1 * SECOND),
        (RateLimited(retry_after=7), 7 * SECOND),
        (Unreachable(retry_after=90.5), 90_500),
        (Unavailable(retry_after=1e300), 6 * HOUR),
        (Unreachable(retry_after=-5), 0),
        (ValueError("a mistake of ours, perhaps mended by then"), 1 * SECOND),
    ],
)
async def test_what_may_succeed_later_is_tried_when_the_other_side_says_within_reason(
    database, bus, clock, error, pause
):
    await database.write(ask, "tea.brew", clock.now())
    [job] = await database.write(claim, "ada", clock.now(), 1_800, 1)
    worker = worker_for(database, bus, clock, brew=failing(error))
    await worker._attempt(job)
    assert (await database.read(state))["run_at"] == clock.now() + pause


async def test_a_kind_nobody_here_knows_waits_for_one_who_does(database, bus, clock):
    """While a new version is rolled out, the old one may take a job that only the new one can do."""
    await database.write(ask, "tea.brew", clock.now())
    await worker_for(database, bus, clock).run_until_idle()
    assert (await database.read(state))["state"] == "ready"
    clock.go_on(pause_before(1))
    await worker_for(database, bus, clock, brew=failing()).run_until_idle()
    assert await database.read(state) is None


async def test_a_job_that_kills_its_worker_time_and_again_is_buried(database, bus, clock):
    await database.write(ask, "tea.brew", clock.now())
    for _ in range(MOST_ATTEMPTS):
        assert len(await database.write(claim, "dies", clock.now(), 1_800, 1)) == 1
        clock.go_on(1_800)
    await worker_for(database, bus, clock, brew=failing()).run_until_idle()
    buried = await database.read(state)
    assert (buried["state"], buried["last_error"]) == ("dead", "Broken: broken: worker_died")


async def test_what_was_buried_is_revived_when_it_is_asked_for_again(database, bus, clock):
    worker = worker_for(database, bus, clock, brew=failing(Rejected("closed")))
    await database.write(ask, "tea.brew", clock.now(), dedupe="every morning")
    await worker.run_until_idle()
    assert (await database.read(state))["state"] == "dead"
    await database.write(ask, "tea.brew", clock.now(), dedupe="every morning")
    await worker.run_until_idle()
    assert await database.read(state) is None


async def test_a_worker_that_stops_keeps_the_lease_of_what_it_still_runs(database, bus, clock, shelf):
    began, go_on = asyncio.Event(), asyncio.Event()

    async def brew(run):
        began.set()
        await go_on.wait()
        await run.finish(shelf.put, "the last cup")

    await database.write(ask, "tea.brew", clock.now())
    worker = worker_for(database, bus, clock, brew=brew)
    worker.start()
    await began.wait()
    stopping = asyncio.create_task(worker.stop())
    clock.go_on(1_500)
    async with asyncio.timeout(5):
        while (await database.read(state))["leased_until"] <= clock.now() + 1_500:
            await bus.wait("nothing", 0, 0.02)
    assert await database.write(claim, "li", clock.now() + 1_000, 1_800, 1) == []
    go_on.set()
    await asyncio.wait_for(stopping, 5)
    assert await database.read(shelf.all) == ["the last cup"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_worker_outlives_whatever_its_database_throws(database, bus, shelf):
    clock, done = SystemClock(), asyncio.Event()

    class Moody:
        read, failures = database.read, [RuntimeError("out of threads")]

        async def write(self, deed, *args, **kwargs):
            if self.failures:
                raise self.failures.pop()
            return await database.write(deed, *args, **kwargs)

    async def brew(run):
        done.set()

    await database.write(ask, "tea.brew", clock.now())
    worker = worker_for(Moody(), bus, clock, brew=brew)
    worker.start()
    await asyncio.wait_for(done.wait(), 5)
    await worker.stop()


async def test_a_job_that_waits_may_be_called_forward_and_never_back(database, bus, clock):
    ran = []

    async def brew(run: Run) -> None:
        ran.append(run.clock.now())

    worker = worker_for(database, bus, clock, brew=brew)
    await database.write(enqueue, "tea.brew", {}, at=clock.now() + 60_000, dedupe="tea")
    await database.write(hasten, "tea", clock.now() + 90_000)
    await database.write(hasten, "coffee", clock.now())
    await worker.run_until_idle()
    assert ran == []
    await database.write(hasten, "tea", clock.now())
    await worker.run_until_idle()
    assert ran == [clock.now()]
