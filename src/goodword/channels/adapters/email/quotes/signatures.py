"""Where, in a piece of somebody's own words, the words end and the signature begins."""

import re
from collections.abc import Sequence
from itertools import takewhile

from goodword.channels.adapters.email.quotes.closings import is_device, is_disclaimer, is_footer, is_list_footer
from goodword.channels.adapters.email.quotes.evidence import RULER

DELIMITER = re.compile(r"(?:--|—|––|__|ᐧ)$")
CONTACT = re.compile(r"www\.|https?://|[\w.+'-]@[\w-]|\+?\(?\d[\d ()./-]{6,20}\d")
MOST_LINES = 25
MOST_CONTACTS, LONGEST_CONTACT = 10, 80


def signature_start(lines: Sequence[str]) -> int:
    """The line with which the signature begins; ``len(lines)`` where there is none."""
    filled = sum(map(bool, lines))
    for at, line in enumerate(lines):
        if not line:
            continue
        filled -= 1
        if DELIMITER.match(line) and filled <= MOST_LINES:
            return at
        opens = at == 0 or not lines[at - 1] or RULER.match(lines[at - 1]) is not None
        if opens and _begins_signature(lines, at):
            return _with_ruler(lines, at)
    return len(lines)


def _begins_signature(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    if RULER.match(line):
        return is_list_footer(" ".join(lines[at + 1 : at + 5])) or _is_card(lines[at + 1 : at + MOST_LINES])
    return is_device(line) or is_footer(line) or is_disclaimer(" ".join(takewhile(bool, lines[at : at + 4])))


def _is_card(below: Sequence[str]) -> bool:
    """Short lines, an address or a number among them, and nothing after: what stands on a visiting card."""
    filled = [line for line in below if line]
    short = (
        len(filled) <= MOST_CONTACTS
        and len(below) < MOST_LINES - 1
        and all(len(line) <= LONGEST_CONTACT for line in filled)
    )
    return not filled or (short and any(map(CONTACT.search, filled)))


def _with_ruler(lines: Sequence[str], at: int) -> int:
    """A line drawn above the signature belongs to it."""
    above = at
    while above > 0 and (not lines[above - 1] or RULER.match(lines[above - 1])):
        above -= 1
    return above if any(lines[above:at]) else at
