"""What people say when they ask nothing: greetings, thanks, "that didn't help". Tables in ``lexicon/``."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from goodword.platform.words import clean, fold, terms

Talk = Literal["who", "bye", "thanks", "how", "greeting", "ok"]
LONGEST = 80
# A complaint that says more than this besides is a question of its own.
OWN_WORDS = 4

_TALK: tuple[Talk, ...] = ("who", "bye", "thanks", "how", "greeting", "ok")
_CLAUSE = re.compile(r"[.,;:!?…\n。，；：！？、]+")
_NOT_WORDS = re.compile(r"[^\w]+|_+")


def small_talk(text: str) -> Talk | None:
    """What kind of small talk ``text`` is, when it is nothing else."""
    line = _line(text)
    if not line.strip() or len(line) > LONGEST:
        return None
    rest, found = line, []
    for kind in _TALK:
        rest, times = _pattern(kind).subn(" ", rest)
        found += [kind] if times else []
    rest = _pattern("filler").sub(" ", rest)
    return found[0] if found and not rest.strip() else None


def agrees(text: str) -> bool:
    """Whether ``text`` says yes and nothing else."""
    line, times = _pattern("yes").subn(" ", _line(text))
    return bool(times) and not _pattern("filler").sub(" ", line).strip()


def did_not_help(text: str) -> bool:
    """Whether the customer says that the answer was of no use."""
    line = _line(text)
    return len(line) <= 3 * LONGEST and bool(_pattern("not_helped").search(line))


def wanted_instead(text: str) -> str:
    """What the customer asks besides saying that an answer was of no use; empty when that is all he says."""
    others = " ".join(clause for clause in _CLAUSE.split(text) if not _pattern("not_helped").search(_line(clause)))
    if len(terms(others)) >= OWN_WORDS:
        return others.strip()
    rest = _pattern("filler").sub(" ", _pattern("not_helped").sub(" ", _line(text)))
    return text if len(terms(rest)) >= OWN_WORDS else ""


def goes_on(text: str) -> bool:
    """Whether ``text`` only makes sense after what was asked before it: "and to Korea?"."""
    line = _line(text)
    return len(line) <= LONGEST and bool(_pattern("goes_on").match(line))


def _line(text: str) -> str:
    return f" {' '.join(_NOT_WORDS.sub(' ', fold(clean(text, 2_000))).split())} "


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """Any phrase of ``kind``: whole words where words are written apart, anywhere otherwise."""
    phrases = sorted({f"{' '.join(_NOT_WORDS.sub(' ', fold(phrase)).split())}" for phrase in _lexicon()[kind]}, key=len)
    ends = [rf"(?<![^ ]){re.escape(p)}(?![^ ])" if p.isascii() else re.escape(p) for p in reversed(phrases)]
    return re.compile(rf" ?(?:{'|'.join(ends)})")


@cache
def _lexicon() -> dict[str, list[str]]:
    found = tomllib.loads(files(__package__).joinpath("lexicon", "phrases.toml").read_text(encoding="utf-8"))
    return {kind: [phrase for phrases in of.values() for phrase in phrases] for kind, of in found.items()}
