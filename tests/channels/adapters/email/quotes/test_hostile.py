"""Mails written to make a program think for hours: twice as much takes about twice as long, and nothing is lost."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from goodword.channels.adapters.email.quotes import strip_html, strip_text

TEXTS = {
    "quoted lines": ">\n",
    "deeply quoted lines": "> " * 40 + "\n",
    "colons": "On a day in 2025 at 10:15 somebody somewhere:\n",
    "attributions": "On Mon, 3 Mar 2025 at 10:15, Ada <ada@fennel-oak.example> wrote:\n",
    "half attributions": "On Mon, 3 Mar 2025 at 10:15, Ada <\n",
    "fields": "From: Paris\nTo: Rome\n\n",
    "rulers": "-----\n\n",
    "delimiters": "--\n",
    "devices": "Sent from my\n\n",
    "empty lines": "\n",
    "a line without end": "wrote a@b 10:15 2025 <",
    "spaces without end": " ",
    "stars without end": "*-_ ",
    "answers between": "yes\n> and?\n",
    "broken addresses": "<\n> wrote:\n",
    "bars": "On Mon, 3 Mar 2025 at 10:15, Ada wrote:\n|\n",
}
PAGES = {
    "depth": "<div>",
    "depth of quotations": "<blockquote type=cite>",
    "plain quotations": "<blockquote>a:</blockquote>",
    "containers": "<div class='gmail_quote'>x",
    "closed containers": "<div class='gmail_quote'>x</div>",
    "unclosed paragraphs": "<p>a",
    "closing tags": "<b></i></u></td>",
    "unclosed quotes": "<a href=\"<a '",
    "unclosed comments": "<!--",
    "unclosed styles": "<style>",
    "angles": "<",
    "attributes": "<a " + "a " * 500 + ">",
    "long attributes": "<a " + "a" * 2000 + ">",
    "entities": "&amp;&#x41;&",
    "cells": "<table><tr><td></div>",
    "breaks": "<br>",
    "rulers": "<hr>",
}
LARGE = 160_000


@pytest.mark.slow
@pytest.mark.parametrize("piece", TEXTS.values(), ids=TEXTS)
def test_a_long_text_takes_no_more_than_its_length(piece: str):
    grows_with_its_length(strip_text, piece)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PAGES.values(), ids=PAGES)
def test_a_long_page_takes_no_more_than_its_length(piece: str):
    grows_with_its_length(strip_html, piece)


def grows_with_its_length(strip: Callable[[str], object], piece: str) -> None:
    """What grows with the square takes minutes of a processor here; what grows with the length, a part of a second."""
    started = time.process_time()
    strip(piece * (LARGE // len(piece)))
    assert time.process_time() - started < 10


@settings(max_examples=300, deadline=None)
@given(some.lists(some.sampled_from([*TEXTS.values(), "word\n", "\n", "> said\n", "\u200f", "\r\n"]), max_size=40))
def test_every_word_of_a_text_is_somewhere(pieces: list[str]):
    mail = "".join(pieces)
    stripped = strip_text(mail)
    assert sorted(f"{stripped.new} {stripped.folded}".split()) == sorted(mail.split())


@settings(max_examples=300, deadline=None)
@given(
    some.lists(
        some.sampled_from([*PAGES.values(), "word", "</div>", "</blockquote>", "-->", "\x00", "\ud7ff"]), max_size=40
    )
)
def test_any_page_can_be_read(pieces: list[str]):
    stripped = strip_html("".join(pieces))
    assert f"{stripped.new}{stripped.folded}".encode().decode() == stripped.new + stripped.folded
