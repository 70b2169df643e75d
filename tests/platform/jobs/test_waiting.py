"""Jobs before they run: asked for once or again, moved, cancelled, taken."""

import msgspec
import pytest

from goodword.platform.jobs import LostLease, Run, cancel, enqueue
from goodword.platform.jobs.store import claim, complete, next_due, renew

pytestmark = pytest.mark.anyio
NOON = 1_790_676_000_000
LEASE = 1_800


async def waiting(tx):
    rows = await tx.rows("SELECT kind, payload, run_at FROM jobs ORDER BY id")
    return [(row["kind"], msgspec.json.decode(row["payload"]), row["run_at"]) for row in rows]


async def ask(tx, n, at, **options):
    await enqueue(tx, "tea.brew", {"n": n}, at=at, **options)


async def take(database, now=NOON, worker="ada"):
    return await database.write(claim, worker, now, LEASE, 10)


async def test_what_is_asked_for_twice_under_one_name_waits_once(database):
    await database.write(ask, 1, NOON, dedupe="tea")
    await database.write(ask, 2, NOON + 5, dedupe="tea")
    await database.write(ask, 3, NOON)
    await database.write(ask, 4, NOON)
    assert [payload["n"] for _, payload, _ in await database.read(waiting)] == [1, 3, 4]


async def test_what_waits_can_be_moved_and_cancelled(database):
    await database.write(ask, 1, NOON, dedupe="tea")
    await database.write(ask, 2, NOON + 5, dedupe="tea", move=True)
    assert await database.read(waiting) == [("tea.brew", {"n": 2}, NOON + 5)]
    await database.write(cancel, "tea")
    await database.write(cancel, "tea")
    assert await database.read(waiting) == []


async def test_jobs_are_taken_when_due_the_earliest_first_and_by_one_worker(database):
    for n, at in enumerate((NOON + 1, NOON, NOON - 60_000)):
        await database.write(ask, n, at)
    assert await database.read(next_due, NOON) == NOON - 60_000
    assert [job.payload["n"] for job in await database.write(claim, "ada", NOON, LEASE, 1)] == [2]
    assert [job.payload["n"] for job in await take(database, worker="li")] == [1]
    assert await take(database, worker="jun") == []
    assert await database.read(next_due, NOON) == NOON + 1
    assert [job.payload["n"] for job in await take(database, NOON + 1, "jun")] == [0]


async def test_a_worker_that_is_waiting_knows_when_the_lease_of_a_dead_one_ends(database):
    await database.write(ask, 1, NOON)
    await take(database)
    assert await database.read(next_due, NOON + 100) == NOON + LEASE


async def test_a_lease_that_ran_out_is_lost_and_what_was_done_under_it_is_undone(database, clock, shelf):
    await database.write(ask, 1, NOON)
    [slow] = await take(database, NOON, "ada")
    [quick] = await take(database, NOON + LEASE, "li")
    assert (slow.id, slow.attempts, quick.attempts) == (quick.id, 1, 2)
    with pytest.raises(LostLease):
        await Run(slow, database, clock).finish(shelf.put, "tea of the slow one")
    await Run(quick, database, clock).finish(shelf.put, "tea of the quick one")
    assert await database.read(shelf.all) == ["tea of the quick one"]
    assert await database.read(waiting) == []


async def test_a_worker_that_takes_its_own_job_again_has_lost_the_first_lease_too(database, clock, shelf):
    """As when the machine slept."""
    await database.write(ask, 1, NOON)
    [before_sleep] = await take(database, NOON, "ada")
    [after_sleep] = await take(database, NOON + LEASE, "ada")
    with pytest.raises(LostLease):
        await Run(before_sleep, database, clock).finish(shelf.put, "tea from before")
    await Run(after_sleep, database, clock).finish(shelf.put, "tea from after")
    assert await database.read(shelf.all) == ["tea from after"]


async def test_only_leases_of_jobs_that_really_run_are_kept(database):
    """One whose end could not be written must come back by itself, however busy its worker is otherwise."""
    for n in (1, 2):
        await database.write(ask, n, NOON)
    runs, left = await take(database)
    await database.write(renew, "ada", [runs.id], NOON + 1_000 + LEASE)
    await database.write(renew, "somebody else", [left.id], NOON + 1_000 + LEASE)
    assert [job.id for job in await take(database, NOON + LEASE, "li")] == [left.id]


async def test_what_is_asked_for_while_it_runs_runs_once_more(database):
    """The one that runs may have looked before there was news."""
    await database.write(ask, 1, NOON, dedupe="index")
    [first] = await take(database)
    await database.write(ask, 2, NOON, dedupe="index")
    await database.write(ask, 3, NOON, dedupe="index")
    await database.write(complete, first)
    [second] = await take(database, NOON + 5)
    assert (second.payload, second.attempts) == ({"n": 3}, 1)
    await database.write(complete, second)
    assert await database.read(waiting) == []
    with pytest.raises(LostLease):
        await database.write(complete, first)


async def test_what_is_moved_while_it_runs_is_undone_and_runs_at_the_new_time(database, clock, shelf):
    await database.write(ask, 1, NOON, dedupe="wake")
    [first] = await take(database)
    await database.write(ask, 2, NOON + 60_000, dedupe="wake", move=True)
    with pytest.raises(LostLease):
        await Run(first, database, clock).finish(shelf.put, "woken too early")
    assert await database.read(shelf.all) == []
    assert await take(database, NOON + 59_999) == []
    assert [job.payload["n"] for job in await take(database, NOON + 60_000)] == [2]


async def test_what_is_cancelled_while_it_runs_is_undone(database, clock, shelf):
    await database.write(ask, 1, NOON, dedupe="wake")
    [job] = await take(database)
    await database.write(cancel, "wake")
    with pytest.raises(LostLease):
        await Run(job, database, clock).finish(shelf.put, "woken after all")
    assert await database.read(shelf.all) == []
