"""Texts that are kept for everyone, for a team or for oneself, and how often each was sent."""

from typing import Any

import pytest

from goodword.conversations.canned import CannedAnswer
from goodword.platform.clock import HOUR, MINUTE
from goodword.platform.events import latest
from tests.desks import house

pytestmark = pytest.mark.anyio
TEXTS = {"en": "It leaves tomorrow.", "fr": "Il part demain."}


@pytest.fixture
async def desk(tmp_path, database_url, clock):
    async with house(tmp_path, database_url, clock) as whole:
        yield whole


async def kept(client: Any, key: str, **more: Any) -> CannedAnswer:
    answer = await client.post("/api/v1/canned", json={"key": key, "texts": TEXTS, **more})
    assert answer.status_code == 201, answer.text
    return CannedAnswer(**answer.json())


async def seen(client: Any) -> dict[str, int]:
    """The keys of what is offered, each with how often it was used."""
    return {one["key"]: one["used"] for one in (await client.get("/api/v1/canned")).json()["canned"]}


async def asked(desk: Any, text: str = "When does my kettle leave?") -> str:
    return (await (await desk.visitor()).says(text)).json()["conversation_id"]


async def test_whose_it_is_decides_who_sees_it(desk):
    ada, li, jun = [await desk.signed_in(name) for name in ("ada", "li", "jun")]
    asia = (await ada.post("/api/v1/teams", json={"name": "Asia", "members": [desk.agents["jun"].id]})).json()["id"]
    await kept(ada, "thanks")
    await kept(ada, "duty", scope="team", team_id=asia)
    await kept(li, "my-way", scope="mine")
    assert set(await seen(li)) == {"thanks", "my-way"}
    assert set(await seen(jun)) == {"thanks", "duty"}
    assert set(await seen(ada)) == {"thanks", "duty"}, "who looks after all sees the teams', and nobody's own"


async def test_ones_own_may_be_called_like_everybodys(desk):
    ada, li, jun = [await desk.signed_in(name) for name in ("ada", "li", "jun")]
    await kept(ada, "thanks")
    for agent in (li, jun):
        await kept(agent, "thanks", scope="mine")
        twice = await agent.post("/api/v1/canned", json={"key": "Thanks", "texts": TEXTS, "scope": "mine"})
        assert (twice.status_code, twice.json()["reason"]) == (409, "canned_taken")
    assert len((await li.get("/api/v1/canned")).json()["canned"]) == 2


async def test_who_may_only_answer_keeps_nothing_for_others(desk):
    ada, li, jun = [await desk.signed_in(name) for name in ("ada", "li", "jun")]
    shared, own = await kept(ada, "thanks"), await kept(li, "my-way", scope="mine")
    assert (await li.post("/api/v1/canned", json={"key": "hello", "texts": TEXTS})).status_code == 403
    for id, changes in (
        (shared.id, {"key": "thank-you"}),
        (shared.id, {"scope": "mine"}),
        (own.id, {"scope": "everyone"}),
    ):
        assert (await li.patch(f"/api/v1/canned/{id}", json=changes)).status_code == 403
    for someone in (jun, ada):
        for answer in (
            await someone.patch(f"/api/v1/canned/{own.id}", json={"key": "your-way"}),
            await someone.delete(f"/api/v1/canned/{own.id}"),
        ):
            assert (answer.status_code, answer.json()["reason"]) == (403, "canned_of_another")
    assert (await li.delete(f"/api/v1/canned/{shared.id}")).status_code == 403
    narrowed = await ada.patch(f"/api/v1/canned/{shared.id}", json={"scope": "mine"})
    assert (narrowed.json()["owner"], set(await seen(li))) == (desk.agents["ada"].id, {"my-way"})


async def test_one_for_a_team_says_which(desk):
    ada = await desk.signed_in("ada")
    for team in (None, "tem_gone"):
        answer = await ada.post(
            "/api/v1/canned", json={"key": "duty", "texts": TEXTS, "scope": "team", "team_id": team}
        )
        assert (answer.status_code, answer.json()["reason"]) == (400, "team")


