"""What a letter asks, in five languages."""

import pytest

from goodword.assistant.manners import without_manners


@pytest.mark.parametrize(
    ("letter", "asked"),
    [
        ("Dear team,\n\nhow much does a return cost?\n\nDana", "how much does a return cost?"),
        (
            "Hello Fennel & Oak,\nhow much does a return cost?\n\nBest regards\nDana Evans\n+44 113 496 0000",
            "how much does a return cost?",
        ),
        ("Hi, how much does a return cost?\nThanks!", "Hi, how much does a return cost?"),
        ("Bonjour,\n\nCombien coûte un retour ?\n\nMerci d’avance,\nCamille Roy", "Combien coûte un retour ?"),
        ("Madame, Monsieur,\nCombien coûte un retour ?\nBien à vous", "Combien coûte un retour ?"),
        ("안녕하세요, 담당자님.\n\n반품 비용이 얼마인가요?\n\n감사합니다.\n김민준 드림", "반품 비용이 얼마인가요?"),
        ("您好：\n\n退货要多少钱？\n\n谢谢！\n张伟", "退货要多少钱？"),
        ("客服您好，\n請問退貨要多少錢？\n\n敬祝 商祺\n林怡君", "請問退貨要多少錢？"),
    ],
)
def test_salutation_close_and_name_are_no_part_of_the_question(letter, asked):
    assert without_manners(letter, "Dana Evans") == asked


@pytest.mark.parametrize(
    "letter",
    [
        "How much does a return cost?",
        "Hello",
        "Thank you!",
        "Best before dates: where do I find them?",
        "Dear me, what a kettle: it leaks at the lid and at the spout and I have no other one.",
        "Where is my parcel?\n\nThanks to the storm it was late already and nobody could tell me where it went to.",
        "",
    ],
)
def test_what_says_more_than_manners_stays(letter):
    assert without_manners(letter) == letter


def test_a_thank_you_long_before_the_end_closes_nothing():
    letter = "\n".join(["I have a question.", "Thanks for your help.", *[f"Line {number}." for number in range(9)]])
    assert without_manners(letter) == letter
