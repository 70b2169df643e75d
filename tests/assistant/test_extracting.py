"""What of a passage is said."""

from goodword.assistant.extracting import LONGEST, extract
from tests.assistant.cast import COSTS, DELIVERY, RETURNS

LONG = " ".join(
    [
        "Opening sentences say little here.",
        *(f"Filler number {number} speaks about shelves, boxes and things of no interest." for number in range(9)),
        "Refunds reach your card within 10 working days.",
        "With PayPal it takes 1–3 working days.",
    ]
)


def test_steps_come_whole_and_without_marks():
    said = extract(RETURNS, "How do I send something back?")
    assert said.count("• ") == 3
    assert "- " not in said
    assert said.endswith("keep the receipt.")


def test_of_a_table_the_row_is_said_that_was_asked_for():
    said = extract(DELIVERY, "How long does delivery to Korea take?")
    assert "• Korea – Working days: 5–8 · Price: EUR 12.90 · Free from: EUR 150" in said
    assert "European Union" not in said
    assert " | " not in said


def test_where_no_row_was_named_all_are_said():
    said = extract(DELIVERY, "How long does it take?")
    assert "European Union" in said
    assert "Korea" in said


def test_long_prose_gives_the_sentences_that_answer():
    said = extract(LONG, "When does the refund reach my PayPal?")
    assert "With PayPal it takes 1–3 working days." in said
    assert len(said) <= LONGEST


def test_nothing_is_cut_inside_a_sentence():
    for longest in (40, 120, 300, 700):
        said = extract(COSTS, "what does the label cost", longest)
        assert said in COSTS
        assert said.endswith(".")


def test_a_sentence_too_long_is_said_whole_before_nothing_is_said():
    one = "This sentence has no end " * 60 + "."
    assert extract(one, "end") == one.strip()


def test_chinese_sentences_stand_without_spaces_between():
    text = "未使用的商品可在收货后 30 天内退回。标签每个包裹 3.50 欧元。退款会扣除标签费用。"
    assert extract(text, "退货标签多少钱") == text


def test_a_question_that_shares_no_word_gets_the_beginning():
    assert extract(COSTS, "반품 비용은 얼마인가요").startswith("The label costs")


def test_any_text_is_taken():
    for text in ("", "\n\n", "- \n- ", " | | ", "。。。"):
        assert isinstance(extract(text, "anything"), str)
