"""Whether a rule applies, and why."""

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.automation.matching import Reason, is_within, matches, next_morning
from goodword.automation.model import Condition, Hours, When
from tests.automation.makings import rule, situation

OFFICE = {"time_zone": "Asia/Seoul", "days": [0, 1, 2, 3, 4], "start": "09:00", "end": "18:00"}


def at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1_000)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Where are my REFUNDS?", ["refund"]),
        ("I was refunded twice", ["refund"]),
        ("Je voudrais être remboursé", ["remboursement"]),
        ("L’étagère est cassée", ["etagere"]),
        ("환불을 받고 싶어요", ["환불"]),
        ("我要退款，谢谢", ["退款"]),
        ("我要辦理退貨", ["退货"]),
        ("please cancel my order now", ["refund", "cancel my order"]),
    ],
)
def test_words_are_found_as_people_bend_and_write_them(text, words):
    assert matches(rule(("text", "any", words)), situation(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [("I was fined", ["refine"]), ("cancel the order", ["cancel my order"]), ("부산", ["환불"]), ("", ["refund"])],
)
def test_what_only_looks_alike_is_not_found(text, words):
    assert matches(rule(("text", "any", words)), situation(text)) is None


def test_all_words_in_whatever_order():
    asks = rule(("text", "all", ["lid", "broken"]))
    assert matches(asks, situation("My broken teapot has no lid"))
    assert matches(asks, situation("My broken teapot")) is None


def test_the_reason_names_the_words_that_were_there():
    (reason,) = matches(rule(("text", "any", ["refund", "money back"])), situation("I want my money back")) or ()
    assert reason == Reason("text", "any", ["refund", "money back"], None, ["money back"])


def test_a_rule_that_asks_nothing_always_applies():
    assert matches(rule(), situation()) == ()


def test_all_conditions_or_any_of_them():
    two = (("channel", "is", ["chn_chat"]), ("language", "is", ["fr"]))
    here = situation(channel="chn_chat", language="en")
    assert matches(rule(*two), here) is None
    assert [reason.field for reason in matches(rule(*two, any=True), here) or ()] == ["channel"]
    assert matches(rule(*two, any=True), situation(channel="chn_mail", language="en")) is None


def test_another_happening_or_another_tag_is_not_ours():
    tagged = rule(when=When("tagged", about="vip"))
    assert matches(tagged, situation(event="tagged", about="vip")) == ()
    assert matches(tagged, situation(event="tagged", about="refund")) is None
    assert matches(tagged, situation(event="untagged", about="vip")) is None


@pytest.mark.parametrize(
    ("condition", "here", "there"),
    [
        (("channel", "not", ["chn_chat"]), {"channel": "chn_mail"}, {"channel": "chn_chat"}),
        (("language", "is", ["ko", "fr"]), {"language": "ko"}, {"language": None}),
        (("customer", "known"), {"known": True}, {"known": False}),
        (("customer", "unknown"), {"known": False}, {"known": True}),
        (("customer_field", "is", "Gold", "tier"), {"customer_fields": {"tier": "gold"}}, {"customer_fields": {}}),
        (("customer_field", "not", "gold", "tier"), {"customer_fields": {}}, {"customer_fields": {"tier": "gold"}}),
        (("field", "set", None, "order"), {"fields": {"order": "FO-1"}}, {"fields": {"order": ""}}),
        (("field", "empty", None, "order"), {"fields": {}}, {"fields": {"order": "FO-1"}}),
        (("field", "least", 100, "sum"), {"fields": {"sum": 100.5}}, {"fields": {"sum": "a lot"}}),
        (("field", "most", 100, "sum"), {"fields": {"sum": 100}}, {"fields": {"sum": 101}}),
        (("field", "is", True, "gift"), {"fields": {"gift": True}}, {"fields": {"gift": 1}}),
        (("tag", "any", ["a", "b"]), {"tags": frozenset({"b"})}, {"tags": frozenset({"c"})}),
        (("tag", "none", ["a", "b"]), {"tags": frozenset({"c"})}, {"tags": frozenset({"a"})}),
        (("status", "is", ["snoozed"]), {"status": "snoozed"}, {"status": "open"}),
        (("handler", "is", ["queue"]), {"handler": "queue"}, {"handler": "agent"}),
        (("assignee", "nobody"), {"assignee": None}, {"assignee": "agt_li"}),
        (("assignee", "is", ["agt_li"]), {"assignee": "agt_li"}, {"assignee": None}),
        (("team", "not", ["tem_1"]), {"team": None}, {"team": "tem_1"}),
        (("priority", "least", "high"), {"priority": "urgent"}, {"priority": "normal"}),
        (("mood", "least", "displeased"), {"mood": "angry"}, {"mood": None}),
        (("waiting", "least", 10), {"at": 600_000, "waiting_since": 0}, {"at": 599_999, "waiting_since": 0}),
        (("waiting", "least", 0), {"at": 5, "waiting_since": 5}, {"at": 5, "waiting_since": None}),
        (("messages", "least", 3), {"messages": 3}, {"messages": 2}),
        (("messages", "most", 1), {"messages": 1}, {"messages": 2}),
        (("actor", "is", ["agent"]), {"actor": "agent"}, {"actor": "system"}),
        (("before", "is", ["assistant"]), {"before": "assistant"}, {"before": None}),
        (("rating", "most", 2), {"rating": 1}, {"rating": None}),
    ],
)
def test_each_question_has_its_yes_and_its_no(condition, here, there):
    assert matches(rule(condition), situation(**here)) is not None
    assert matches(rule(condition), situation(**there)) is None


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2026-11-03 00:00", True),  # Tuesday 09:00 in Seoul
        ("2026-11-03 09:00", False),  # 18:00
        ("2026-11-02 23:59", False),  # 08:59
        ("2026-11-07 03:00", False),  # Saturday noon
    ],
)
def test_office_hours_are_those_of_the_time_zone(moment, inside):
    assert bool(matches(rule(("hours", "inside", OFFICE)), situation(at=at(moment)))) is inside
    assert bool(matches(rule(("hours", "outside", OFFICE)), situation(at=at(moment)))) is not inside


