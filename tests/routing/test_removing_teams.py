"""A team that is removed can be fetched back for a while; then whatever named it lets go of it."""

from typing import Any

import pytest

from goodword.conversations.actions import leave_team
from goodword.platform.clock import MINUTE, SECOND
from goodword.platform.events import latest
from goodword.staff.actions.remove_team import FETCHED_BACK_WITHIN
from tests.desks import house

pytestmark = pytest.mark.anyio


class Parted:
    """Ada's desk with the team Parcels, in which Li and Jun are."""

    def __init__(self, desk: Any, ada: Any, team: str) -> None:
        self.desk, self.ada, self.team = desk, ada, team
        self.door = f"/api/v1/teams/{team}"

    async def at_work(self) -> str:
        """A conversation of the team's that Li has."""
        id = (await (await self.desk.visitor()).says("Where is my kettle?")).json()["conversation_id"]
        await self.desk.settle()
        given = {"agent_id": self.desk.agents["li"].id, "team_id": self.team}
        answer = await self.ada.post(f"/api/v1/conversations/{id}/assign", json=given)
        assert answer.json()["conversation"]["team"]["id"] == self.team, answer.text
        return str(id)

    async def row(self, id: str) -> dict[str, Any]:
        answer = await self.ada.get(f"/api/v1/conversations/{id}")
        return dict(answer.json()["conversation"])

    async def goes(self) -> None:
        """Removed for good."""
        assert (await self.ada.delete(self.door)).status_code == 204
        self.desk.clock.go_on(FETCHED_BACK_WITHIN + SECOND)
        await self.desk.settle()

    async def events(self, stream: str) -> list[str]:
        return [event.type for event in await self.desk.desk.services.database.read(latest, stream, 50)]

    async def teams(self) -> dict[str, Any]:
        return {one["name"]: one for one in (await self.ada.get("/api/v1/teams")).json()["teams"]}


@pytest.fixture
async def parted(tmp_path, database_url, clock):
    async with house(tmp_path, database_url, clock, assistant_answers=False) as desk:
        ada = await desk.signed_in("ada")
        members = [desk.agents[name].id for name in ("li", "jun")]
        team = (await ada.post("/api/v1/teams", json={"name": "Parcels", "members": members})).json()["id"]
        yield Parted(desk, ada, team)


async def test_its_conversations_belong_to_no_team_and_say_so(parted):
    id = await parted.at_work()
    await parted.goes()
    row = await parted.row(id)
    assert (row["team"], row["assignee"]["name"], row["status"]) == (None, "Li Na", "open")
    (left,) = [e for e in await parted.desk.desk.services.database.read(latest, id, 50) if e.type == "TeamLeft"]
    assert (left.fact().team.name, left.actor.name) == ("Parcels", "Ada Silva")
    back = await parted.ada.post(f"/api/v1/conversations/{id}/assign", json={"agent_id": None})
    assert back.status_code == 200, "it can be given on"


async def test_very_many_let_go_lot_by_lot(parted, monkeypatch):
    monkeypatch.setattr(leave_team, "AT_ONCE", 2)
    ids = [await parted.at_work() for _ in range(5)]
    await parted.ada.post(f"/api/v1/conversations/{ids[0]}/close")
    await parted.goes()
    assert [(await parted.row(id))["team"] for id in ids] == [None] * 5
    assert [(await parted.events(id)).count("TeamLeft") for id in ids] == [1] * 5


async def test_fetched_back_in_time_nothing_has_changed(parted):
    id = await parted.at_work()
    await parted.ada.patch(parted.door, json={"strategy": "round_robin", "overflow_minutes": 3})
    before = await parted.teams()
    assert (await parted.ada.delete(parted.door)).status_code == 204
    assert await parted.teams() == {}
    parted.desk.clock.go_on(8 * SECOND)
    await parted.desk.settle()
    assert (await parted.ada.post(f"{parted.door}/restore")).status_code == 200
    parted.desk.clock.go_on(MINUTE)
    await parted.desk.settle()
    assert await parted.teams() == before
    assert ((await parted.row(id))["team"]["name"], (await parted.events(id)).count("TeamLeft")) == ("Parcels", 0)
    assert (await parted.ada.post(f"{parted.door}/restore")).status_code == 404, "it is there"


