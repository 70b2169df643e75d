"""Rules that get into each other's way are found before a customer meets them."""

import pytest

from goodword.automation import steps as s
from goodword.automation.conflicts import conflicts
from goodword.automation.model import Condition, When
from tests.automation.makings import rule

TO_LI, TO_JUN = (s.Assign("agt_li"),), (s.Assign("agt_jun"),)
FRENCH, KOREAN = Condition("language", "is", ["fr"]), Condition("language", "is", ["ko"])


def found(one: dict, other: dict) -> list[tuple[str, str]]:
    rules = [rule(id="rul_a", position=0, **one), rule(id="rul_b", position=1, **other)]
    return [(conflict.about, conflict.key) for conflict in conflicts(rules)]


@pytest.mark.parametrize(
    ("ours", "theirs", "about"),
    [
        (TO_LI, TO_JUN, ("assignee", "")),
        ((s.Team("tem_1"),), (s.Team("tem_2"),), ("team", "")),
        ((s.SetPriority("low"),), (s.SetPriority("high"),), ("priority", "")),
        ((s.Close(),), (s.Snooze(minutes=5),), ("status", "")),
        ((s.SetField("plan", "a"),), (s.SetField("plan", None),), ("field", "plan")),
        ((s.Tag(("vip",)),), (s.Untag(("vip",)),), ("tag", "vip")),
    ],
)
def test_what_two_want_differently_is_a_conflict_and_what_they_want_alike_is_none(ours, theirs, about):
    assert found({"steps": ours}, {"steps": theirs}) == [about]
    assert found({"steps": ours}, {"steps": ours}) == []


def test_the_first_message_is_an_opening_and_a_message():
    assert found({"steps": TO_LI, "when": "opened"}, {"steps": TO_JUN, "when": "customer_wrote"})
    assert not found({"steps": TO_LI, "when": "opened"}, {"steps": TO_JUN, "when": "closed"})
    vip, other = When("tagged", about="vip"), When("tagged", about="b2b")
    assert not found({"steps": TO_LI, "when": vip}, {"steps": TO_JUN, "when": other})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FRENCH, KOREAN),
        (Condition("customer", "known"), Condition("customer", "unknown")),
        (Condition("language", "not", ["fr"]), FRENCH),
        (Condition("field", "is", "gold", "tier"), Condition("field", "is", "new", "tier")),
        (Condition("tag", "any", ["vip"]), Condition("tag", "none", ["vip"])),
    ],
)
def test_rules_that_can_never_hold_together_are_no_conflict(one, other):
    assert found({"steps": TO_LI, "conditions": (one,)}, {"steps": TO_JUN, "conditions": (other,)}) == []


def test_with_any_of_several_conditions_they_may_still_meet():
    either = (FRENCH, Condition("customer", "known"))
    assert found({"steps": TO_LI, "conditions": either, "any": True}, {"steps": TO_JUN, "conditions": (KOREAN,)})


def test_behind_a_rule_that_stops_nobody_contradicts():
    assert found({"steps": TO_LI, "stop": True}, {"steps": TO_JUN}) == []
    assert found({"steps": TO_LI}, {"steps": TO_JUN, "stop": True})


def test_who_is_switched_off_contradicts_nobody():
    assert found({"steps": TO_LI, "enabled": False}, {"steps": TO_JUN}) == []


def test_rules_that_set_each_other_off_are_told():
    one = {"when": When("tagged", about="a"), "steps": (s.Tag(("b",)),)}
    other = {"when": When("tagged", about="b"), "steps": (s.Tag(("a",)),)}
    assert found(one, other) == [("each_other", "")]
    assert found(one, {**other, "when": When("tagged", about="c")}) == []
