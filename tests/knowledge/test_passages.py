import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.knowledge.passages import LIMIT, TARGET, points, sentences, split, weight
from goodword.knowledge.reading import Block, Document


def _document(*blocks: Block) -> Document:
    return Document("Handbook", None, blocks)


def test_a_passage_carries_its_headings() -> None:
    passages = split(
        _document(
            Block("heading", "Returns", 1),
            Block("paragraph", "Thirty days."),
            Block("heading", "Abroad", 2),
            Block("paragraph", "Sixty days."),
            Block("heading", "Warranty", 1),
            Block("paragraph", "Two years."),
        )
    )
    assert [(passage.heading_path, passage.text, passage.position) for passage in passages] == [
        (("Returns",), "Thirty days.", 0),
        (("Returns", "Abroad"), "Sixty days.", 1),
        (("Warranty",), "Two years.", 2),
    ]
    assert passages[1].in_context == "Returns › Abroad\nSixty days."


def test_a_heading_with_nothing_under_it_is_not_lost() -> None:
    passages = split(_document(Block("heading", "Returns", 1), Block("heading", "Warranty", 1)))
    assert [passage.text for passage in passages] == ["Returns", "Warranty"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The kettle is descaled with vinegar once a month. ",
        "水壶每个月要用醋除一次水垢。",
        "주전자는 한 달에 한 번 청소합니다. ",
    ],
)
def test_long_paragraphs_are_cut_between_sentences(sentence: str) -> None:
    passages = split(_document(Block("paragraph", sentence * 60)))
    assert len(passages) > 1
    assert all(passage.text.endswith(sentence.strip()) for passage in passages)
    assert all(weight(passage.text) <= TARGET for passage in passages)


def test_a_large_table_repeats_its_first_row() -> None:
    rows = "\n".join(
        f"{country} | {price} | delivered within a week by the post of the country"
        for price, country in enumerate("ABCDEFGHIJKLMNOPQRST" * 2)
    )
    passages = split(_document(Block("heading", "Shipping", 1), Block("table", "Country | Price | How\n" + rows)))
    assert len(passages) > 1
    assert all(passage.text.startswith("Country | Price | How") for passage in passages)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs 1.5 GBP. Really? Yes!", ["It costs 1.5 GBP. ", "Really? ", "Yes!"]),
        ("M. Roy écrit. Mme Diallo répond.", ["M. Roy écrit. ", "Mme Diallo répond."]),
        ("好的。“真的吗？”他问！", ["好的。", "“真的吗？”", "他问！"]),
        ("e.g. a knife", ["e.g. a knife"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="ab 中文한글.。,，!?\n•；", max_size=600), st.integers(20, 60))
def test_nothing_is_lost_and_no_passage_is_too_large(text: str, target: int) -> None:
    limit = target + 20
    passages = split(_document(Block("paragraph", text)), target=target, limit=limit)
    assert "".join("".join(passage.text for passage in passages).split()) == "".join(text.split())
    assert all(weight(passage.text) <= limit for passage in passages)
    assert [passage.position for passage in passages] == list(range(len(passages)))


def test_text_without_any_mark_is_cut_all_the_same() -> None:
    passages = split(_document(Block("paragraph", "客" * 5_000)))
    assert "".join(passage.text for passage in passages) == "客" * 5_000
    assert all(weight(passage.text) <= LIMIT for passage in passages)


def test_the_points_of_a_passage_are_its_sentences_items_and_rows() -> None:
    text = "The label costs EUR 3.50 per parcel, in every country. It is free if the item is faulty or damaged.\n"
    text += "- Open the page of returns.\nRegion | Price\nKorea | EUR 12.90"
    assert points(text) == [
        "The label costs EUR 3.50 per parcel, in every country.",
        "It is free if the item is faulty or damaged.",
        "Open the page of returns.",
        "Region | Price",
        "Korea | EUR 12.90",
    ]


def test_a_sentence_too_long_for_a_point_is_cut_at_its_commas() -> None:
    found = points("请先把水壶里的水倒干净，" * 20 + "然后关机。")
    assert len(found) > 1
    assert all(weight(point) <= 90 and point.endswith(("，", "。")) for point in found)


@given(st.text(alphabet="ab。，. \n|-水", max_size=200))
def test_points_leave_no_letter_out(text: str) -> None:
    kept = [letter for letter in "".join(points(text)) if letter in "ab水"]
    assert kept == [letter for letter in text if letter in "ab水"]
