import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.platform.words import fold, simplify, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("轉人工", "转人工"),
        ("訂單", "订单"),
        ("Étagère", "etagere"),
        ("l’eau", "l'eau"),
        ("l'étagère", "étagères"),
        ("cadeau", "cadeaux"),
        ("journal", "journaux"),
        ("KETTLES", "kettle"),
        ("boxes", "box"),
        ("batteries", "battery"),
        ("Dana's", "Dana"),
        ("ＳＰＲＩＧ", "sprig"),
        ("Straße", "strasse"),
        ("œuvre", "oeuvre"),
    ],
)
def test_two_writings_of_a_word_are_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize("pair", [("bus", "bu"), ("glass", "glas"), ("this", "thi"), ("ship", "shop")])
def test_different_words_stay_different(pair: tuple[str, str]) -> None:
    assert terms(pair[0]) != terms(pair[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("转人工", ["转人", "人工"]),
        ("退", ["退"]),
        ("배송이 늦어요", ["배송", "송이", "늦어", "어요"]),
        ("Sprig앱 오류 E42", ["sprig", "앱", "오류", "e42"]),
        ("注文した", ["注文", "文し", "した"]),
        ("order A-1234", ["order", "a", "1234"]),
        ("qu'il pleut, aujourd'hui", ["il", "pleut", "aujourdhui"]),
        ("😀 !!! \n", []),
    ],
)
def test_terms_of_each_writing(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_a_korean_word_is_found_inside_its_inflected_forms() -> None:
    assert set(terms("환불")) <= set(terms("환불받고 싶어요"))


def test_cyrillic_and_kana_keep_their_marks() -> None:
    assert fold("Й が") == "й が"


def test_simplifying_leaves_other_writing_alone() -> None:
    assert simplify("Kettle 주전자 ケトル") == "Kettle 주전자 ケトル"


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_terms_without_spaces(text: str) -> None:
    assert all(term and not term.isspace() for term in terms(text))
