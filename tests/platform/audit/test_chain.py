"""Whatever is done to the log behind its back is found out."""

import asyncio
from typing import Any

import pytest

from goodword.platform.audit import Anchor, link_settled, redact, verify
from goodword.platform.audit.linking import BATCH
from goodword.platform.audit.model import BEGINNING, content_hash, parse_anchor
from goodword.platform.audit.store import head, not_linked
from goodword.platform.audit.subscribers import CHECK, LINK, check_now, keep_the_chain, on_check_due, on_link_due
from goodword.platform.clock import DAY
from goodword.platform.errors import BadInput, Conflict, NotFound
from goodword.platform.events import SYSTEM, Actor, Stamp, append, by_seq, latest
from goodword.platform.events.store import come_home
from goodword.platform.jobs import Worker

pytestmark = pytest.mark.anyio
TRIGGERS = (
    ("events_keep_their_header", "events"),
    ("events_keep_their_content", "events"),
    ("events_stay", "events"),
    ("audit_links_keep", "audit_links"),
    ("audit_links_stay", "audit_links"),
)


@pytest.fixture
def boil(database, boiled):
    """So many kettles, each with a word on who it was for."""

    async def boil(many, name="Li Na"):
        async def deed(tx):
            return [
                await append(tx, f"ket_{cups}", boiled(cups=cups), Stamp(cups, Actor("agent", "agt_1", name)))
                for cups in range(1, many + 1)
            ]

        return await database.write(deed)

    return boil


@pytest.fixture
async def behind_its_back(database):
    """SQL by somebody who owns the database: the first thing he does is to get rid of the triggers."""
    dropped: list[str] = []

    async def run(sql, **values):
        async def deed(tx):
            for name, table in TRIGGERS if not dropped else ():
                await tx.run(f"DROP TRIGGER {name}" + (f" ON {table}" if tx.engine == "postgresql" else ""))
            return await tx.run(sql, **values)

        touched = await database.write(deed)
        dropped.append(sql)
        assert touched, sql

    yield run
    if dropped:
        await database.write(_put_triggers_back)


async def _put_triggers_back(tx):
    """On PostgreSQL the tests share one database; SQLite's goes with the test."""
    if tx.engine == "sqlite":
        return
    header = "UPDATE OF seq, id, type, at, stream, actor_kind, actor_id, cause, hops"
    plain, unless = "goodword_refuse", "goodword_refuse_unless_redacted"
    for name, what, table, function in (
        ("events_keep_their_header", header, "events", plain),
        ("events_keep_their_content", "UPDATE OF actor_name, data", "events", unless),
        ("events_stay", "DELETE", "events", plain),
        ("audit_links_keep", "UPDATE", "audit_links", plain),
        ("audit_links_stay", "DELETE", "audit_links", plain),
    ):
        await tx.run(f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()")


async def trouble_of(database, anchor=BEGINNING):
    trouble = (await verify(database, anchor)).trouble
    assert trouble is not None
    return trouble


async def test_an_empty_log_is_what_it_was(database):
    verdict = await verify(database)
    assert (verdict.sound, verdict.checked, verdict.waiting) == (True, 0, 0)


async def test_every_event_is_linked_once_in_order(database, boil):
    seqs = await boil(2 * BATCH + 3)
    assert await database.read(not_linked) == len(seqs)
    assert await link_settled(database) == len(seqs)
    assert await link_settled(database) == 0
    verdict = await verify(database)
    assert (verdict.sound, verdict.checked, verdict.waiting) == (True, len(seqs), 0)
    assert verdict.head == await database.read(head)


async def test_who_is_stopped_in_the_middle_is_gone_on_from(database, boil):
    seqs = await boil(3 * BATCH)
    assert await link_settled(database, batches=1) == BATCH
    verdict = await verify(database)
    assert (verdict.sound, verdict.checked, verdict.waiting) == (True, BATCH, 2 * BATCH)
    assert await link_settled(database) == len(seqs) - BATCH
    assert (await verify(database)).sound


async def test_two_who_link_at_once_make_one_chain(database, boil, opened):
    seqs = await boil(2 * BATCH)
    others = [await opened() for _ in range(3)]
    linked = await asyncio.gather(*(link_settled(one) for one in (database, *others)))
    linked.append(await link_settled(database))
    assert sum(linked) == len(seqs)
    assert (await verify(database)).checked == len(seqs)


async def test_an_event_of_a_transaction_that_still_runs_waits_for_its_link(database, boil, boiled, opened):
    await boil(2)
    slow = await opened()
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def late(tx):
        await append(tx, "ket_late", boiled(), Stamp(5, SYSTEM))
        if tx.engine == "postgresql":
            begun.set()
            await go_on.wait()

    running = asyncio.create_task(slow.write(late))
    if slow.__class__.__name__ == "PostgresDatabase":
        await begun.wait()
        await boil(1, "Jun Park")
        assert await link_settled(database) == 2
        go_on.set()
    await running
    await link_settled(database)
    verdict = await verify(database)
    assert (verdict.sound, verdict.waiting) == (True, 0)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET data = '{}' WHERE seq = :seq",
        "UPDATE events SET actor_name = 'Somebody' WHERE seq = :seq",
        "UPDATE events SET actor_id = 'agt_2' WHERE seq = :seq",
        "UPDATE events SET at = at + 1 WHERE seq = :seq",
        "UPDATE events SET stream = 'ket_x', type = 'Other' WHERE seq = :seq",
        "UPDATE audit_links SET hash = '" + "0" * 64 + "' WHERE seq = :seq",
    ],
)
async def test_what_was_changed_is_found(database, boil, behind_its_back, sql):
    seqs = await boil(5)
    await link_settled(database)
    await behind_its_back(sql, seq=seqs[2])
    trouble = await trouble_of(database)
    assert (trouble.kind, trouble.position, trouble.seq) == ("changed", 3, seqs[2])


