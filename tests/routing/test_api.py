"""Whoever may set how work is given out sets it, and it counts at once."""

import pytest

from goodword.platform.events import SYSTEM, Stamp
from goodword.staff import connect
from tests.desks import house

pytestmark = pytest.mark.anyio
NIGHTS = {"timezone": "Europe/Paris", "week": [[{"start": "22:00", "end": "06:00"}]] * 7}


@pytest.fixture
async def desk(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        yield desk


async def opens(desk, key: str) -> None:
    """His workspace, as if his browser did it."""
    services = desk.desk.services
    agent = desk.agents[key]
    await services.database.write(connect, Stamp(desk.clock.now(), SYSTEM), agent.id, f"tab-{key}")
    await desk.settle()


async def wants_a_person(desk) -> str:
    dana = await desk.visitor()
    id = (await dana.says("Where is my kettle?")).json()["conversation_id"]
    await desk.settle()
    await dana.says("I want to talk to a person, please.")
    await desk.settle()
    return id


async def row(client, id: str) -> dict:
    return (await client.get(f"/api/v1/conversations/{id}")).json()["conversation"]


async def test_settings_are_kept_told_and_undone(desk):
    ada = await desk.signed_in("ada")
    before = (await ada.get("/api/v1/routing")).json()["settings"]
    change = {"skills": [{"name": "Refunds", "must": True}], "tags": {"refund": "refunds"}, "return_begun_minutes": 5}
    after = (await ada.patch("/api/v1/routing", json=change)).json()["settings"]
    assert after["skills"] == [{"name": "refunds", "must": True}]
    assert (after["tags"], after["return_begun_minutes"]) == ({"refund": "refunds"}, 5)
    undone = await ada.patch("/api/v1/routing", json={name: before[name] for name in change})
    assert undone.json()["settings"] == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"tags": {"refund": "nobody has it"}}, "tags"),
        ({"skills": [{"name": "law"}, {"name": " LAW "}]}, "skills"),
        ({"skill_minutes": -1}, "skill_minutes"),
        ({"channels": {"chn_x": {"team_id": "tem_none"}}}, "channels"),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"ahead": {"king": 3}}, "ahead"),
    ],
)
async def test_what_can_not_be_is_refused_with_a_sentence(desk, change, field):
    ada = await desk.signed_in("ada")
    answer = await ada.patch("/api/v1/routing", json=change, headers={"Accept-Language": "fr"})
    assert answer.status_code == 400
    assert field in answer.json()["fields"]
    assert len(answer.json()["detail"]) > 20


async def test_only_who_may_sets_them_and_everybody_of_the_staff_reads_them(desk):
    jun = await desk.signed_in("jun")
    assert (await jun.get("/api/v1/routing")).status_code == 200
    assert (await jun.patch("/api/v1/routing", json={"skill_minutes": 1})).status_code == 403
    own = f"/api/v1/agents/{desk.agents['jun'].id}/duty"
    assert (await jun.put(own, json={"skills": ["law"]})).status_code == 403


async def test_an_agent_shows_what_he_is_good_at_and_when_he_works(desk):
    ada = await desk.signed_in("ada")
    duty = {"skills": ["Refunds"], "channel_loads": {"webchat": 3}, "shifts": NIGHTS}
    answer = await ada.put(f"/api/v1/agents/{desk.agents['jun'].id}/duty", json=duty)
    assert answer.status_code == 200, answer.text
    agents = (await ada.get("/api/v1/agents")).json()["agents"]
    jun = next(agent for agent in agents if agent["name"] == "Jun Park")
    assert (jun["skills"], jun["channel_loads"]) == (["refunds"], {"webchat": 3})
    assert jun["duty"]["has_shifts"]
    assert not jun["duty"]["is_on"]
    assert jun["duty"]["today"] == [{"start": "22:00", "end": "06:00"}]


async def test_a_shift_that_is_set_counts_at_once_and_so_does_working_now(desk):
    ada, jun = await desk.signed_in("ada"), await desk.signed_in("jun")
    duty = f"/api/v1/agents/{desk.agents['jun'].id}/duty"
    await ada.put(duty, json={"shifts": NIGHTS})
    await opens(desk, "jun")
    id = await wants_a_person(desk)
    assert (await row(ada, id))["assignee"] is None
    mine = (await jun.put("/api/v1/me/duty", json={"now": True})).json()
    assert (mine["is_on"], mine["extra"]) == (True, True)
    await desk.settle()
    assert (await row(ada, id))["assignee"]["name"] == "Jun Park"
    await jun.put("/api/v1/me/availability", json={"availability": "offline"})
    assert not (await jun.get("/api/v1/me/duty")).json()["extra"]


async def test_the_visitor_is_told_when_the_desk_opens(desk):
    ada = await desk.signed_in("ada")
    office = {"timezone": "Europe/Paris", "week": [[{"start": "10:00", "end": "18:00"}]] * 7}
    shown = (await ada.patch("/api/v1/routing", json={"opening": office})).json()
    assert shown["opens_at"] == desk.clock.now() + 3_600_000
    dana = await desk.visitor()
    await dana.says("I want to talk to a person, please.")
    await desk.settle()
    told = [event["data"] for event in await dana.news() if event["type"] == "NobodyAvailable"]
    assert told == [{"expected_answer_seconds": 3_600, "opens_at": shown["opens_at"]}]


async def test_a_team_says_how_it_works(desk):
    ada = await desk.signed_in("ada")
    care = (await ada.post("/api/v1/teams", json={"name": "Care", "members": [desk.agents["jun"].id]})).json()
    assert (care["strategy"], care["overflow_minutes"], care["overflow_to"]) == ("least_loaded", 10, None)
    path = f"/api/v1/teams/{care['id']}"
    changed = await ada.patch(path, json={"strategy": "round_robin", "overflow_minutes": None, "shifts": NIGHTS})
    assert changed.json()["shifts"]["week"][0] == [{"start": "22:00", "end": "06:00"}]
    assert (await ada.patch(path, json={"overflow_to": care["id"]})).status_code == 400
    back = (await ada.patch(path, json={"shifts": None})).json()
    assert (back["strategy"], back["overflow_minutes"], back["shifts"]) == ("round_robin", None, None)


async def test_a_customer_may_be_one_of_those_who_come_first(desk):
    ada = await desk.signed_in("ada")
    dana = await desk.visitor()
    conversation = (await dana.says("Where is my kettle?")).json()["conversation_id"]
    id = (await row(ada, conversation))["customer"]["id"]
    assert (await ada.get(f"/api/v1/customers/{id}")).json()["tier"] == "standard"
    card = await ada.patch(f"/api/v1/customers/{id}", json={"tier": "vip"})
    assert card.json()["tier"] == "vip"
    assert (await ada.get(f"/api/v1/customers/{id}")).json()["tier"] == "vip"
    assert (await ada.patch(f"/api/v1/customers/{id}", json={"tier": "king"})).status_code == 400
