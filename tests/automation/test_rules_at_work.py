"""Rules as a desk lives with them, on both databases."""

import pytest

from goodword.automation.watched import CONSIDER
from goodword.platform.db import Tx
from goodword.platform.jobs import enqueue

pytestmark = pytest.mark.anyio
TAG = {"do": "tag", "tags": ["refund"]}
REFUND = ("text", "any", ["refund"])


async def test_the_customer_writes_of_a_refund_and_gets_the_tag_the_note_and_the_answer(desk):
    steps = [
        TAG,
        {"do": "note", "text": "Conversation {number} is about money."},
        {"do": "priority", "priority": "high"},
        {"do": "reply", "texts": {"en": "Hello {customer}, we look into it. {company}", "fr": "Bonjour"}},
    ]
    rule = await desk.rule("Refunds first", "customer_wrote", steps, REFUND)
    thread = await desk.writes("Where are my REFUNDS?")
    row = await thread.row()
    assert (row["tags"], row["priority"]) == (["refund"], "high")
    (note,) = await thread.events("NoteAdded")
    assert note.fact().message.text == f"Conversation {row['number']} is about money."
    said = [event.fact().message for event in await thread.events("ReplyQueued")]
    assert ("Hello, we look into it. Fennel & Oak", "assistant") in [(one.text, one.author.kind) for one in said]
    (doing,) = await desk.log(rule)
    assert doing["why"] == ["The text contains “refund”"]
    assert doing["outcome"] == "applied"


async def test_what_does_not_match_is_left_alone(desk):
    rule = await desk.rule("Refunds", "customer_wrote", [TAG], REFUND)
    thread = await desk.writes("Do you ship to Lyon?")
    assert await thread.applied() == []
    assert await desk.log(rule) == []


async def test_a_rule_that_is_switched_off_is_off_at_once_and_on_at_once(desk):
    rule = await desk.rule("Refunds", "customer_wrote", [TAG], REFUND)
    await desk.ada.patch(f"/api/v1/rules/{rule}", json={"enabled": False})
    thread = await desk.writes("my refund")
    assert await thread.applied() == []
    await desk.ada.patch(f"/api/v1/rules/{rule}", json={"enabled": True})
    await thread.says("my refund!")
    assert await thread.applied() == ["Refunds"]


async def test_no_rule_no_job(desk):
    """Not a single job is made for an event that no rule in force waits for."""
    watched = desk.house.desk.watched
    rule = await desk.rule("On ratings", "rated", [TAG])
    await watched.refresh(desk.database)
    assert (CONSIDER in watched["RatingGiven"], CONSIDER in watched["MessageUnderstood"]) == (True, False)
    await desk.ada.patch(f"/api/v1/rules/{rule}", json={"when": {"event": "customer_wrote"}})
    assert CONSIDER in watched["MessageUnderstood"]
    await watched.refresh(desk.database)
    assert (CONSIDER in watched["RatingGiven"], CONSIDER in watched["MessageUnderstood"]) == (False, True)
    await desk.ada.delete(f"/api/v1/rules/{rule}")
    await watched.refresh(desk.database)
    assert watched["MessageUnderstood"] == ("assistant.answer",)


async def test_a_rule_never_reacts_to_what_it_did_itself(desk):
    await desk.rule("Again", "tagged", [{"do": "untag", "tags": ["refund"]}, TAG])
    thread = await desk.writes("hi")
    await thread.do("tags", add=["refund"], remove=[])
    assert await thread.applied() == ["Again"]


async def test_two_rules_that_set_each_other_off_come_to_rest(desk):
    ping = await desk.rule("Ping", {"event": "tagged", "about": "ping"}, [{"do": "tag", "tags": ["pong"]}])
    await desk.rule(
        "Pong",
        {"event": "tagged", "about": "pong"},
        [{"do": "untag", "tags": ["ping"]}, {"do": "tag", "tags": ["ping"]}],
    )
    thread = await desk.writes("hi")
    await thread.do("tags", add=["ping"], remove=[])
    assert await thread.applied() == ["Ping", "Pong"]
    (told,) = (await desk.ada.get("/api/v1/rules")).json()["conflicts"]
    assert told["about"] == "each_other"
    assert len(await desk.log(ping)) == 1


