"""What can be kept as a rule, and what can't."""

import msgspec
import pytest

from goodword.automation import steps as s
from goodword.automation.model import PREDICATES, Condition, When, checked_rule, is_whole
from goodword.automation.sentences import Names, Words
from goodword.automation.steps import AnyStep, checked_steps
from goodword.platform.errors import BadInput
from goodword.platform.i18n import LANGUAGES, catalogue
from tests.automation.makings import rule

WHOLE = [
    s.Reply(texts={"fr": "Bonjour"}),
    s.Reply(canned="greeting"),
    s.Note("!"),
    s.Tag(("vip",)),
    s.Untag(("vip",)),
    s.Assign("agt_li"),
    s.Assign("trigger"),
    s.Assign(None),
    s.Team("tem_1"),
    s.SetPriority("high"),
    s.SetField("order", "FO-1"),
    s.SetField("order", None),
    s.Snooze(minutes=60),
    s.Snooze(morning="08:00", time_zone="Asia/Seoul"),
    s.Close(),
    s.Reopen(),
    s.HandOver(),
    s.GiveBack(),
    s.Spam(),
    s.AskRating(),
    s.Webhook("https://hooks.fennel-oak.example/x"),
]
BROKEN = [
    s.Reply(),
    s.Reply(texts={"fr": "  "}),
    s.Reply(texts={"xx": "?"}),
    s.Note(" "),
    s.Tag(()),
    s.Tag(("",)),
    s.Tag(("x" * 41,)),
    s.Assign(""),
    s.Team(""),
    s.SetField("", 1),
    s.Snooze(),
    s.Snooze(minutes=0),
    s.Snooze(minutes=60, morning="08:00"),
    s.Snooze(morning="08:00", time_zone="Mars/Olympus"),
    s.Webhook("file:///etc/passwd"),
    s.Webhook("http://[::1"),
]


@pytest.mark.parametrize("step", WHOLE, ids=str)
def test_a_whole_step_is_taken_survives_its_way_through_json_and_is_said_in_five_languages(step):
    assert checked_steps([step]) == (step,)
    assert msgspec.json.decode(msgspec.json.encode(step), type=AnyStep) == step
    for language in LANGUAGES:
        said = Words(language, Names()).step(step)
        assert said
        assert "{" not in said


@pytest.mark.parametrize("step", BROKEN, ids=str)
def test_a_broken_step_is_named_by_its_place(step):
    with pytest.raises(BadInput) as no:
        checked_steps([s.Close(), step])
    assert no.value.fields == {"steps.1": "step"}


@pytest.mark.parametrize(
    "condition",
    [
        Condition("weather", "is", ["rain"]),
        Condition("text", "any", []),
        Condition("text", "any", "refund"),
        Condition("text", "any", [""]),
        Condition("field", "is", "x"),
        Condition("channel", "is", ["c"], "key"),
        Condition("messages", "least", "three"),
        Condition("messages", "least", True),
        Condition("priority", "least", "dire"),
        Condition("mood", "least", ["angry"]),
        Condition("hours", "inside", {"time_zone": "Mars/Olympus", "days": [0], "start": "09:00", "end": "10:00"}),
        Condition("hours", "inside", {"time_zone": "UTC", "days": [], "start": "09:00", "end": "10:00"}),
        Condition("hours", "inside", {"time_zone": "UTC", "days": [7], "start": "09:00", "end": "10:00"}),
        Condition("customer", "known", True),
    ],
    ids=str,
)
def test_a_condition_that_can_not_be_answered_is_refused(condition):
    assert not is_whole(condition)
    with pytest.raises(BadInput):
        checked_rule(rule(conditions=(condition,)))


@pytest.mark.parametrize(
    "when", [When("waiting"), When("waiting", 0), When("opened", 5), When("opened", about="x"), When("silent", 1 << 40)]
)
def test_what_time_brings_needs_a_time_and_nothing_else_has_one(when):
    with pytest.raises(BadInput):
        checked_rule(rule(when=when))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_every_happening_has_its_words(language):
    said = catalogue(language, "automation")
    assert {f"if.{field}.{op}" for field, op in PREDICATES} == {key for key in said if key.startswith("if.")}
    for (field, op), kind in PREDICATES.items():
        asks = said[f"if.{field}.{op}"]
        assert ("{value}" in asks) == bool(kind), field
        assert ("{key}" in asks) == (field in ("field", "customer_field")), field
    assert all(f"when.{event}" in said for event in When.__annotations__["event"].__args__)