def test_a_night_shift_goes_on_past_midnight():
    night = Hours("UTC", (4,), "22:00", "06:00")
    assert is_within(night, at("2026-11-06 23:00"))
    assert is_within(night, at("2026-11-07 05:59"))
    assert not is_within(night, at("2026-11-07 06:00"))
    assert not is_within(night, at("2026-11-06 05:00"))


def test_the_next_morning_minds_summer_time():
    assert next_morning(at("2026-10-24 10:00"), "08:00", "Europe/Paris") == at("2026-10-25 07:00")
    assert next_morning(at("2026-10-24 03:00"), "08:00", "Europe/Paris") == at("2026-10-24 06:00")


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5))
def test_any_text_and_any_words_are_borne(text, words):
    """``any`` and ``none`` are opposites, whatever is asked of whatever."""
    present = matches(rule(("text", "any", words)), situation(text)) is not None
    absent = matches(rule(("text", "none", words)), situation(text)) is not None
    assert present is not absent


@pytest.mark.parametrize("text", ["(a+)+$" * 1_700, "a" * 10_000 + "!", "환" * 10_000, "\u0301" * 10_000, "'" * 10_000])
def test_ten_thousand_hostile_characters_and_two_hundred_rules_take_no_time(text):
    rules = [rule(("text", "any", [f"(a+)+{n}", "a" * 199, "환불", "'"]), id=f"rul_{n}") for n in range(200)]
    began = process_time()
    for one in rules:
        matches(one, situation(text))
    assert process_time() - began < 1.0


def test_a_question_that_does_not_exist_is_answered_with_no():
    assert matches(rule(), situation()) == ()
    unknown = rule(conditions=(Condition("weather", "is", ["rain"]),))
    assert matches(unknown, situation()) is None
