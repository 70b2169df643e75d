import pytest

from goodword.knowledge.reading import LARGEST, Block, Unreadable, read

_MARKDOWN = """---
title: "Care for knives"
category: Knives
summary: How to keep them sharp
language: en
---
# Care for knives

Wash by **hand**, see [the guide](https://x.example/a_b) and `snake_case` words.

## Sharpening

1. Wet the *stone*
2. Hold at 15°
   - both sides

| Grit | Use |
|---|---|
| 1000 | edge |

<div>Raw <b>html</b></div>

```
hone --slowly
```
"""
_PAGE = """<!doctype html><html lang="fr"><head><title>Retours | Fennel</title><script>x()</script></head><body>
<header><a>Logo</a></header><nav>Menu</nav><main><h1>Retours</h1><p>Vous avez <b>30 jours</b>.</p><h2>Comment</h2>
<ol><li>Imprimez <a href=x>le bon</a><ul><li>ou demandez-le</li></ul></li><li><p>Collez-le</p></li></ol>
<table><tr><th>Pays</th><th>Prix</th></tr><tr><td>France</td><td>0 &euro;</td></tr></table><pre>a\n b</pre>
<style>p{}</style></main><footer>(c)</footer></body></html>"""


def test_markdown_is_read_with_its_front_matter() -> None:
    document = read("knives.md", _MARKDOWN.encode())
    assert (document.title, document.category, document.language) == ("Care for knives", "Knives", "en")
    assert document.summary == "How to keep them sharp"
    assert document.blocks == (
        Block("paragraph", "Wash by hand, see the guide and snake_case words."),
        Block("heading", "Sharpening", 2),
        Block("item", "Wet the stone"),
        Block("item", "Hold at 15°"),
        Block("item", "both sides"),
        Block("table", "Grit | Use\n1000 | edge"),
        Block("paragraph", "Raw html"),
        Block("code", "hone --slowly"),
    )


def test_an_escaped_mark_of_markdown_is_the_mark_itself() -> None:
    text = r"A \*star\* and *stress*, \_this\_, 2 \* 3, [\[1\]](https://fennel-oak.example) and 1\. a snake\_case"
    (paragraph,) = read("marks.md", text.encode()).blocks
    assert paragraph.text == "A *star* and stress, _this_, 2 * 3, [1] and 1. a snake_case"


def test_a_web_page_is_read_without_what_stands_around_its_content() -> None:
    document = read("retours.html", _PAGE.encode())
    assert (document.title, document.language) == ("Retours", "fr")
    assert document.blocks == (
        Block("paragraph", "Vous avez 30 jours."),
        Block("heading", "Comment", 2),
        Block("item", "Imprimez le bon"),
        Block("item", "ou demandez-le"),
        Block("item", "Collez-le"),
        Block("table", "Pays | Prix\nFrance | 0 €"),
        Block("code", "a\n b"),
    )


def test_a_web_page_is_known_without_its_ending() -> None:
    assert read("download", _PAGE.encode()).title == "Retours"


@pytest.mark.parametrize(
    ("first_line", "title"),
    [
        ("Titre : Retours et remboursements", "Retours et remboursements"),
        ("제목: 반품 안내", "반품 안내"),
        ("標題：退貨", "退貨"),
    ],
)
def test_a_first_line_may_name_the_title(first_line: str, title: str) -> None:
    document = read("x.txt", f"{first_line}\nText.".encode())
    assert document.title == title
    assert document.blocks == (Block("paragraph", "Text."),)


def test_headings_items_and_tables_of_plain_text_are_guessed() -> None:
    text = """一、退貨流程
請先登入帳號,再到訂單頁面按下退貨。
(一)期限
收到商品後七天內都可以申請。
1.保持冷靜: 客服人員要先聽完客人的話,再說明我們可以做到的事情。
• 發票
地區 | 運費 |
---|---|
台北 | 60 |
"""
    blocks = read("x.txt", text.encode()).blocks
    assert [(block.kind, block.level) for block in blocks] == [
        ("heading", 4),
        ("paragraph", 0),
        ("heading", 5),
        ("paragraph", 0),
        ("heading", 3),
        ("paragraph", 0),
        ("item", 0),
        ("table", 0),
    ]
    assert blocks[-1].text == "地區 | 運費\n台北 | 60"


def test_a_year_or_a_price_at_the_start_of_a_line_is_no_heading() -> None:
    blocks = read("x.txt", b"Intro here.\n2023 was a good year for knives.\n1.5 litres fit into the kettle.").blocks
    assert {block.kind for block in blocks} == {"paragraph"}


def test_lines_broken_by_width_are_one_paragraph() -> None:
    text = "The kettle has to be descaled once a month, and more often\nwhere the water is hard.\n"
    assert len(read("x.txt", text.encode()).blocks) == 1


_TEXTS = {
    "gb18030": "退款一般在三到五个工作日内到账,如果没有收到,请联系我们的客服。",
    "big5": "退款通常會在三到五個工作天內入帳,如果沒有收到,請聯絡我們的客服。",
    "cp949": "환불은 보통 영업일 기준 3일에서 5일 안에 처리됩니다. 받지 못하셨다면 고객센터로 연락해 주세요.",
    "shift_jis": "返金は通常三営業日から五営業日以内に行われます。届かない場合はご連絡ください。",
    "cp1252": "Le remboursement est effectué sous trois à cinq jours ouvrés. Écrivez-nous s’il n’est pas arrivé.",
    "utf-16": "환불은 3일 걸립니다. Refunds take 3 days.",
    "utf-16-le": "Refunds take three to five working days.",
    "utf-8-sig": "Remboursé sous cinq jours.",
}


@pytest.mark.parametrize("charset", _TEXTS)
def test_every_common_charset_is_read(charset: str) -> None:
    document = read("x.txt", _TEXTS[charset].encode(charset))
    assert _TEXTS[charset] in (document.title, *(block.text for block in document.blocks))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary"),
        (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(200)) * 20, "binary"),
        (b"a" * (LARGEST + 1), "too_large"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read("upload.txt", data)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.html", "<div>" * 20_000 + "end"),
        ("deep.md", ">" * 20_000 + "end"),
        ("links.md", "[a](" * 20_000),
        ("bars.txt", " |" * 50_000),
        ("long.txt", "客" * 100_000),
    ],
)
def test_hostile_input_is_read_all_the_same(name: str, text: str) -> None:
    read(name, text.encode())