async def test_what_was_removed_is_found(database, boil, behind_its_back):
    seqs = await boil(5)
    await link_settled(database)
    await behind_its_back("DELETE FROM events WHERE seq = :seq", seq=seqs[1])
    trouble = await trouble_of(database)
    assert (trouble.kind, trouble.seq) == ("missing", seqs[1])
    await behind_its_back("DELETE FROM audit_links WHERE seq = :seq", seq=seqs[1])
    trouble = await trouble_of(database)
    assert (trouble.kind, trouble.position) == ("gap", 2)


async def test_what_was_slipped_in_is_found(database, boil, behind_its_back):
    seqs = await boil(3)
    await link_settled(database)
    sql = """
    INSERT INTO events (seq, xid, id, type, at, stream, actor_kind, actor_name, hops, data)
    VALUES (:seq, 0, 'evt_false', 'KettleBoiled', 1, 'ket_1', 'system', '', 0, '{}')
    """
    await behind_its_back(sql, seq=seqs[0] - 1)
    await link_settled(database)
    trouble = await trouble_of(database)
    assert (trouble.kind, trouble.seq) == ("slipped_in", seqs[0] - 1)


async def test_a_chain_that_was_made_anew_is_betrayed_by_an_anchor_kept_elsewhere(database, boil, behind_its_back):
    await boil(4)
    await link_settled(database)
    kept = await database.read(head)
    assert parse_anchor(str(kept)) == kept
    await boil(2, "Jun Park")
    await link_settled(database)
    verdict = await verify(database, kept)
    assert (verdict.sound, verdict.checked) == (True, 2)

    await behind_its_back("UPDATE events SET actor_name = 'Somebody' WHERE actor_name = 'Li Na'")
    await behind_its_back("DELETE FROM audit_links")
    await link_settled(database)
    assert (await verify(database)).sound
    assert (await trouble_of(database, kept)).kind == "anchor"
    assert (await trouble_of(database, Anchor(99, kept.hash))).kind == "anchor"


async def test_the_databases_refuse_to_change_or_delete(database, boil):
    seqs = await boil(2)
    await link_settled(database)
    for sql in (
        "UPDATE events SET data = '{}' WHERE seq = :seq",
        "UPDATE events SET actor_name = '' WHERE seq = :seq",
        "UPDATE events SET type = 'Other' WHERE seq = :seq",
        "DELETE FROM events WHERE seq = :seq",
        "UPDATE audit_links SET hash = '' WHERE seq = :seq",
        "DELETE FROM audit_links WHERE seq = :seq",
    ):
        with pytest.raises(Conflict):
            await database.write(_run, sql, seq=seqs[0])
    assert (await verify(database)).sound


