"""The paper that a mail is written on: kept, for white words were meant for it."""

import pytest

from goodword.channels.adapters.email.mime.safe_html import safe_html
from goodword.channels.adapters.email.mime.tidying import tidied


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("background:#0a5;color:white", "background-color:#0a5;color:white"),
        ("color: white; background : navy !important", "color:white;background-color:navy"),
        ("background: #FFF url(https://ear.example/x.png) no-repeat", "background-color:#FFF"),
        ("background:rgba(0, 0, 0, 0.5)", "background-color:rgba(0, 0, 0, 0.5)"),
        ("background-color: red", "background-color:red"),
        ("background: url(https://ear.example/x.png)", ""),
        ("background:expression(alert(1))", ""),
    ],
)
def test_its_colour_is_kept_and_nothing_else_of_it(style: str, kept: str):
    html = safe_html(tidied(f'<p style="{style}">x</p>'))
    assert "ear.example" not in html
    assert "(alert" not in html
    assert [part.strip() for part in kept.split(";") if part] == _styles(html)


def _styles(html: str) -> list[str]:
    said = html.partition('style="')[2].partition('"')[0]
    return [part.strip() for part in said.split(";") if part.strip()]
