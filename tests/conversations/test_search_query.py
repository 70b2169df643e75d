"""What a line in the search box asks for, and how a find is shown."""

import pytest

from goodword.conversations.search import Query, Wanted, marked_terms, read_query, snippet, wanted_terms
from goodword.platform.clock import DAY

NOVEMBER = 1_793_491_200_000  # 2026-11-01, UTC


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("kettle refund", Query(words="kettle refund")),
        ("from:dana kettle", Query(words="kettle", sender="dana")),
        ('from:"Dana Evans" to:Omar', Query(sender="Dana Evans", receiver="Omar")),
        ("from:김민준 주전자", Query(words="주전자", sender="김민준")),
        ("from：张伟 水壶 tag:退款", Query(words="水壶", sender="张伟", tags=("退款",))),
        ("from:“林怡君” 水壺", Query(words="水壺", sender="林怡君")),
        (
            "tag:remboursement bouilloire Is:Closed",
            Query(words="bouilloire", tags=("remboursement",), states=("closed",)),
        ),
        ("in:email has:file", Query(channel="email", has_file=True)),
        ("after:2026-11-01 before:2026-11-02", Query(after=NOVEMBER, before=NOVEMBER + DAY)),
        ("after:2026-11 #1042", Query(after=NOVEMBER, number=1042)),
        ("is:lost before:yesterday", Query(nonsense=("is:lost", "before:yesterday"))),
        (
            "https://fennel-oak.example/from:here 10:30 C#5",
            Query(words="https://fennel-oak.example/from:here 10:30 C#5"),
        ),
        ("  ", Query()),
    ],
)
def test_operators_are_told_from_words_in_every_writing(line: str, query: Query) -> None:
    assert read_query(line) == query


@pytest.mark.parametrize(
    "line", ["from:", "::::", 'from:"', "before:9999-99-99", "after:0000-01-01", "#" * 50, "is:is:is:"]
)
def test_nothing_that_can_be_typed_breaks_it(line: str) -> None:
    assert isinstance(read_query(line), Query)


def test_the_last_word_may_be_only_begun_and_korean_may_lack_its_particle() -> None:
    assert wanted_terms("refunds kett") == [Wanted("refund"), Wanted("ket", begun=True)]
    assert wanted_terms("주전자가 왔어요") == [Wanted("주전"), Wanted("전자"), Wanted("왔어")]
    assert wanted_terms("電熱水壺")[0] == Wanted("电热")
    assert wanted_terms("?!") == []


def marked(text: str, words: str, length: int = 160) -> str:
    return "".join(
        f"[{piece.text}]" if piece.hit else piece.text for piece in snippet(text, marked_terms(words), length)
    )


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Where is my kettle? It was two kettles.", "kettle", "Where is my [kettle]? It was two [kettles]."),
        ("L’étagère est arrivée cassée", "etagere cassée", "[L’étagère] est arrivée [cassée]"),
        ("제 주전자가 아직 안 왔어요", "주전자", "제 [주전자]가 아직 안 왔어요"),
        ("我的电热水壶坏了", "水壶", "我的电热[水壶]坏了"),
        ("我的電熱水壺壞了", "水壶", "我的電熱[水壺]壞了"),
        ("Two\n  lines", "lines", "Two [lines]"),
        ("Nothing of it", "kettle", "Nothing of it"),
    ],
)
def test_a_snippet_marks_what_was_asked_for_as_it_is_written(text: str, words: str, shown: str) -> None:
    assert marked(text, words) == shown


def test_a_snippet_of_a_long_text_is_cut_around_its_finds() -> None:
    text = "so it goes " * 100 + "until the kettle broke " + "and on and on " * 100
    shown = marked(text, "kettle broke", 80)
    assert "the [kettle] [broke] and" in shown
    assert (shown[0], shown[-1]) == ("…", "…")
    assert len(shown) < 100