async def test_a_long_chain_of_rules_ends_and_says_so(desk):
    rules = [
        await desk.rule(f"Link {n}", {"event": "tagged", "about": f"t{n}"}, [{"do": "tag", "tags": [f"t{n + 1}"]}])
        for n in range(12)
    ]
    thread = await desk.writes("hi")
    await thread.do("tags", add=["t0"], remove=[])
    applied = await thread.applied()
    assert 3 <= len(applied) < 12
    assert (await desk.log(rules[len(applied)]))[0]["outcome"] == "too_long"


async def test_a_rule_is_applied_five_times_a_minute_to_one_conversation_and_no_more(desk):
    rule = await desk.rule("Eager", "customer_wrote", [{"do": "note", "text": "!"}])
    thread = await desk.writes("1")
    for n in range(6):
        await thread.says(str(n))
    assert len(await thread.applied()) == 5
    assert [doing["outcome"] for doing in await desk.log(rule)][:2] == ["too_often", "too_often"]
    await desk.settle(minutes=1)
    await thread.says("later")
    assert len(await thread.applied()) == 6


async def test_a_job_that_runs_twice_does_it_once(desk):
    await desk.rule("Once", "customer_wrote", [{"do": "note", "text": "!"}, TAG])
    thread = await desk.writes("hello")
    (event,) = await thread.events("MessageUnderstood")

    async def again(tx: Tx) -> None:
        await enqueue(tx, CONSIDER, {"seq": event.seq}, at=desk.clock.now())
        await enqueue(tx, CONSIDER, {"seq": event.seq}, at=desk.clock.now())

    await desk.database.write(again)
    await desk.settle()
    assert await thread.applied() == ["Once"]
    assert len(await thread.events("NoteAdded")) == 1


async def test_rules_are_asked_in_their_order_and_see_what_earlier_ones_did(desk):
    late = await desk.rule("Late", "customer_wrote", [{"do": "note", "text": "saw it"}], ("tag", "any", ["refund"]))
    await desk.rule("Early", "customer_wrote", [TAG])
    thread = await desk.writes("one")
    assert await thread.applied() == ["Early"]
    moved = await desk.ada.patch(f"/api/v1/rules/{late}", json={"position": 1})
    assert moved.json()["position"] == 1
    other = await desk.writes("two")
    assert await other.applied() == ["Early", "Late"]


async def test_after_a_rule_that_stops_no_later_one_is_asked(desk):
    await desk.rule("First", "customer_wrote", [TAG], REFUND, stop=True)
    await desk.rule("Second", "customer_wrote", [{"do": "note", "text": "!"}])
    assert await (await desk.writes("my refund")).applied() == ["First"]
    assert await (await desk.writes("hello")).applied() == ["Second"]


async def test_a_step_that_can_not_be_done_is_left_out_and_said_the_others_are_done(desk):
    steps = [{"do": "assign", "agent": "agt_gone"}, {"do": "assign", "agent": "trigger"}, TAG]
    rule = await desk.rule("Half", "customer_wrote", steps)
    thread = await desk.writes("hello")
    assert (await thread.row())["tags"] == ["refund"]
    (fact,) = [event.fact() for event in await thread.events("RuleApplied")]
    assert [(one.step, one.code) for one in fact.refused] == [(0, "bad_input.agent"), (1, "bad_input.nobody_triggered")]
    (doing,) = await desk.log(rule)
    assert "This colleague is not available any more." in doing["did"][0]


async def test_thirty_tags_are_enough_and_nothing_of_the_step_stays(desk):
    await desk.rule("Many", "customer_wrote", [{"do": "tag", "tags": [f"t{n}" for n in range(30)]}, TAG])
    thread = await desk.writes("hello")
    assert len((await thread.row())["tags"]) == 30
    assert "refund" not in (await thread.row())["tags"]


async def test_a_customer_who_waits_is_not_forgotten(desk):
    await desk.rule("Ten", {"event": "waiting", "minutes": 10}, [{"do": "priority", "priority": "urgent"}])
    thread = await desk.writes("I want to speak to a person")
    await desk.settle(minutes=9)
    assert await thread.applied() == []
    await desk.settle(minutes=1)
    assert await thread.applied() == ["Ten"]
    await thread.says("hello?")
    await desk.settle(minutes=30)
    assert await thread.applied() == ["Ten"]