async def test_after_a_while_it_is_gone_for_good(parted):
    await parted.goes()
    assert (await parted.ada.post(f"{parted.door}/restore")).status_code == 404
    assert (await parted.ada.delete(parted.door)).status_code == 404
    assert (await parted.events(parted.team))[-2:] == ["TeamRemoved", "TeamForgotten"]


async def test_its_name_may_be_anothers_meanwhile(parted):
    await parted.ada.delete(parted.door)
    await parted.ada.post("/api/v1/teams", json={"name": "Parcels"})
    back = await parted.ada.post(f"{parted.door}/restore")
    assert (back.status_code, back.json()["reason"]) == (409, "team_taken")


async def test_while_it_can_be_fetched_back_its_customers_are_answered_all_the_same(parted):
    id = await parted.at_work()
    await parted.ada.delete(parted.door)
    released = await parted.ada.post(f"/api/v1/conversations/{id}/assign", json={"agent_id": None})
    assert released.status_code == 200, released.text
    await parted.desk.settle()
    row = await parted.row(id)
    assert (row["handler"], row["team"]) == ("nobody", None), "routing has looked for somebody, and nobody is there"
    li = await parted.desk.signed_in("li")
    assert (await li.post(f"/api/v1/conversations/{id}/take-over")).status_code == 200


async def test_what_came_in_for_it_and_what_overflowed_to_it_is_for_everyone(parted):
    channel = parted.desk.chat.id
    rule = {"channels": {channel: {"team_id": parted.team, "skill": None}}}
    assert (await parted.ada.patch("/api/v1/routing", json=rule)).status_code == 200
    post = (await parted.ada.post("/api/v1/teams", json={"name": "Post"})).json()["id"]
    await parted.ada.patch(f"/api/v1/teams/{post}", json={"overflow_to": parted.team})
    await parted.goes()
    assert (await parted.ada.get("/api/v1/routing")).json()["settings"]["channels"] == {}
    assert (await parted.teams())["Post"]["overflow_to"] is None


async def test_rules_that_name_it_are_switched_off_and_say_so(parted):
    gives = {"name": "Gives", "when": {"event": "opened"}, "steps": [{"do": "team", "team": parted.team}]}
    asks = {
        "name": "Asks",
        "when": {"event": "opened"},
        "conditions": [{"field": "team", "op": "is", "value": [parted.team]}],
        "steps": [{"do": "close"}],
    }
    other = {"name": "Other", "when": {"event": "closed"}, "steps": [{"do": "tag", "tags": ["done"]}]}
    for rule in (gives, asks, other):
        assert (await parted.ada.post("/api/v1/rules", json=rule | {"enabled": True})).status_code == 201
    await parted.goes()
    rules = {one["name"]: one for one in (await parted.ada.get("/api/v1/rules")).json()["rules"]}
    assert {name: (one["enabled"], one["gone"]) for name, one in rules.items()} == {
        "Gives": (False, True),
        "Asks": (False, True),
        "Other": (True, False),
    }
    assert "assign to the team (deleted)" in rules["Gives"]["sentence"]
    assert "the team is (deleted)" in rules["Asks"]["sentence"]


async def test_what_was_kept_for_it_is_everyones(parted):
    whose = {"scope": "team", "team_id": parted.team}
    await parted.ada.post("/api/v1/canned", json={"key": "late", "texts": {"en": "It is late."}, **whose})
    await parted.ada.post("/api/v1/macros", json={"name": "Late", "steps": [{"do": "close"}], **whose})
    await parted.goes()
    (canned,) = (await parted.ada.get("/api/v1/canned")).json()["canned"]
    (macro,) = (await parted.ada.get("/api/v1/macros")).json()["macros"]
    assert [(one["scope"], one["team_id"]) for one in (canned, macro)] == [("everyone", None)] * 2


async def test_who_looks_after_the_staff_removes_it_and_nobody_else(parted):
    li = await parted.desk.signed_in("li")
    assert (await li.delete(parted.door)).status_code == 403
    await parted.ada.delete(parted.door)
    assert (await li.post(f"{parted.door}/restore")).status_code == 403
