"""What a letter asks: its words without the salutation, the close and the name that manners put around them."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from goodword.platform.words import fold

LONGEST = 60
MOST_WORDS = 6
# So many lines a close may have below it: a name, a company, a telephone number.
LINES_OF_A_CLOSE = 5


def without_manners(text: str, writer: str = "") -> str:
    """``writer``: what the sender calls himself. As it is where nothing else would be left."""
    lines = [line.strip() for line in text.strip().splitlines()]
    kept = _without_name(_without_close(_without_salutation(lines)), writer)
    return "\n".join(kept).strip() or text


def _without_salutation(lines: Sequence[str]) -> Sequence[str]:
    return lines[1:] if lines and _begins(lines[0], "salutation") else lines


def _without_close(lines: Sequence[str]) -> Sequence[str]:
    """From the first line on that closes it near its end."""
    said = [place for place, line in enumerate(lines) if line]
    near_the_end = said[1:][-LINES_OF_A_CLOSE - 1 :]
    end = next((place for place in near_the_end if _begins(lines[place], "close")), len(lines))
    return lines[:end]


def _without_name(lines: Sequence[str], writer: str) -> Sequence[str]:
    lines = list(lines)
    while lines and not lines[-1]:
        lines.pop()
    name = set(fold(writer).split())
    signed = len(lines) > 1 and name and set(fold(lines[-1]).strip(" ,.-–—").split()) <= name
    return lines[:-1] if signed else lines


def _begins(line: str, kind: str) -> bool:
    """Whether the line says that and hardly more."""
    if len(line) > LONGEST or "?" in line or "？" in line:
        return False
    words = "".join(char if char.isalnum() else " " for char in fold(line)).split()
    said = " ".join(words)
    short = len(words) <= MOST_WORDS
    return short and any(said == one or said.startswith(f"{one} ") or _unspaced(said, one) for one in _phrases(kind))


def _unspaced(said: str, phrase: str) -> bool:
    return not phrase.isascii() and len(said) <= len(phrase) + 8 and said.startswith(phrase)


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    found = tomllib.loads(files(__package__).joinpath("lexicon", "letters.toml").read_text(encoding="utf-8"))
    return tuple(fold(phrase) for phrases in found[kind].values() for phrase in phrases)
