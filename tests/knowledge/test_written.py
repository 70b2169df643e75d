"""A document of any kind becomes Markdown that says the same."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.knowledge.reading import Block, Document, read
from goodword.knowledge.rendering import rendered
from goodword.knowledge.written import body_of, markdown_of

PAGE = b"""<html lang="en"><head><title>Care</title></head><body><main><h1>Care for knives</h1>
<p>Wash by <b>hand</b>.</p>
<h2>Prices</h2><table><tr><th>Item</th><th>EUR</th></tr><tr><td>Stone</td><td>35</td></tr></table>
<ul><li>Dry it</li><li>Oil it</li></ul><pre>hone --slowly</pre></main></body></html>"""


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_a_web_page_becomes_markdown_with_its_table_and_list():
    body = body_of("care.html", PAGE, read("care.html", PAGE))
    assert "# Prices" in body
    assert "| Item | EUR |\n| --- | --- |" in body
    assert "- Dry it\n- Oil it" in body
    assert "```\nhone --slowly\n```" in body


def test_markdown_stays_as_it_was_written_without_front_matter_and_title():
    source = (
        b"---\ntitle: Care for knives\n---\n# Care for knives\n\n1. Wet the *stone*\n2. [Hold](https://x.example)\n"
    )
    body = body_of("knives.md", source, read("knives.md", source))
    assert body.strip() == "1. Wet the *stone*\n2. [Hold](https://x.example)"


def test_plain_text_keeps_numbers_and_dashes_that_would_begin_lists():
    document = Document("Notes", "en", (Block("paragraph", "1. not a list\n- nor this\n# nor a heading"),))
    assert "<li>" not in rendered(markdown_of(document))
    assert "<h2" not in rendered(markdown_of(document))


LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=60)
BLOCKS = st.lists(st.tuples(st.sampled_from(["heading", "paragraph", "item"]), LINES.filter(str.strip)), max_size=6)


@given(BLOCKS)
def test_no_letter_is_lost_or_added_on_the_way_to_a_reader(blocks):
    document = Document("Notes", "en", tuple(Block(kind, text, 2 if kind == "heading" else 0) for kind, text in blocks))
    shown = html.unescape(re.sub(r"<[^>]+>", " ", rendered(markdown_of(document))))
    assert letters(shown) == letters("".join(text for _, text in blocks))


@pytest.mark.parametrize(
    "text", ["5 * 3, *stars*", "snake_case_words", "a < b and <b>", "[not](a link)", "C:\\new", "`x`"]
)
def test_signs_that_mean_something_in_markdown_are_shown_as_they_are(text):
    page = rendered(markdown_of(Document("Notes", "en", (Block("paragraph", text),))))
    assert html.unescape(page.removeprefix("<p>").removesuffix("</p>\n")) == text
