"""What tells a line that a mail program wrote from one that a person wrote. Looks at a bounded piece of every line."""

import re
from typing import NamedTuple

from goodword.channels.adapters.email.quotes.vocabulary import squeezed, vocabulary

LOOKED_AT = 400
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad")
)
SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t"), " ")
QUOTED = re.compile(r" {0,3}[>＞]|&gt;")
BAR = re.compile(r"[|│](?!.*[|│]$)")
BROKEN_OFF = re.compile(r"[>＞]\s?(?:[^\W\d]{1,14}\s?){0,3}[:：]$")
RULER = re.compile(r"(?:[-_=*~─—⎯‐]\s?){3,}$")
DASHED = re.compile(r"[-_=*~>─—#+]{2,}|\*|[-─—] ")
FIELD = re.compile(r"[\s>*•]{0,6}([^\W\d_][^:：]{0,28}?)\s{0,3}\*{0,2}\s?[:：]\*{0,2}\s*(.*)")

ADDRESS = re.compile(r"[\w.+'-]@[\w-]")
BRACKETED = re.compile(r"[<(\[＜][^<>]{0,120}[\w.+'-]@[\w-][^<>]{0,200}[>)\]＞]")
TIME = re.compile(
    r"(?<![\d.])\d{1,2}\s?[:.hH：時点时시]\s?\d{2}(?!\.?\d)|(?<!\d)\d{1,2}\s?[ap]\.?\s?m\b", re.IGNORECASE
)
DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<![\d.])\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}(?!\.?\d)|\d\s?[月월]"
)
DATE_FIRST = re.compile(r"[\W_]*(?:[^\W\d]{1,14}[.,]{0,2}\s+)?\d")


class Field(NamedTuple):
    kind: str
    value: str


def seen(line: str) -> str:
    """The line as it is looked at: without what nobody sees, and not more of it than a mail program writes."""
    return line[:LOOKED_AT].translate(INVISIBLE).translate(SPACES).strip()


def field_of(line: str) -> Field | None:
    """``*Von:* Ada`` and ``보낸 사람 : Ada``; None for everything else."""
    found = FIELD.match(line)
    kind = vocabulary().fields.get(squeezed(found[1])) if found else None
    return Field(kind, found[2]) if kind and found else None


def separator_of(line: str) -> str:
    """ "original" for ``-----Original Message-----``, "forwarded" for its like, "" for everything else."""
    words = squeezed(line.strip("-=~>─—#+<|.:：,、*_ "))
    return "original" if words in vocabulary().original else "forwarded" if words in vocabulary().forwarded else ""


def has_time(text: str) -> bool:
    return TIME.search(text) is not None


def has_date(text: str) -> bool:
    return DATE.search(text) is not None


def has_address(text: str) -> bool:
    return ADDRESS.search(text) is not None
