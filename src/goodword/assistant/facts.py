"""Facts to act on, found by how they are written: order numbers, addresses, dates, amounts, telephone numbers."""

import re
from collections.abc import Sequence

import msgspec

from goodword.conversations.model import KnownFact
from goodword.platform.words import terms

MOST_FACTS = 12

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_CURRENCY = r"EUR|GBP|USD|KRW|CNY|RMB|TWD|NT\$|XOF|CFA|€|£|\$|¥|₩"
_FACTS = (
    ("order", re.compile(r"\b[A-Z]{2,4}-?\d{4,}\b", re.IGNORECASE | re.ASCII)),
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)),
    (
        "date",
        re.compile(
            r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|(?:\d{4}\s?[年년]\s?)?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日號号일]"
            rf"|\b\d{{1,2}}(?:st|nd|rd|th|er)?\s(?:{_MONTH})\b(?:\s\d{{4}})?|\b(?:{_MONTH})\s\d{{1,2}}\b(?:,?\s\d{{4}})?",
            re.IGNORECASE,
        ),
    ),
    (
        "amount",
        re.compile(
            rf"(?:{_CURRENCY})\s?\d[\d,.]*\d|(?:{_CURRENCY})\s?\d|\d[\d,.\s]{{0,12}}\d?\s?(?:{_CURRENCY}|euros?|pounds?|dollars?|元|块|塊|원|歐元|欧元|유로)",
            re.IGNORECASE,
        ),
    ),
    ("phone", re.compile(r"(?<![\w-])\+?\d(?:[\s().-]?\d){8,14}(?![\w-])", re.ASCII)),
)
_PARTICULARS = tuple(pattern for name, pattern in _FACTS if name in ("order", "email", "phone"))


class Line(msgspec.Struct, frozen=True):
    """What the customer wrote."""

    message_id: str
    text: str


def facts_in(lines: Sequence[Line]) -> tuple[KnownFact, ...]:
    """Order numbers, addresses, dates, amounts and telephone numbers, each once, where it was first said."""
    found: dict[tuple[str, str], KnownFact] = {}
    for line in lines:
        rest = line.text[:5_000]
        for name, pattern in _FACTS:
            for match in pattern.finditer(rest):
                value = match.group().strip()
                found.setdefault((name, value.upper()), KnownFact(name, value, line.message_id))
            rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    return tuple(found.values())[:MOST_FACTS]


def without_particulars(text: str) -> str:
    """``text`` without the numbers and addresses that are his alone; as it is where no word would be left."""
    rest = text
    for pattern in _PARTICULARS:
        rest = pattern.sub(" ", rest)
    return rest.strip() if terms(rest) else text
