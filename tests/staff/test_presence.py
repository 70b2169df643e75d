"""Who is there."""

import asyncio

import pytest

from goodword.platform.clock import SECOND
from goodword.platform.events import latest
from goodword.platform.jobs import Worker
from goodword.staff import (
    PRESENCE_DUE,
    AvailableAgent,
    Caller,
    available_agents,
    beat,
    connect,
    disable,
    disconnect,
    edit_agent,
    find_agent,
    set_availability,
)
from goodword.staff.subscribers import on_presence_due

pytestmark = pytest.mark.anyio


def as_caller(agent, clock):
    return Caller(agent=agent).stamp(clock.now())


async def changes(database, agent):
    events = await database.read(latest, agent.id, 50)
    facts = [event.fact() for event in events if event.type == "AgentAvailabilityChanged"]
    return [(fact.availability, fact.online) for fact in facts]


@pytest.fixture
def worker(database, bus, clock):
    return Worker("night", database, bus, clock, {PRESENCE_DUE: on_presence_due})


async def test_an_agent_is_there_while_a_workspace_is_open(database, clock, li_na):
    stamp = as_caller(li_na, clock)
    await database.write(connect, stamp, li_na.id, "one")
    await database.write(connect, stamp, li_na.id, "two")
    await database.write(disconnect, stamp, li_na.id, "one")
    assert await changes(database, li_na) == [("available", True)]
    await database.write(disconnect, stamp, li_na.id, "two")
    await database.write(disconnect, stamp, li_na.id, "two")
    assert await changes(database, li_na) == [("available", True), ("available", False)]


async def test_who_is_there_and_available_can_be_given_work(database, clock, ada, li_na):
    assert await database.read(available_agents, clock.now()) == []
    await database.write(connect, as_caller(li_na, clock), li_na.id, "one")
    free = AvailableAgent(li_na.id, "Li Na", ("zh-Hans", "zh-Hant", "en"), 6)
    assert await database.read(available_agents, clock.now()) == [free]
    await database.write(set_availability, as_caller(li_na, clock), li_na.id, "away")
    assert await database.read(available_agents, clock.now()) == []
    await database.write(set_availability, as_caller(li_na, clock), li_na.id, "available")
    await database.write(edit_agent, as_caller(ada, clock), li_na.id, role="analyst")
    assert await database.read(available_agents, clock.now()) == []


async def test_who_falls_silent_is_given_nothing_and_soon_known_to_be_gone(database, clock, li_na, worker):
    await database.write(connect, as_caller(li_na, clock), li_na.id, "one")
    clock.go_on(44 * SECOND)
    await worker.run_until_idle()
    assert await changes(database, li_na) == [("available", True)]
    clock.go_on(1 * SECOND)
    assert await database.read(available_agents, clock.now()) == []
    await worker.run_until_idle()
    assert await changes(database, li_na) == [("available", True), ("available", False)]


async def test_beats_keep_an_agent_there(database, clock, li_na, worker):
    await database.write(connect, as_caller(li_na, clock), li_na.id, "one")
    for _ in range(12):
        clock.go_on(15 * SECOND)
        await database.write(beat, as_caller(li_na, clock), li_na.id, "one")
        await worker.run_until_idle()
    assert await changes(database, li_na) == [("available", True)]
    assert len(await database.read(available_agents, clock.now())) == 1
    clock.go_on(60 * SECOND)
    await worker.run_until_idle()
    assert (await database.read(find_agent, li_na.id)).online is False


async def test_a_beat_after_a_long_silence_brings_an_agent_back(database, clock, li_na, worker):
    await database.write(connect, as_caller(li_na, clock), li_na.id, "one")
    clock.go_on(60 * SECOND)
    await worker.run_until_idle()
    await database.write(beat, as_caller(li_na, clock), li_na.id, "one")
    assert [online for _, online in await changes(database, li_na)] == [True, False, True]
    clock.go_on(60 * SECOND)
    await worker.run_until_idle()
    assert [online for _, online in await changes(database, li_na)] == [True, False, True, False]


async def test_what_an_agent_chose_outlives_the_night(database, clock, li_na, worker):
    await database.write(set_availability, as_caller(li_na, clock), li_na.id, "away")
    await database.write(connect, as_caller(li_na, clock), li_na.id, "one")
    await database.write(disconnect, as_caller(li_na, clock), li_na.id, "one")
    clock.go_on(60 * SECOND)
    await worker.run_until_idle()
    assert (await database.read(find_agent, li_na.id)).availability == "away"


async def test_the_same_choice_twice_is_no_news(database, clock, li_na):
    for _ in range(2):
        await database.write(set_availability, as_caller(li_na, clock), li_na.id, "away")
    assert await changes(database, li_na) == [("away", False)]


async def test_who_leaves_for_good_is_not_there(database, clock, ada, li_na):
    await database.write(connect, as_caller(li_na, clock), li_na.id, "one")
    await database.write(disable, as_caller(ada, clock), li_na.id)
    assert await changes(database, li_na) == [("available", True), ("available", False)]
    await database.write(beat, as_caller(li_na, clock), li_na.id, "one")
    assert await database.read(available_agents, clock.now()) == []
    assert (await database.read(find_agent, li_na.id)).online is False


async def test_choosing_and_coming_at_once_lose_nothing(database, clock, li_na):
    stamp = as_caller(li_na, clock)
    await asyncio.gather(
        *(database.write(connect, stamp, li_na.id, f"c{number}") for number in range(6)),
        database.write(set_availability, stamp, li_na.id, "away"),
    )
    agent = await database.read(find_agent, li_na.id)
    assert (agent.availability, agent.online) == ("away", True)
    assert len(await changes(database, li_na)) == 2
