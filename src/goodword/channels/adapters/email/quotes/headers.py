"""Blocks of fields that open the mail below them: From, Sent, To, Subject."""

from collections.abc import Mapping, Sequence

from goodword.channels.adapters.email.quotes.evidence import field_of, has_address, has_date, has_time
from goodword.channels.adapters.email.quotes.vocabulary import vocabulary

MOST_LINES = 24
MOST_BETWEEN = 4
WRAPPED_FROM = 60
TELLING = frozenset({"from", "sent", "date", "to", "subject"})


def header_end(lines: Sequence[str], start: int, introduced: bool) -> int | None:
    """The line after the block that starts here; ``introduced`` where a separator stands above it."""
    first = field_of(lines[start])
    if first is None or first.kind == "cc":
        return None
    if first.kind == "from" and _all_in_one(lines[start]):
        return start + 1
    fields: dict[str, str] = {}
    end = start
    for at in range(start, min(len(lines), start + MOST_LINES)):
        field = field_of(lines[at]) if lines[at] else None
        if field is not None and (field.kind == "cc" or field.kind not in fields):
            fields[field.kind] = field.value or (lines[at + 1] if at + 1 < len(lines) else "")
            end = at + 1
        elif at - end >= (MOST_BETWEEN if lines[at] else 1):
            break
    return _past_wrapped(lines, end) if _convincing(fields, introduced) else None


def _convincing(fields: Mapping[str, str], introduced: bool) -> bool:
    """A traveller's "From: Paris, To: Rome, Date: 3 May" is none: programs name a subject, an address or a moment."""
    kinds = TELLING & fields.keys()
    addressed = has_address(fields.get("from", "") + " " + fields.get("to", ""))
    moment = fields.get("sent") or fields.get("date", "")
    timed = has_time(moment) and has_date(moment)
    if introduced:
        return len(kinds) >= 2 and (addressed or timed or "subject" in kinds)
    if "from" not in kinds:
        return False
    if len(kinds) >= 3:
        return addressed or "subject" in kinds or ("sent" in kinds and timed)
    return len(kinds) == 2 and has_address(fields["from"]) and timed


def _all_in_one(line: str) -> bool:
    """``From: … Sent: … To: … Subject: …`` on one line, as left by who takes line breaks away."""
    return len({found[1].casefold() for found in vocabulary().inline_fields.finditer(line)}) >= 2


def _past_wrapped(lines: Sequence[str], end: int) -> int:
    """A long subject goes on in the next line."""
    wrapped = len(lines[end - 1]) >= WRAPPED_FROM and end + 1 < len(lines) and lines[end] and not lines[end + 1]
    return end + 1 if wrapped else end
