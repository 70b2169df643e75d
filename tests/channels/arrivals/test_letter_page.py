"""The page on which a letter is looked at."""

import pytest

from goodword.channels.arrivals.letter_page import page_of, policy
from goodword.channels.arrivals.letters import LetterView


def letter(html: str, subject: str = "Kettle lid") -> LetterView:
    return LetterView(subject, None, (), (), None, "", html, [])


def test_nothing_of_it_may_run_ask_or_be_framed_elsewhere():
    said = dict(part.split(" ", 1) for part in policy(remote=False).split("; "))
    assert said.pop("style-src") == "'unsafe-inline'"
    assert said.pop("img-src") == "'self' data:"
    assert said.pop("frame-ancestors") == "'self'"
    assert "allow-scripts" not in said["sandbox"]
    assert "allow-same-origin" not in said.pop("sandbox")
    assert set(said.values()) == {"'none'"}


def test_pictures_from_elsewhere_are_let_in_when_they_were_asked_for():
    assert "img-src 'self' data: https: http:;" in policy(remote=True)


def test_its_subject_is_no_part_of_the_page():
    assert "<title>&lt;/title&gt;&lt;script&gt;</title>" in page_of(letter("", "</title><script>"), dark=False)


def test_it_says_its_language_where_that_is_one():
    assert '<html lang="zh-Hant">' in page_of(letter(""), dark=False, language="zh-Hant")
    assert "<html>" in page_of(letter(""), dark=False, language='"><script>')


@pytest.mark.parametrize(
    "html", ["<p>Which color: red?</p>", '<a href="/a?color=1&background=2">x</a>', "<b>bgcolor = 3</b>"]
)
def test_a_letter_without_colours_is_dark_on_a_dark_screen(html: str):
    assert "data-dark" in page_of(letter(html), dark=True).partition("<head>")[0]
    assert "data-dark" not in page_of(letter(html), dark=False).partition("<head>")[0]


@pytest.mark.parametrize(
    "html",
    [
        '<td bgcolor="#eee">',
        '<p style="margin: 0; COLOR : #333">',
        '<font color="red">',
        '<p style="background-color:#fff">',
    ],
)
def test_one_that_chose_its_colours_keeps_its_white_paper(html: str):
    assert "data-dark" not in page_of(letter(html), dark=True).partition("<head>")[0]
