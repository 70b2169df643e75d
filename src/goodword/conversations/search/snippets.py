"""The few words around a find, with what was asked for marked: cut from the text itself, in any writing."""

from collections.abc import Sequence
from itertools import islice

import msgspec

from goodword.conversations.search.query import Wanted
from goodword.platform.words import places

LENGTH = 160
LEAD = 40
MOST_LOOKED_AT = 4_000
Span = tuple[int, int]


class Piece(msgspec.Struct, frozen=True):
    text: str
    hit: bool


def snippet(text: str, wanted: Sequence[Wanted], length: int = LENGTH) -> list[Piece]:
    """Pieces that make up about ``length`` characters of ``text``; its beginning where nothing of it was asked for."""
    line = " ".join(text.split())
    hits = _joined(line, _hits(line, wanted))
    start = _start(line, hits, length)
    end = min(len(line), start + length)
    pieces: list[Piece] = [Piece("…", False)] if start else []
    at = start
    for here, there in hits:
        if here < start or there > end:
            continue
        if here > at:
            pieces.append(Piece(line[at:here], False))
        pieces.append(Piece(line[here:there], True))
        at = there
    tail = line[at:end] + ("…" if end < len(line) else "")
    return [*pieces, Piece(tail, False)] if tail else pieces


def is_hit(text: str, wanted: Sequence[Wanted]) -> bool:
    """Whether anything that was asked for stands in ``text``."""
    return any(one.meets(term) for _, _, term in islice(places(text), MOST_LOOKED_AT) for one in wanted)


def _hits(line: str, wanted: Sequence[Wanted]) -> list[Span]:
    terms = islice(places(line), MOST_LOOKED_AT)
    return [(start, end) for start, end, term in terms if any(one.meets(term) for one in wanted)]


def _joined(line: str, hits: Sequence[Span]) -> list[Span]:
    """Hits that touch are one."""
    found: list[Span] = []
    for start, end in hits:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _start(line: str, hits: Sequence[Span], length: int) -> int:
    """Where the most hits are seen at once, a few words ahead of them."""
    if len(line) <= length or not hits:
        return 0
    room = length - LEAD
    best = max(range(len(hits)), key=lambda n: (sum(end <= hits[n][0] + room for _, end in hits[n:]), -n))
    start = max(0, min(hits[best][0] - LEAD, len(line) - length))
    blank = line.find(" ", start, hits[best][0])
    return blank + 1 if start and blank >= 0 else start
