"""An agent sets off several things at once, having seen what they will be."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
TEXTS = {"en": "Hello {customer}, your order {order} is on its way. {agent}", "fr": "Bonjour {customer}"}
REPLY = {"do": "reply", "texts": TEXTS}
TAG = {"do": "tag", "tags": ["refund"]}


async def made(desk: Any, *steps: dict[str, Any], client: Any = None, **more: Any) -> str:
    body = {"name": "Refund sent", "steps": list(steps), "scope": "everyone", **more}
    answer = await (client or desk.ada).post("/api/v1/macros", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_the_preview_says_everything_and_does_nothing(desk):
    macro = await made(desk, REPLY, TAG, {"do": "close"})
    thread = await desk.writes("Where is my parcel, I would like to know when it arrives")
    before = len(await thread.events())
    path = f"/api/v1/conversations/{thread.id}/macros/{macro}/preview"
    shown = (await desk.ada.get(path, headers={"Accept-Language": "zh-TW"})).json()
    assert shown["lines"][0].endswith("（無法復原）")
    assert shown["lines"][1:] == ["加上標籤「refund」", "將對話結案"]
    assert shown["text"] == "Hello {customer}, your order {order} is on its way. Ada Silva"
    assert shown["empty"] == ["customer", "order"]
    assert len(await thread.events()) == before


async def test_in_a_language_without_text_it_says_which_one_it_takes(desk):
    macro = await made(desk, {"do": "reply", "texts": {"fr": "Bonjour"}})
    thread = await desk.writes("Hello there, how are you today my friends?")
    shown = (await desk.ada.get(f"/api/v1/conversations/{thread.id}/macros/{macro}/preview")).json()
    assert (shown["text"], shown["language"]) == ("Bonjour", "fr")
    assert shown["lines"][-1] == "There is no text in English; French is used."


async def test_it_does_all_of_it_in_the_agents_name_and_most_of_it_can_be_taken_back(desk):
    macro = await made(desk, {"do": "assign", "agent": "trigger"}, REPLY, TAG, {"do": "priority", "priority": "high"})
    thread = await desk.writes("hello")
    answer = await thread.do(f"macros/{macro}", text="Dear Dana, it is on its way.")
    assert answer.status_code == 200, answer.text
    row = answer.json()["conversation"]
    assert (row["assignee"]["name"], row["tags"], row["priority"]) == ("Ada Silva", ["refund"], "high")
    said = (await thread.events("ReplyQueued"))[-1]
    assert (said.fact().message.text, said.actor.name) == ("Dear Dana, it is on its way.", "Ada Silva")
    (applied,) = await thread.events("MacroApplied")
    assert answer.json()["undo"] == applied.id
    assert said.cause == applied.id
    back = await thread.do(f"applied/{applied.id}/undo")
    row = back.json()["conversation"]
    assert (row["assignee"], row["tags"], row["priority"]) == (None, [], "normal")


async def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_and_nothing_is_done_twice(desk):
    macro = await made(desk, {"do": "reply", "texts": {"en": "It is on its way."}}, TAG)
    thread = await desk.writes("hello there, where is my parcel?")
    first, again = [await thread.do(f"macros/{macro}", client_id="m1") for _ in range(2)]
    assert (first.status_code, again.status_code) == (200, 200), again.text
    assert first.json()["undo"] == again.json()["undo"] is not None
    said = [event for event in await thread.events("ReplyQueued") if event.actor.kind == "agent"]
    assert len(await thread.events("MacroApplied")) == len(said) == 1
    await thread.do(f"macros/{macro}", client_id="m2")
    assert len(await thread.events("MacroApplied")) == 2


async def test_where_one_step_can_not_be_done_none_is(desk):
    macro = await made(desk, TAG, {"do": "assign", "agent": "agt_gone"})
    thread = await desk.writes("hello")
    answer = await thread.do(f"macros/{macro}")
    assert (answer.status_code, answer.json()["reason"]) == (400, "agent")
    assert (await thread.row())["tags"] == []
    assert await thread.events("MacroApplied") == []


async def test_a_field_without_a_value_never_reaches_the_customer(desk):
    macro = await made(desk, REPLY)
    answer = await (await desk.writes("hello")).do(f"macros/{macro}")
    assert (answer.status_code, answer.json()["reason"]) == (400, "field_empty")
    assert "customer, order" in answer.json()["detail"]


async def test_what_was_said_can_not_be_taken_back(desk):
    macro = await made(desk, {"do": "note", "text": "!"})
    answer = await (await desk.writes("hello")).do(f"macros/{macro}")
    assert answer.json()["undo"] is None


async def test_whose_it_is_decides_who_sees_and_changes_it(desk):
    li, jun = await desk.house.signed_in("li"), await desk.house.signed_in("jun")
    mine = await made(desk, TAG, client=li, scope="mine", name="Li's")
    team = (
        await desk.ada.post("/api/v1/teams", json={"name": "Asia", "members": [desk.house.agents["jun"].id]})
    ).json()
    asia = await made(desk, TAG, scope="team", team_id=team["id"], name="Asia's")

    async def seen(client: Any) -> list[str]:
        return [one["id"] for one in (await client.get("/api/v1/macros")).json()["macros"]]

    assert (await seen(li), await seen(jun)) == ([mine], [asia])
    assert set(await seen(desk.ada)) == {asia}
    thread = await desk.writes("hello")
    assert (await thread.do(f"macros/{mine}", jun)).status_code == 404
    assert (await thread.do(f"macros/{mine}", li)).status_code == 200
    assert (await jun.delete(f"/api/v1/macros/{mine}")).status_code == 403
    assert (await jun.patch(f"/api/v1/macros/{asia}", json={"name": "Mine"})).status_code == 403
    widened = await li.patch(f"/api/v1/macros/{mine}", json={"scope": "everyone"})
    assert widened.status_code == 403
    assert (await li.delete(f"/api/v1/macros/{mine}")).status_code == 204


async def test_a_macro_says_one_thing_at_most_and_names_what_is_missing(desk):
    for steps, reason in (([REPLY, REPLY], "one_reply"), ([], "no_steps"), ([{"do": "tag"}], "step")):
        answer = await desk.ada.post("/api/v1/macros", json={"name": "M", "steps": steps})
        assert (answer.status_code, answer.json()["reason"]) == (400, reason)
