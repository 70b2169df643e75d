"""A problem report: what is missing, and how answers complete it."""

import pytest

from goodword.assistant.deciding import decide, question_to_look_up
from goodword.assistant.intake import answered, missing, order_number, skipping
from goodword.assistant.model import PERSON, SKIP, Situation
from goodword.conversations import Attachment, Intake
from goodword.platform.i18n import LANGUAGES, text

PHOTO = Attachment("fil_1", "lid.png", "image/png", 900, "/files/fil_1/x/lid.png")


def situation(intake: Intake, question: str = "", **more: object) -> Situation:
    return Situation(message_id="msg_1", question=question, language="en", intake=intake, **more)  # type: ignore[arg-type]


def test_what_is_neither_said_nor_skipped_is_missing_in_the_order_in_which_it_is_asked():
    assert missing(Intake()) == ("what", "since", "wish", "order", "evidence")
    assert missing(Intake(what="It leaks", skipped=("since",))) == ("wish", "order", "evidence")
    whole = Intake("It leaks", "Monday", "A new one", "FO-204518", (PHOTO,))
    assert missing(whole) == ()


def test_an_answer_goes_where_it_was_asked_for():
    assert answered(Intake(asked="since"), " Since Monday ", ()).since == "Since Monday"
    assert answered(Intake(asked="order"), "the one from March", ()).order == "the one from March"
    assert answered(Intake(asked="evidence"), "", (PHOTO,)).evidence == (PHOTO,)


def test_an_order_number_and_a_file_are_taken_whenever_they_come():
    told = answered(Intake(asked="wish"), "Replace it, order FO-204518 please", (PHOTO,))
    assert (told.wish, told.order, told.evidence) == ("Replace it, order FO-204518 please", "FO-204518", (PHOTO,))
    assert order_number("주문 FO-204518 입니다") == "FO-204518"
    assert answered(told, "", (PHOTO,)).evidence == (PHOTO,)


def test_who_has_nothing_to_show_is_not_asked_again():
    assert missing(answered(Intake("a", "b", "c", "d", asked="evidence"), "I have no photo", ())) == ()
    assert "since" in skipping(Intake(asked="since")).skipped


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_is_asked_for_with_a_way_out(language: str):
    intake = Intake()
    for part in ("what", "since", "wish", "order", "evidence"):
        asked = decide(
            Situation(message_id="m", question="", language=language, intake=intake, introduced=True, choice=SKIP)
            if intake.asked
            else Situation(message_id="m", question="", language=language, intake=intake, introduced=True),
            [],
        )
        assert (asked.kind, asked.template) == ("ask_back", f"intake.{part}")
        assert asked.text == text(language, f"assistant.intake.{part}")
        assert [choice.id for choice in asked.choices] == [SKIP, PERSON]
        assert asked.intake is not None
        intake = asked.intake


def test_a_whole_report_goes_to_a_person_without_a_search():
    whole = Intake("It leaks", "Monday", "A new one", "FO-204518", (PHOTO,))
    decision = decide(situation(whole), [])
    assert (decision.kind, decision.reason) == ("hand_over", "policy")
    assert decision.intake is not None
    assert decision.intake.done
    assert question_to_look_up(situation(whole, "It leaks")) == ""


def test_a_person_is_one_word_away_and_ends_the_asking():
    decision = decide(situation(Intake(asked="since"), "a person please", wants_human=True), [])
    assert decision.reason == "asked"
    assert decision.intake is not None
    assert decision.intake.done
