"""The tables, ready for looking things up."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

FIRST_UNSPACED = "\u0e00"
FIELDS = ("from", "sent", "date", "to", "cc", "subject")


class Vocabulary(NamedTuple):
    """Words of all languages: whoever quotes a mail may write in another one than its author."""

    fields: dict[str, str]
    inline_fields: re.Pattern[str]
    original: frozenset[str]
    forwarded: frozenset[str]
    opener: re.Pattern[str]
    wrote: re.Pattern[str]
    verbs: tuple[str, ...]
    pronouns: dict[str, frozenset[str]]
    sent_with: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    tables = tomllib.loads(files(__package__).joinpath("languages.toml").read_text(encoding="utf-8"))

    def words(name: str) -> list[str]:
        return [word for table in tables.values() for word in table[name]]

    return Vocabulary(
        fields={squeezed(word): field for field in reversed(FIELDS) for word in words(field)},
        inline_fields=re.compile(
            rf"(?<!\w)({_either(words('sent') + words('subject'))})\s?\*{{0,2}}[:：]", re.IGNORECASE
        ),
        original=frozenset(map(squeezed, words("original"))),
        forwarded=frozenset(map(squeezed, words("forwarded"))),
        opener=re.compile(rf"(?:{_either(words('opener'))})(?=[\s\d])", re.IGNORECASE),
        wrote=re.compile(_whole(words("wrote")), re.IGNORECASE),
        verbs=tuple(sorted(set(map(plain_case, words("wrote"))))),
        pronouns=_pronouns(tables.values()),
        sent_with=re.compile("|".join(map(_gaping, words("sent_with"))), re.IGNORECASE),
    )


def _pronouns(tables: Iterable[dict[str, list[str]]]) -> dict[str, frozenset[str]]:
    """By verb: what is a pronoun in one language is "of" in another."""
    found: dict[str, frozenset[str]] = {}
    for table in tables:
        for verb in table["wrote"]:
            found[verb.casefold()] = found.get(verb.casefold(), frozenset()) | frozenset(table["pronouns"])
    return found


def plain_case(words: str) -> str:
    """Alike where a pattern that ignores case takes them for alike: it knows three ways to write an i."""
    folded = words.casefold()
    return folded if folded.isascii() else folded.replace("i\u0307", "i").replace("\u0131", "i")


def squeezed(words: str) -> str:
    """As a field or a separator is looked up: without spaces, stars and case."""
    return "".join(words.replace("*", "").replace("_", "").split()).casefold()


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


def _whole(words: Iterable[str]) -> str:
    """Whole words, where the language puts something between words."""
    unspaced = {word for word in words if word > FIRST_UNSPACED}
    return rf"(?<!\w)(?:{_either({*words} - unspaced)})(?!\w)|{_either(unspaced)}"


def _gaping(phrase: str) -> str:
    """``…から送信`` ends what it says; a phrase without "…" begins it. Nobody's device says "not"."""
    ends = "[\\s.!。]{0,3}$" if "…" in phrase else ""
    return re.escape(phrase).replace("…", "[^，。,!?！？无不没無沒못]{0,80}") + ends
