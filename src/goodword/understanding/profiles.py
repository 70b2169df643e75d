"""What languages in Latin letters look like: their common words and their pairs and triples of letters."""

import math
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_STEP = math.log(0.05 / 2e-6) / 60  # one step of the table in `letters.tsv`, in nats
_WORD_WEIGHT = 7.0
_FAVOUR = {
    "en": 4.0,
    "fr": 3.5,
    "de": 1.5,
    "es": 1.5,
    "it": 1.5,
    "pt": 1.5,
    "nl": 1.0,
}  # who writes most, in nats
_EXPECTED, _TELLING = 4.0, 24  # what a hint is worth to a text without letters, in nats; letters that need none
_UNACCENTED = 5.0  # what an accent says against English, in nats
_DAMPING = 0.45  # neighbouring triples are not independent


def latin_profile(words: list[str], expected: str | None = None) -> tuple[str, float]:
    """The likeliest language of `words` (casefolded) and its probability; ("und", 0.0) without any word.

    `expected` is believed the more, the fewer letters there are, and not at all beyond 24.
    """
    if not words:
        return "und", 0.0
    languages = _letters()[0]
    brevity = max(0.0, 1 - sum(map(len, words)) / _TELLING)
    scores = {language: _FAVOUR.get(language, 0.0) * (1 + brevity) for language in languages}
    if expected in scores:
        scores[expected] += _EXPECTED * brevity
    if not all(word.isascii() for word in words):
        scores["en"] -= _UNACCENTED
    for word in words:
        _add_letters(scores, word)
        _add_word(scores, word)
    best = max(scores, key=scores.__getitem__)
    total = sum(math.exp(score - scores[best]) for score in scores.values())
    return best, round(min(0.99, 1 / total), 2)


def common_words() -> dict[str, tuple[str, ...]]:
    """Every listed word with the languages that use it."""
    return _common_words()


def _add_letters(scores: dict[str, float], word: str) -> None:
    languages, table = _letters()
    spelled = f" {word} "
    for size in (2, 3):
        for start in range(len(spelled) - size + 1):
            steps = table.get(spelled[start : start + size])
            if steps is None:
                continue
            for language, step in zip(languages, steps, strict=True):
                scores[language] += step * _STEP * _DAMPING


def _add_word(scores: dict[str, float], word: str) -> None:
    """Evidence of a listed word, or of an article or pronoun run together with it (l'eau)."""
    head, apostrophe, _ = word.partition("'")
    users = common_words().get(word) or common_words().get(head + apostrophe, ())
    for language in users:
        scores[language] += _WORD_WEIGHT / len(users) ** 0.5


@cache
def _letters() -> tuple[tuple[str, ...], dict[str, tuple[int, ...]]]:
    source = files(__package__).joinpath("lexicon", "letters.tsv").read_text(encoding="utf-8")
    heading, *lines = (line for line in source.splitlines() if not line.startswith("#"))
    rows = (line.split("\t") for line in lines)
    return tuple(heading.split()), {letters: tuple(ord(step) - 48 for step in steps) for letters, steps in rows}


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    users: dict[str, tuple[str, ...]] = {}
    for language in _letters()[0]:
        for word in dict.fromkeys(_lexicon()[language].split()):
            users[word] = (*users.get(word, ()), language)
    return users


@cache
def chinese_words() -> dict[str, tuple[str, ...]]:
    """Words that tell the two Chinese writings apart where the characters do not."""
    return {tag: tuple(words.split()) for tag, words in _lexicon()["chinese"].items()}


@cache
def japanese_characters() -> frozenset[str]:
    return frozenset(_lexicon()["japanese"]["characters"])


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("lexicon", "languages.toml").read_text(encoding="utf-8"))
