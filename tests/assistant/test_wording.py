"""What it says, in five languages."""

import re

import pytest

from goodword.platform.i18n import LANGUAGES, catalogue

HOLES = re.compile(r"\{\w+\}")


def sentences(language):
    """All but what is said of one thing, for which not every language has a form of its own."""
    return {key: text for key, text in catalogue(language, "assistant").items() if not key.endswith(".one")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_facts(language):
    english, mine = sentences("en"), sentences(language)
    assert set(mine) == set(english)
    assert {key: set(HOLES.findall(mine[key])) for key in mine} == {
        key: set(HOLES.findall(english[key])) for key in english
    }
    assert all(sentence.strip() for sentence in mine.values())


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_chinese_is_not_the_other_chinese_converted(language):
    other = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}[language]
    assert catalogue(language, "assistant") != catalogue(other, "assistant")
