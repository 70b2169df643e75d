"""The HTML of every program: its structure says what is quoted, in whatever language."""

import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from goodword.channels.adapters.email.quotes import strip_html
from tests.channels.adapters.email.quotes.test_programs import LANGUAGES

PAGES = tomllib.loads(Path(__file__).with_name("pages.toml").read_text(encoding="utf-8"))


def broken(text: str) -> str:
    return escape(text).replace("\n", "<br>\r\n")


def in_blocks(text: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))


def in_word(text: str) -> str:
    return "".join(f'<p class="MsoNormal">{escape(line) or "&nbsp;"}<o:p></o:p></p>' for line in text.split("\n"))


def bold(fields: str) -> str:
    named = (escape(line).replace("：", ":").partition(":") for line in fields.split("\n"))
    return "<br>".join(f"<b>{name}:</b>{value}" for name, _, value in named)


def pages() -> Iterator[tuple[str, str, str]]:
    for language, table in LANGUAGES.items():
        said, old, phone = table["said"], table["old"], table["phone"][0]
        for program, page in PAGES.items():
            intro = table["apple" if program in ("apple", "iphone") else "yahoo" if program == "yahoo" else "gmail"][0]
            mail = page.format(
                said=in_blocks(said),
                said_word=in_word(said),
                old=broken(old),
                old_word=in_word(old),
                intro=escape(intro.replace("\n", " ")),
                fields=bold(table["outlook"][0]),
                phone=escape(phone.partition("<")[0]),
            )
            yield f"{language}-{program}", said, mail


CASES = list(pages())


@pytest.mark.parametrize(("said", "mail"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_was_said_stays_whatever_program_quoted_the_rest(said: str, mail: str):
    stripped = strip_html(mail)
    assert stripped.new.split() == said.split()
    assert stripped.folded
