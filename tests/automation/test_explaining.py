"""Whoever wonders is told what a rule or macro did in a conversation, and why."""

import pytest

pytestmark = pytest.mark.anyio


async def test_a_rule_says_in_the_readers_words_what_it_did_and_what_had_held(desk):
    tag = {"do": "tag", "tags": ["refund"]}
    await desk.rule("Refunds", "customer_wrote", [tag], ("text", "any", ["refund"]))
    thread = await desk.writes("I want a refund, please")
    (applied,) = await thread.events("RuleApplied")
    path = f"/api/v1/conversations/{thread.id}/applied/{applied.id}"
    told = (await desk.ada.get(path)).json()
    assert told["did"] == ["Tag “refund”"]
    (why,) = told["why"]
    assert "refund" in why
    french = (await desk.ada.get(path, headers={"Accept-Language": "fr"})).json()
    assert french["did"] != told["did"]


async def test_a_macro_tells_its_steps_and_needs_no_reason(desk):
    body = {"name": "Urgent", "scope": "everyone", "steps": [{"do": "priority", "priority": "urgent"}]}
    macro = (await desk.ada.post("/api/v1/macros", json=body)).json()["id"]
    thread = await desk.writes("hello")
    applied = (await thread.do(f"macros/{macro}")).json()["undo"]
    told = (await desk.ada.get(f"/api/v1/conversations/{thread.id}/applied/{applied}")).json()
    assert (told["why"], len(told["did"])) == ([], 1)


async def test_what_was_applied_elsewhere_is_not_found_here(desk):
    thread = await desk.writes("hello")
    (opened, *_) = await thread.events()
    answer = await desk.ada.get(f"/api/v1/conversations/{thread.id}/applied/{opened.id}")
    assert answer.status_code == 404
