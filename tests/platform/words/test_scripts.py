import pytest

from goodword.platform.words import direction, han_evidence, script_counts, scripts, shared_script


def test_the_writings_of_a_mixed_text_are_all_named() -> None:
    assert scripts("Sprig 앱 오류, 你好, привет, مرحبا, カナ") == {
        "latin",
        "hangul",
        "han",
        "cyrillic",
        "arabic",
        "kana",
    }


@pytest.mark.parametrize("text", ["", "48213", "?!", "😀"])
def test_a_text_without_letters_has_no_writing(text: str) -> None:
    assert scripts(text) == frozenset()


def test_hangul_is_not_taken_for_han() -> None:
    assert script_counts("환불 refund") == {"hangul": 2, "latin": 6}


@pytest.mark.parametrize(
    ("question", "passage", "comparable"),
    [
        ("where is my refund", "환불 안내", False),
        ("Sprig 연결", "Connect your Sprig", True),
        ("退款", "환불", False),
        ("48213", "주문 48213", True),
        ("轉人工", "转人工", True),
    ],
)
def test_words_are_compared_only_within_a_writing(question: str, passage: str, comparable: bool) -> None:
    assert shared_script(question, passage) is comparable


@pytest.mark.parametrize(
    ("text", "side"), [("مرحبا Sprig", "rtl"), ("Sprig مرحبا", "ltr"), ("12 שלום", "rtl"), ("", "ltr"), ("12", "ltr")]
)
def test_the_first_letter_decides_the_direction(text: str, side: str) -> None:
    assert direction(text) == side


def test_characters_of_both_chinese_writings_say_nothing() -> None:
    assert han_evidence("人工你好") == (0, 0)
    assert han_evidence("转账") == (2, 0)
    assert han_evidence("轉帳") == (0, 2)
