"""The words of ``signs.toml``, ready to be looked for."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

LONGEST_LOOKED_AT = 200_000


class Reason(msgspec.Struct, frozen=True):
    status: str
    words: tuple[str, ...]


class Signs(msgspec.Struct, frozen=True):
    programs: frozenset[str]
    offices: frozenset[str]
    names: tuple[str, ...]
    headers: tuple[str, ...]
    subject_begins: tuple[str, ...]
    subject_holds: tuple[str, ...]
    subject_arrived: tuple[str, ...]
    surely: tuple[str, ...]
    maybe: tuple[str, ...]
    original: tuple[str, ...]
    delay: tuple[str, ...]
    delay_over: tuple[str, ...]
    reasons: tuple[Reason, ...]


def plain(text: str) -> str:
    """As the tables are written: small letters, straight quotes, one space between words."""
    return " ".join(text[:LONGEST_LOOKED_AT].lower().replace("\u2019", "'").replace("\u2018", "'").split())


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether the ``plain`` text holds one of these, not within a longer Latin word."""
    return bool(text) and _pattern(words).search(text) is not None


@cache
def signs() -> Signs:
    found = tomllib.loads(files(__package__).joinpath("signs.toml").read_text(encoding="utf-8"))
    return msgspec.convert(
        {
            "programs": found["author"]["programs"],
            "offices": found["author"]["offices"],
            "names": found["author"]["names"],
            "headers": found["author"]["headers"],
            "subject_begins": _all(found["subject"]["begins"]),
            "subject_holds": _all(found["subject"]["holds"]),
            "subject_arrived": found["subject"]["arrived"],
            "surely": found["body"]["surely"],
            "maybe": found["body"]["maybe"],
            "original": found["original"]["begins"],
            "delay": found["delay"]["words"],
            "delay_over": found["delay"]["over"],
            "reasons": found["reason"],
        },
        Signs,
    )


def _all(by_language: dict[str, list[str]]) -> list[Any]:
    return [words for language in by_language.values() for words in language]


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Words may have endings: "delay" is in "delayed", but "full" not in "hopefull"."""
    escaped = (rf"(?<![a-z]){re.escape(word)}" if word[0].isascii() else re.escape(word) for word in words)
    return re.compile("|".join(escaped))
