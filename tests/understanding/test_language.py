from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.understanding.language import detect

_LINES = Path(__file__).with_name("language_lines.tsv").read_text("utf-8").splitlines()


def _short_lines() -> dict[str, list[str]]:
    lines: dict[str, list[str]] = defaultdict(list)
    for line in _LINES:
        if not line.startswith("#"):
            tag, text = line.split("\t")
            lines[tag].append(text)
    return lines


@pytest.mark.parametrize("tag", ["en", "fr", "ko", "zh-Hans", "zh-Hant"])
def test_short_chat_lines_are_recognised(tag: str) -> None:
    lines = _short_lines()[tag]
    assert len(lines) >= 60
    wrong = [line for line in lines if detect(line).tag != tag]
    assert len(wrong) <= 0.05 * len(lines), wrong


def test_other_languages_are_recognised_too() -> None:
    others = {tag: lines for tag, lines in _short_lines().items() if tag[:2] not in ("en", "fr", "ko", "zh")}
    wrong = [(line, detect(line)) for tag, lines in others.items() for line in lines if detect(line).tag != tag]
    assert len(others) >= 10
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("https://fennel-oak.example/track/48213 où en est mon colis ?", "fr"),
        ("안녕하세요, Fennel & Oak Sprig Herb Planter 언제 와요?", "ko"),
        ("我的 Sprig Herb Planter 连不上 WiFi", "zh-Hans"),
        ("How do I write 生日快乐 on the gift card, please?", "en"),
        ("camille@customers.example bonjour, ma facture svp", "fr"),
        ("😀😀 merci beaucoup 😀😀", "fr"),
        ("注文した包丁が届きません", "ja"),
        ("変更希望", "ja"),
    ],
)
def test_names_links_and_borrowed_words_do_not_confuse(text: str, tag: str) -> None:
    assert detect(text).tag == tag


@pytest.mark.parametrize(("hint", "tag"), [("zh-Hant", "zh-Hant"), ("zh-Hans", "zh-Hans"), (None, "zh-Hans")])
def test_the_hint_decides_for_characters_both_writings_share(hint: str | None, tag: str) -> None:
    assert detect("你好", hint=hint).tag == tag


def test_the_hint_does_not_overrule_the_text() -> None:
    assert detect("où est ma commande", hint="en").tag == "fr"
    assert detect("轉人工", hint="zh-Hans").tag == "zh-Hant"


def test_words_of_taiwan_tell_where_the_characters_do_not() -> None:
    assert detect("超商取貨").tag == "zh-Hant"
    assert detect("好喔").tag == "zh-Hant"


def test_a_text_without_words_takes_the_hint_or_is_undetermined() -> None:
    assert detect("48213").tag == "und"
    assert detect("👍", hint="ko").tag == "ko"


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_gets_a_tag_and_a_confidence(text: str) -> None:
    found = detect(text)
    assert found.tag
    assert 0 <= found.confidence <= 1
