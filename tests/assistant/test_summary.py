"""What an agent is told at a hand-over."""

import pytest

from goodword.assistant.facts import Line, facts_in
from goodword.assistant.summary import summarise
from goodword.conversations.model import Said


def lines(*texts):
    return [Line(f"msg_{number}", text) for number, text in enumerate(texts, 1)]


def values(text):
    return {(fact.name, fact.value) for fact in facts_in(lines(text))}


def test_the_customers_own_sentences_are_kept_with_the_message_they_stand_in():
    asked = lines("Hi!", "My kettle leaks. I bought it in May.", "I want to talk to a person", "thanks")
    summary = summarise(asked, [Said("Our warranty", "msg_9")], "en")
    assert summary.asked == (Said("My kettle leaks.", "msg_2"), Said("I bought it in May.", "msg_2"))
    assert (summary.tried, summary.language) == ((Said("Our warranty", "msg_9"),), "en")


def test_a_long_story_keeps_its_beginning_and_its_end():
    asked = lines(*(f"This is sentence number {number} of a long story." for number in range(1, 30)))
    said = [one.text for one in summarise(asked, [], "en").asked]
    assert len(said) == 6
    assert "number 1 " in said[0]
    assert "number 29 " in said[-1]


def test_what_was_said_twice_is_told_once():
    assert len(summarise(lines("Where is my order?", "where is my order?"), [], "en").asked) == 1


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Where is FO-204518?", "order", "FO-204518"),
        ("订单号FO-204518，请查一下", "order", "FO-204518"),
        ("주문번호 FO-204518입니다", "order", "FO-204518"),
        ("write to dana@customers.example please", "email", "dana@customers.example"),
        ("since 12 May 2026", "date", "12 May 2026"),
        ("depuis le 3 avril", "date", "3 avril"),
        ("5월 12일에 샀어요", "date", "5월 12일"),
        ("我5月12日买的", "date", "5月12日"),
        ("on 2026-05-12", "date", "2026-05-12"),
        ("you took EUR 49.90", "amount", "EUR 49.90"),
        ("on m'a pris 49,90 €", "amount", "49,90 €"),
        ("扣了我300元", "amount", "300元"),
        ("call +44 113 496 0000", "phone", "+44 113 496 0000"),
    ],
)
def test_facts_are_found_as_they_were_written(text, name, value):
    assert (name, value) in values(text)


def test_an_order_number_is_no_telephone_number():
    assert values("FO-2045181234") == {("order", "FO-2045181234")}


def test_each_fact_is_told_once_with_the_message_that_said_it_first():
    (fact,) = facts_in(lines("it is fo-204518", "I said FO-204518!"))
    assert (fact.value, fact.message_id) == ("fo-204518", "msg_1")
