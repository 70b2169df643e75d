"""What an editor writes, readers see; what an attacker writes, nobody runs."""

import re
import time

import pytest

from goodword.knowledge.rendering import anchor, drafted, rendered
from goodword.platform.errors import BadInput


def test_tables_lists_and_emphasis_are_shown():
    html = rendered("| a | b |\n|:--|--:|\n| 1 | 2 |\n\n1. one\n2. **two** ~~three~~")
    assert '<th scope="col">a</th>' in html
    assert '<td class="to-right">2</td>' in html
    assert "<ol>" in html
    assert "<strong>two</strong> <s>three</s>" in html


def test_headings_begin_below_the_title_of_the_page_and_can_be_linked_to():
    assert rendered("# Care\n\n## Sharpening") == ('<h2 id="s-care">Care</h2>\n<h3 id="s-sharpening">Sharpening</h3>\n')
    assert rendered("## Care\n\n## Care").count('id="s-care-2"') == 1


def test_a_passage_leads_to_its_heading():
    assert f'id="{anchor("要怎麼退貨？")}"' in rendered("## 要怎麼退貨？")


def test_bare_addresses_become_links_without_the_full_stop_behind_them():
    html = rendered("See https://fennel-oak.example/returns. 前往 https://fennel-oak.example/寄回，輸入編號。")
    assert '<a href="https://fennel-oak.example/returns" rel="noopener noreferrer">' in html
    assert ">https://fennel-oak.example/returns</a>." in html
    assert "，輸入編號" in html.rpartition("</a>")[2]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        "<a href='https://x.example' onclick='alert(1)'>x</a>",
        "<iframe src=https://x.example></iframe>",
        "<style>body{display:none}</style>",
        "<svg/onload=alert(1)>",
        '[x](https://x.example "\\" onmouseover=alert(1) x=\\"")',
        "<form action=https://x.example><input name=password></form>",
    ],
)
def test_nothing_that_runs_or_deceives_gets_through(attack):
    html = rendered(attack)
    inside_tags = "".join(piece.split(">")[0] for piece in html.split("<")[1:])
    without_values = re.sub(r'"[^"]*"', "", inside_tags)
    assert not re.search(r"script|style|iframe|svg|form|input|\bon\w+", without_values)
    assert "javascript:" not in inside_tags
    assert "data:" not in inside_tags


@pytest.mark.parametrize("piece", ["[", "![", "*a ", "> ", "- ", "`", "|a", "<", "#", "\n\n[x]: <", "**_", "https://"])
def test_hostile_markdown_takes_bearable_time(piece):
    text = piece * (20_000 // len(piece))
    before = time.process_time()
    rendered(text)
    assert time.process_time() - before < 5


def test_a_draft_is_cleaned_and_checked():
    draft = drafted("  Return\n an\x00 item ", " How ", "\n\nText\r\n")
    assert (draft.title, draft.summary, draft.body) == ("Return an item", "How", "Text")
    with pytest.raises(BadInput, match="article_title"):
        drafted(" ", "", "Text")
    with pytest.raises(BadInput, match="article_too_long"):
        drafted("x" * 201, "", "Text")