async def test_who_was_answered_in_time_does_not_wait(desk):
    await desk.rule("Ten", {"event": "waiting", "minutes": 10}, [TAG])
    thread = await desk.writes("I want to speak to a person")
    await thread.replies("Here I am.")
    await desk.settle(minutes=30)
    assert await thread.applied() == []


async def test_a_rule_on_waiting_hears_of_those_whose_time_is_still_to_come(desk):
    overdue = await desk.writes("I want to speak to a person")
    await desk.settle(minutes=20)
    waiting = await desk.writes("I want to speak to a person")
    await desk.settle(minutes=5)
    await desk.rule("Ten", {"event": "waiting", "minutes": 10}, [TAG])
    await desk.settle(minutes=6)
    assert (await overdue.applied(), await waiting.applied()) == ([], ["Ten"])


async def test_silence_of_the_customer_closes_after_three_days_and_his_answer_prevents_it(desk):
    await desk.rule("Silence", {"event": "silent", "minutes": 3 * 24 * 60}, [{"do": "close"}])
    silent, talks = await desk.writes("I want a person"), await desk.writes("A person please")
    await silent.replies("Did it help?")
    await talks.replies("Did it help?")
    await desk.settle(minutes=60)
    await talks.says("Yes, but one more question")
    await desk.settle(minutes=3 * 24 * 60)
    assert ((await silent.row())["status"], (await talks.row())["status"]) == ("closed", "open")


async def test_spam_is_answered_by_no_rule(desk):
    await desk.rule("All", "customer_wrote", [{"do": "reply", "texts": {"en": "Hi"}}])
    thread = await desk.writes("hello")
    await thread.do("spam", on=True)
    await thread.says("BUY NOW")
    assert await thread.applied() == ["All"]


async def test_what_a_rule_did_can_be_taken_back_once(desk):
    steps = [TAG, {"do": "priority", "priority": "urgent"}, {"do": "close"}]
    await desk.rule("All of it", "customer_wrote", steps)
    thread = await desk.writes("hello")
    (applied,) = await thread.events("RuleApplied")
    assert (await thread.row())["status"] == "closed"
    for _ in range(2):
        answer = await thread.do(f"applied/{applied.id}/undo")
        assert answer.status_code == 200, answer.text
    row = await thread.row()
    assert (row["tags"], row["priority"], row["status"]) == ([], "normal", "open")
    assert len(await thread.events("AutomationUndone")) == 1


async def test_customers_never_learn_what_a_rule_is_called(desk):
    await desk.rule("Fussy people", "customer_wrote", [{"do": "reply", "texts": {"en": "Hi"}}, {"do": "close"}])
    thread = await desk.writes("hello")
    seen = await thread.visitor.call("GET", "events", params={"after": thread.visitor.opened["cursor"], "limit": 200})
    assert "StatusChanged" in seen.text
    assert "Fussy" not in seen.text
    assert "rul_" not in seen.text


async def test_what_can_not_be_stored_is_taken_out_of_every_text(desk):
    steps = [{"do": "note", "text": "a\u0000b\r\n"}, {"do": "reply", "texts": {"en": "x\u0007y"}}]
    await desk.rule("N\u0000ame", "customer_wrote", steps, ("text", "any", ["re\u0000fund"]))
    thread = await desk.writes("refund")
    assert await thread.applied() == ["Name"]
    (note,) = await thread.events("NoteAdded")
    assert note.fact().message.text == "ab\n"


async def test_business_hours_decide_in_the_desks_own_time(desk):
    hours = {"time_zone": "Europe/Paris", "days": [0, 1, 2, 3, 4], "start": "09:00", "end": "18:00"}
    await desk.rule("Night", "customer_wrote", [{"do": "tag", "tags": ["night"]}], ("hours", "outside", hours))
    day = await desk.writes("hello")
    await desk.settle(minutes=12 * 60)
    night = await desk.writes("hello")
    assert ((await day.row())["tags"], (await night.row())["tags"]) == ([], ["night"])