async def test_each_reply_that_it_was_put_into_counts_once(desk):
    ada = await desk.signed_in("ada")
    thanks, hello = await kept(ada, "thanks"), await kept(ada, "hello")
    id = await asked(desk)
    say = {
        "client_id": "r1",
        "text": "Hello! It leaves tomorrow.",
        "canned": [thanks.id, hello.id, thanks.id, "can_gone"],
    }
    for _ in range(2):
        assert (await ada.post(f"/api/v1/conversations/{id}/replies", json=say)).status_code == 202
    await ada.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r2", "text": "Bye", "canned": [hello.id]})
    await ada.post(f"/api/v1/conversations/{id}/notes", json={"client_id": "n1", "text": "Hm", "canned": [hello.id]})
    assert await seen(ada) == {"hello": 2, "thanks": 1}


async def test_a_reply_that_is_refused_counts_for_nothing(desk):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    thanks, id = await kept(ada, "thanks"), await asked(desk)
    await li.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r1", "text": "Tomorrow."})
    late = {"client_id": "r2", "text": "Tomorrow!", "canned": [thanks.id], "seen_seq": 1}
    assert (await ada.post(f"/api/v1/conversations/{id}/replies", json=late)).status_code == 409
    assert await seen(ada) == {"thanks": 0}


async def test_what_is_to_be_sent_later_counts_when_it_is_sent(desk):
    ada = await desk.signed_in("ada")
    thanks, id = await kept(ada, "thanks"), await asked(desk)
    for key in ("l1", "l2"):
        later = {"client_id": key, "text": "Soon.", "send_at": desk.clock.now() + HOUR, "canned": [thanks.id]}
        answer = await ada.post(f"/api/v1/conversations/{id}/scheduled", json=later)
        assert answer.status_code == 201, answer.text
    await ada.delete(f"/api/v1/conversations/{id}/scheduled/{answer.json()['scheduled_id']}")
    await desk.settle()
    assert await seen(ada) == {"thanks": 0}
    desk.clock.go_on(HOUR + MINUTE)
    await desk.settle()
    assert await seen(ada) == {"thanks": 1}


async def test_a_macro_that_says_one_counts_too_and_says_nobodys_own(desk):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    await kept(li, "hello", scope="mine")
    steps = [{"do": "reply", "canned": "hello"}]
    macro = (await ada.post("/api/v1/macros", json={"name": "Greet", "scope": "everyone", "steps": steps})).json()["id"]
    id = await asked(desk)
    assert (await ada.post(f"/api/v1/conversations/{id}/macros/{macro}", json={})).status_code == 404
    await kept(ada, "hello")
    assert (await ada.post(f"/api/v1/conversations/{id}/macros/{macro}", json={})).status_code == 200
    assert await seen(ada) == {"hello": 1}


async def test_one_that_was_removed_is_fetched_back_as_it_was(desk):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    thanks, id = await kept(ada, "thanks"), await asked(desk)
    await ada.post(
        f"/api/v1/conversations/{id}/replies", json={"client_id": "r1", "text": "Tomorrow.", "canned": [thanks.id]}
    )
    door = f"/api/v1/canned/{thanks.id}"
    assert (await ada.post(f"{door}/restore")).status_code == 404, "it is there"
    assert (await ada.delete(door)).status_code == 204
    assert (await seen(ada), (await li.post(f"{door}/restore")).status_code) == ({}, 403)
    back = await ada.post(f"{door}/restore")
    assert (back.status_code, CannedAnswer(**back.json()).used) == (200, 1)
    assert await seen(ada) == {"thanks": 1}
    types = [event.type for event in await desk.desk.services.database.read(latest, thanks.id, 10)]
    assert types == ["CannedAnswerKept", "CannedAnswerRemoved", "CannedAnswerKept"]
    await ada.delete(door)
    await kept(ada, "thanks")
    assert (await ada.post(f"{door}/restore")).json()["reason"] == "canned_taken"
