"""The rules for lines: what of them the writer wrote just now, and what stood there before."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from goodword.channels.adapters.email.quotes.closings import continues_banner, is_banner, is_device
from goodword.channels.adapters.email.quotes.model import Line, Stripped
from goodword.channels.adapters.email.quotes.reading import Kind, Reading
from goodword.channels.adapters.email.quotes.signatures import signature_start

LONGEST_CONTEXT = 20
EMPTY_LINES = re.compile(r"\n{3,}")


class Piece(NamedTuple):
    """Neighbouring lines of one kind, and which of them are the writer's words."""

    kind: Kind
    lines: range
    words: range


def strip_lines(lines: Sequence[Line], forwarding: bool = False) -> Stripped:
    """Nothing is lost: every line is in ``new`` or in ``folded``."""
    reading = Reading(lines, forwarding)
    pieces = list(_pieces(reading))
    kept = {at for piece in pieces for at in piece.words} | set(_context(pieces, reading))
    if reading.passed_on:
        kept.update(range(reading.end, len(lines)), _signed(reading) if not kept else ())
    if not _said(reading, kept):
        return _left_over(lines, reading)
    return _parted(lines, kept, certain=not reading.guessed)


def _pieces(reading: Reading) -> Iterator[Piece]:
    start = 0
    for kind, group in groupby(reading.kinds[: reading.end]):
        end = start + sum(1 for _ in group)
        yield Piece(kind, range(start, end), _words(reading.looked, start, end) if kind == "words" else range(0))
        start = end


def _words(looked: Sequence[str], start: int, end: int) -> range:
    """What is left between the banner of a mail server and the signature."""
    banner = False
    while start < end and (
        not looked[start] or is_banner(looked[start]) or (banner and continues_banner(looked[start]))
    ):
        banner = bool(looked[start])
        start += 1
    words = range(start, start + signature_start(looked[start:end]))
    return words if any(looked[at] for at in words) else range(0)


def _context(pieces: Sequence[Piece], reading: Reading) -> Iterator[int]:
    """Quoted lines that are answered below: without them "yes" and "no, the blue one" say nothing."""
    spoken = [at for at, piece in enumerate(pieces) if piece.words]
    if len(spoken) < 2 or reading.passed_on:
        return
    for piece in pieces[: spoken[-1]]:
        if piece.kind == "quote" and len(piece.lines) <= LONGEST_CONTEXT:
            yield from piece.lines


def _said(reading: Reading, kept: set[int]) -> bool:
    return any(reading.looked[at] or reading.kinds[at] == "quote" for at in kept)


def _left_over(lines: Sequence[Line], reading: Reading) -> Stripped:
    """All seemed a quotation or a signature. Of a plain quotation nothing is new; of anything else all may be."""
    if signed := _signed(reading):
        return _parted(lines, signed, certain=False)
    if "quote" in reading.kinds and _looks_quoted(lines):
        return _parted(lines, set(), certain=True)
    return _parted(lines, set(range(len(lines))), certain=False)


def _looks_quoted(lines: Sequence[Line]) -> bool:
    """Its words say so too; some programs put a whole new mail into an element that is called a quotation."""
    words = Reading([Line(line.text) for line in lines], forwarding=False)
    return words.end < len(lines) or "quote" in words.kinds or "intro" in words.kinds


def _signed(reading: Reading) -> set[int]:
    """Some write into their signature; nobody writes "Sent from my iPhone" in person."""
    looked, kinds = reading.looked, reading.kinds
    return {
        at
        for at in range(reading.end)
        if kinds[at] in ("words", "signature") and looked[at] and not is_device(looked[at])
    }


def _parted(lines: Sequence[Line], kept: set[int], certain: bool) -> Stripped:
    new = (line.text for at, line in enumerate(lines) if at in kept or not line.text.strip())
    folded = (line.text for at, line in enumerate(lines) if at not in kept)
    return Stripped(_joined(new), _joined(folded), certain)


def _joined(texts: Iterator[str]) -> str:
    return EMPTY_LINES.sub("\n\n", "\n".join(text.rstrip() for text in texts)).strip("\n")
