"""What somebody asks the search for, read from one line."""

import re
from datetime import UTC, date, datetime
from typing import Any, Literal

import msgspec

from goodword.platform.clock import DAY
from goodword.platform.words import fold, scripts, terms

Is = Literal["open", "waiting", "snoozed", "closed", "spam", "merged", "unassigned", "mine", "unread", "urgent"]

# A full-width colon is what a Chinese keyboard gives.
OPERATOR = re.compile(r'(?P<name>from|to|tag|is|in|has|before|after)[:：](?P<value>"[^"]*"|“[^”]*”|\S+)', re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w/#])[#＃](\d{1,9})(?!\w)", re.ASCII)
STATES = frozenset(Is.__args__)  # type: ignore[attr-defined]
MOST_TERMS = 16
LONGEST_TERM = 60


class Query(msgspec.Struct, frozen=True):
    """``words`` as they were written, without the operators. Times in milliseconds; ``after`` is within, ``before``
    is not. ``nonsense``: operators whose value means nothing; nothing is found then.
    """

    words: str = ""
    sender: str = ""
    receiver: str = ""
    tags: tuple[str, ...] = ()
    states: tuple[Is, ...] = ()
    channel: str = ""
    has_file: bool = False
    before: int | None = None
    after: int | None = None
    number: int | None = None
    nonsense: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Query()


class Wanted(msgspec.Struct, frozen=True):
    """A term that must occur; ``begun``: or one that begins with it."""

    term: str
    begun: bool = False

    def meets(self, term: str) -> bool:
        return term.startswith(self.term) if self.begun else term == self.term


def read_query(line: str) -> Query:
    """Never fails: whatever is no operator is a word."""
    given: dict[str, Any] = {"tags": [], "states": [], "nonsense": []}

    def take(match: re.Match[str]) -> str:
        _operate(given, match["name"].lower(), match["value"].strip('"“”'), match[0])
        return " "

    def number(match: re.Match[str]) -> str:
        given["number"] = int(match[1])
        return " "

    # An operator stands at the beginning of a word: https://… is none, and neither is the end of "reason:".
    words = re.sub(rf"(?<!\S){OPERATOR.pattern}", take, line, flags=re.IGNORECASE)
    words = NUMBER.sub(number, words)
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Query(words=" ".join(words.split()), **plain)


def _operate(given: dict[str, Any], name: str, value: str, written: str) -> None:
    match name:
        case "from":
            given["sender"] = value
        case "to":
            given["receiver"] = value
        case "tag":
            given["tags"].append(value)
        case "in":
            given["channel"] = value
        case "is" if value.lower() in STATES:
            given["states"].append(value.lower())
        case "has" if value.lower() in ("file", "files", "attachment"):
            given["has_file"] = True
        case "before" | "after" if (day := _day(value)) is not None:
            given[name] = day
        case _:
            given["nonsense"].append(written)


def _day(text: str) -> int | None:
    """When the day begins, in UTC; a month or a year stands for its first day."""
    parts = text.split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    try:
        year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
        return (datetime.combine(date(year, month, day), datetime.min.time(), UTC) - EPOCH).days * DAY
    except ValueError:
        return None


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def wanted_terms(words: str) -> list[Wanted]:
    """What must occur. Nobody is asked to type a word to its end, or without the particle that Korean hangs on it."""
    found: dict[str, Wanted] = {}
    runs = words.split()
    for run in runs:
        own = [term[:LONGEST_TERM] for term in terms(run)]
        if len(own) > 1 and scripts(fold(run)) == {"hangul"}:
            own = own[:-1]
        found |= {term: Wanted(term) for term in own}
    if runs and found and (last := next(reversed(found))) in terms(runs[-1])[-1:]:
        found[last] = Wanted(last, begun=True)
    return list(found.values())[:MOST_TERMS]


def marked_terms(words: str) -> list[Wanted]:
    """What is marked where it stands: also that without which a text is found."""
    return [*wanted_terms(words), *(Wanted(term) for term in terms(words)[:MOST_TERMS])]
