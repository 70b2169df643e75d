"""Gus insults Li; Li is offered a pause, and what comes meanwhile goes to somebody else."""

import pytest

from goodword.platform.clock import MINUTE
from goodword.platform.events import latest
from goodword.staff import find_agent
from tests.desks import house

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(tmp_path, database_url, clock):
    async with house(tmp_path, database_url, clock) as opened:
        yield opened


async def hard_conversation(desk, text="You idiots, you are useless!", agent="li"):
    """Gus has written it to the agent, and the agent is done with it."""
    gus = await desk.visitor("en")
    answer = (await gus.says(text)).json()
    await desk.settle()
    client = await desk.signed_in(agent)
    await client.post(f"/api/v1/conversations/{answer['conversation_id']}/take-over")
    desk.clock.go_on(1_000)
    await gus.says("Are you stupid?" if "idiots" in text else text)
    await client.post(f"/api/v1/conversations/{answer['conversation_id']}/close")
    await desk.settle()
    return client


async def test_a_pause_is_offered_after_an_abusive_conversation(desk):
    li = await hard_conversation(desk)
    offer = (await li.get("/api/v1/me/pause")).json()
    assert offer["offered_for"].startswith("cnv_")
    assert offer["until"] is None
    events = await desk.desk.services.database.read(latest, desk.agents["li"].id, 20)
    assert [event.type for event in events].count("PauseOffered") == 1


async def test_a_calm_conversation_offers_nothing(desk):
    li = await hard_conversation(desk, "Where is my kettle?")
    assert (await li.get("/api/v1/me/pause")).json()["offered_for"] is None


async def test_what_was_written_before_the_agent_got_it_does_not_count(desk):
    gus = await desk.visitor("en")
    conversation = (await gus.says("You idiots!")).json()["conversation_id"]
    li = await desk.signed_in("li")
    await li.post(f"/api/v1/conversations/{conversation}/take-over")
    await gus.says("Sorry. Where is my parcel?")
    await li.post(f"/api/v1/conversations/{conversation}/close")
    await desk.settle()
    assert (await li.get("/api/v1/me/pause")).json()["offered_for"] is None


async def test_a_pause_keeps_new_work_away_until_it_is_over(desk):
    li = await hard_conversation(desk)
    taken = (await li.post("/api/v1/me/pause", json={"minutes": 10})).json()
    assert taken["until"] == desk.clock.now() + 10 * MINUTE
    assert taken["offered_for"] is None
    database = desk.desk.services.database
    assert (await database.read(find_agent, desk.agents["li"].id)).availability == "away"
    desk.clock.go_on(10 * MINUTE)
    await desk.settle()
    assert (await database.read(find_agent, desk.agents["li"].id)).availability == "available"
    assert (await li.get("/api/v1/me/pause")).json()["until"] is None


async def test_who_signs_off_during_the_pause_stays_off(desk):
    li = await hard_conversation(desk)
    await li.post("/api/v1/me/pause", json={"minutes": 5})
    await li.put("/api/v1/me/availability", json={"availability": "offline"})
    desk.clock.go_on(5 * MINUTE)
    await desk.settle()
    assert (await desk.desk.services.database.read(find_agent, desk.agents["li"].id)).availability == "offline"


async def test_the_timer_of_an_old_pause_does_not_end_a_new_one(desk):
    li = await hard_conversation(desk)
    await li.post("/api/v1/me/pause", json={"minutes": 5})
    await li.delete("/api/v1/me/pause")
    desk.clock.go_on(MINUTE)
    await li.post("/api/v1/me/pause", json={"minutes": 30})
    desk.clock.go_on(5 * MINUTE)
    await desk.settle()
    assert (await li.get("/api/v1/me/pause")).json()["until"] is not None


async def test_a_declined_offer_does_not_come_back_within_the_hour(desk):
    li = await hard_conversation(desk)
    await li.post("/api/v1/me/pause/decline")
    await hard_conversation(desk)
    assert (await li.get("/api/v1/me/pause")).json()["offered_for"] is None
    desk.clock.go_on(61 * MINUTE)
    await hard_conversation(desk)
    assert (await li.get("/api/v1/me/pause")).json()["offered_for"] is not None


async def test_a_pause_of_any_length_is_refused(desk):
    li = await desk.signed_in("li")
    answer = await li.post("/api/v1/me/pause", json={"minutes": 600})
    assert answer.status_code == 400