async def test_an_event_forgets_what_it_said_and_the_chain_still_fits(database, boil, boiled):
    seqs = await boil(3, "Dana Evans")
    await link_settled(database)
    stamp = Stamp(9, Actor("agent", "agt_1", "Ada Silva"))
    await database.write(redact, stamp, seqs[1], boiled(cups=0), reason="Dana asked for it")
    # Twice is as good as once: the hash of what was said first stays.
    await database.write(redact, stamp, seqs[1], boiled(cups=0), reason="Dana asked for it")
    event = await database.read(by_seq, seqs[1])
    assert (event.fact().cups, event.actor.name) == (0, "")
    assert [one.type for one in await database.read(latest, "audit", 5)] == ["EventRedacted"] * 2
    await link_settled(database)
    verdict = await verify(database)
    assert (verdict.sound, verdict.redacted, verdict.checked) == (True, 1, 5)
    with pytest.raises(NotFound):
        await database.write(redact, stamp, 10_000, boiled(), reason="nothing there")
    with pytest.raises(Conflict):
        await database.write(_run, "DELETE FROM redactions WHERE seq = :seq", seq=seqs[1])


async def test_what_forgets_before_it_is_linked_is_linked_as_it_was_said(database, boil, boiled):
    seqs = await boil(3)
    await database.write(redact, Stamp(9, SYSTEM), seqs[1], boiled(cups=0), reason="at once")
    assert await link_settled(database) == 4
    verdict = await verify(database)
    assert (verdict.sound, verdict.redacted) == (True, 1)


async def test_a_content_that_went_silently_is_found(database, boil):
    seqs = await boil(3)
    await link_settled(database)
    event = await database.read(by_seq, seqs[1])
    hash = content_hash(event.actor.name, bytes(event.data).decode())
    await database.write(
        _run, "INSERT INTO redactions (seq, content_hash) VALUES (:seq, :hash)", seq=seqs[1], hash=hash
    )
    await database.write(_run, "UPDATE events SET data = '{}' WHERE seq = :seq", seq=seqs[1])
    trouble = await trouble_of(database)
    assert (trouble.kind, trouble.seq) == ("unannounced", seqs[1])


async def test_a_log_that_was_restored_elsewhere_still_fits_and_goes_on(database, boil, boiled):
    await boil(4)
    await link_settled(database, batches=1)
    await boil(3, "Jun Park")

    async def from_a_younger_server(tx):
        if tx.engine == "postgresql":
            await tx.run("UPDATE events SET xid = 4000000000000 + xid")
        await come_home(tx)

    await database.write(from_a_younger_server)
    await boil(2, "Ada Silva")
    assert await link_settled(database) == 5
    verdict = await verify(database)
    assert (verdict.sound, verdict.checked, verdict.waiting) == (True, 9, 0)


async def test_jobs_keep_the_chain_and_look_at_it_daily(database, bus, clock, boil, behind_its_back):
    worker = Worker("one", database, bus, clock, {LINK: on_link_due, CHECK: on_check_due})
    seqs = await boil(7)
    await database.write(keep_the_chain, clock.now())
    await worker.run_until_idle()
    assert (await verify(database)).checked == 7
    await behind_its_back("UPDATE events SET data = '{}' WHERE seq = :seq", seq=seqs[3])
    for _ in range(2):
        clock.go_on(DAY)
        await worker.run_until_idle()
    [told] = await database.read(latest, "audit", 5)
    fact: Any = told.fact()
    assert (told.type, fact.kind, fact.seq) == ("LogFoundChanged", "changed", seqs[3])
    await database.write(check_now, clock.now())
    await worker.run_until_idle()
    jobs = await database.read(_jobs)
    assert [kind for kind, _ in jobs] == [CHECK, LINK]
    assert all(at > clock.now() for _, at in jobs)


@pytest.mark.parametrize("text", ["", "7", "7:", "7:zz", f"-1:{'0' * 64}", f"1:{'0' * 63}", f"1:{'A' * 64}"])
def test_what_is_no_anchor_is_refused(text):
    with pytest.raises(BadInput):
        parse_anchor(text)


async def _run(tx, sql, **values):
    return await tx.run(sql, **values)


async def _jobs(tx):
    return [(row["kind"], row["run_at"]) for row in await tx.rows("SELECT kind, run_at FROM jobs ORDER BY kind")]
