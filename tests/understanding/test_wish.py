from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.understanding.wish import wants_human

LANGUAGES = ["en", "fr", "ko", "zh-Hans", "zh-Hant"]


def _lines(name: str, language: str) -> list[tuple[bool, str]]:
    rows = (line.split("\t") for line in Path(__file__).with_name(name).read_text("utf-8").splitlines())
    return [(row[0] == "1", row[2]) for row in rows if len(row) == 3 and row[1] == language]


def _precision_and_recall(lines: list[tuple[bool, str]]) -> tuple[float, float]:
    found = [wanted for wanted, line in lines if wants_human(line).wanted]
    return sum(found) / len(found), sum(found) / sum(wanted for wanted, _ in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wish_is_recognised_in_the_lines_the_tables_were_written_with(language: str) -> None:
    lines = _lines("wish_lines.tsv", language)
    assert sum(wanted for wanted, _ in lines) >= 50
    assert sum(not wanted for wanted, _ in lines) >= 50
    precision, recall = _precision_and_recall(lines)
    assert precision >= 0.97
    assert recall >= 0.97


def test_new_lines_do_not_fall_below_what_was_measured() -> None:
    lines = [line for language in LANGUAGES for line in _lines("wish_lines_unseen.tsv", language)]
    precision, recall = _precision_and_recall(lines)
    assert precision >= 0.95
    assert recall >= 0.65


@pytest.mark.parametrize(
    "text", ["0#", " 0 ", "＃", "人工", "轉人工", "轉真人", "상담원 연결", "un conseiller", "HUMAN PLEASE", "stop bot"]
)
def test_the_commands_people_know_from_the_telephone_work(text: str) -> None:
    assert wants_human(text).wanted


@pytest.mark.parametrize(
    "text",
    [
        "your agent told me yesterday that it was sent",
        "人工费多少",
        "is this handmade (人工)?",
        "human-friendly handle",
        "le conseiller m'a dit",
        "I don't want to talk to a person",
        "상담원이 친절했어요",
        "",
        "   ",
    ],
)
def test_a_mere_mention_is_no_wish(text: str) -> None:
    assert not wants_human(text).wanted


def test_the_part_that_says_so_is_named() -> None:
    wish = wants_human("My kettle leaks. I want to talk to a human! Order 48213.")
    assert wish.phrase == "I want to talk to a human"
    assert wish.confidence >= 0.9


def test_naming_a_person_without_a_clear_wish_is_less_sure_than_not_naming_one() -> None:
    assert wants_human("The agent was very kind").confidence < wants_human("Where is my parcel").confidence


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_gets_an_answer(text: str) -> None:
    assert 0 <= wants_human(text).confidence <= 1
