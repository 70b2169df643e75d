import asyncio

import msgspec
import pytest

from goodword.platform.errors import BadInput, Broken, Forbidden
from goodword.platform.events import SYSTEM, Actor, Fact, Stamp, append, by_id, by_seq, earlier, latest, since
from goodword.platform.events.model import MOST_HOPS
from goodword.platform.events.store import parse_cursor

ADA = Actor("agent", "agt_ada", "Ada Silva")
STAMP = Stamp(1_790_665_200_000, ADA, cause="evt_before", hops=2)


@pytest.mark.anyio
async def test_a_fact_comes_back_as_it_was_recorded(database, boiled):
    seq = await database.write(append, "kitchen", boiled(cups=3), STAMP)
    event = await database.read(by_seq, seq)
    assert event.fact() == boiled(cups=3)
    assert (event.type, event.stream, event.at, event.actor) == ("KettleBoiled", "kitchen", STAMP.at, ADA)
    assert (event.cause, event.hops) == ("evt_before", 2)
    assert await database.read(by_id, event.id) == event
    assert event.stamp(7) == Stamp(7, SYSTEM, cause=event.id, hops=3)
    assert msgspec.json.decode(event.public()) == {
        "seq": seq,
        "id": event.id,
        "type": "KettleBoiled",
        "at": STAMP.at,
        "stream": "kitchen",
        "actor": {"kind": "agent", "id": "agt_ada", "name": "Ada Silva"},
        "cause": "evt_before",
        "data": {"cups": 3},
    }


@pytest.mark.anyio
async def test_whoever_subscribed_gets_a_job_in_the_same_transaction(opened, boiled):
    database = await opened({"KettleBoiled": ("tea.brew", "tea.count")})
    rung: list[frozenset[str]] = []
    database.on_commit = rung.append

    async def boil_and_trip(tx):
        await append(tx, "kitchen", boiled(), STAMP)
        raise Broken("tripped")

    async def jobs(tx):
        rows = await tx.rows("SELECT kind, payload, run_at FROM jobs ORDER BY kind")
        return [(row["kind"], msgspec.json.decode(row["payload"]), row["run_at"]) for row in rows]

    with pytest.raises(Broken):
        await database.write(boil_and_trip)
    assert await database.read(jobs) == []
    assert await database.read(latest, "kitchen", 10) == []
    seq = await database.write(append, "kitchen", boiled(), STAMP)
    assert await database.read(jobs) == [(kind, {"seq": seq}, STAMP.at) for kind in ("tea.brew", "tea.count")]
    assert rung == [frozenset({"events", "jobs"})]


@pytest.mark.anyio
async def test_a_fact_with_an_id_of_its_own_is_recorded_once_however_many_ask(opened, boiled):
    one, other = await opened({"KettleBoiled": ("tea.brew",)}), await opened({"KettleBoiled": ("tea.brew",)})
    asked = [
        each.write(append, "kitchen", boiled(), STAMP, id="evt_the_first_kettle") for each in (one, other, one, other)
    ]
    numbers = await asyncio.gather(*asked)
    assert sorted(numbers)[:3] == [0, 0, 0]
    assert sorted(numbers)[3] > 0

    async def count(tx):
        return await tx.value("SELECT count(*) FROM events"), await tx.value("SELECT count(*) FROM jobs")

    assert await one.read(count) == (1, 1)


@pytest.mark.anyio
async def test_a_time_line_is_read_from_its_end(database, boiled):
    async def morning(tx):
        return [await append(tx, ("kitchen", "garden")[n % 2], boiled(cups=n), STAMP) for n in range(10)]

    numbers = await database.write(morning)
    newest = await database.read(latest, "kitchen", 2)
    assert [event.fact().cups for event in newest] == [6, 8]
    assert [event.seq for event in await database.read(earlier, "kitchen", newest[0].seq, 10)] == numbers[0:6:2]
    assert [event.fact().cups for event in await database.read(since, "0.0", 3, "garden")] == [1, 3, 5]


@pytest.mark.anyio
async def test_reactions_that_chase_each_other_stop(database, boiled):
    stamp = STAMP
    for _ in range(MOST_HOPS - STAMP.hops + 1):
        seq = await database.write(append, "kitchen", boiled(), stamp)
        stamp = (await database.read(by_seq, seq)).stamp(STAMP.at)
    with pytest.raises(Broken, match="loop"):
        await database.write(append, "kitchen", boiled(), stamp)


def test_two_packages_can_not_call_a_fact_the_same(boiled):
    with pytest.raises(TypeError, match="KettleBoiled"):
        type("KettleBoiled", (Fact,), {"__module__": "another.package"})


def test_a_fact_from_before_a_field_was_added_is_still_read(boiled):
    assert msgspec.json.decode(b'{"of_a_field_to_come": 1}', type=boiled) == boiled(cups=1)


def test_an_actor_may_do_what_its_rights_say_and_the_program_everything():
    STAMP.need("anything")
    limited = msgspec.structs.replace(STAMP, rights=frozenset({"tea.brew"}))
    limited.need("tea.brew")
    with pytest.raises(Forbidden):
        limited.need("tea.throw_away")


@pytest.mark.parametrize(
    "cursor",
    ["", "1", ".", "1.", ".1", "-1.2", "1.-2", "1.2.3", "a.b", "٣.٤", "1. 2", "9223372036854775808.1", "1." + "9" * 30],
)
def test_what_is_no_cursor_of_ours_is_refused(cursor):
    with pytest.raises(BadInput):
        parse_cursor(cursor)


@pytest.mark.anyio
async def test_the_largest_cursor_there_is_finds_nothing(database):
    assert await database.read(since, f"{2**63 - 1}.{2**63 - 1}", 10) == []
