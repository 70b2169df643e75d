import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.platform.words import clean


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Sprig\x00 planter", "Sprig planter"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("bell\x07 and escape\x1b[31m", "bell and escape[31m"),
        ("tab\tstays", "tab\tstays"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("split \ud83d\ude00 smile", "split 😀 smile"),
        ("cafe\u0301", "café"),
        ("\u1100\u1161\u11a8", "각"),
    ],
)
def test_what_cannot_be_stored_is_taken_out(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_a_limit_is_kept() -> None:
    assert clean("Fennel & Oak", 6) == "Fennel"


def test_a_heap_of_accents_is_cut_and_takes_no_time() -> None:
    assert len(clean("a" + "\u0327\u0301" * 100_000)) <= 32


@given(st.text(st.characters()))
def test_any_text_can_be_stored_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\0" not in once
    once.encode("utf-8")
