"""Every line's part in the mail: the writer's words, a quotation, what introduces one; and where history begins."""

from collections.abc import Sequence
from typing import Literal

from goodword.channels.adapters.email.quotes.attributions import attribution_start, may_end_attribution
from goodword.channels.adapters.email.quotes.closings import asks_to_reply_above, is_banner, is_device
from goodword.channels.adapters.email.quotes.evidence import (
    BAR,
    BROKEN_OFF,
    DASHED,
    QUOTED,
    RULER,
    field_of,
    seen,
    separator_of,
)
from goodword.channels.adapters.email.quotes.headers import header_end
from goodword.channels.adapters.email.quotes.model import Line

Kind = Literal["words", "quote", "intro", "signature"]
WRAPPED_FROM = 60
LONGEST_SEPARATOR = 120
LITTLE = 200
MOST_LOOKS = 2_000
LONGEST_TAIL = 40


class Reading:
    """``end``: where history begins, or, with ``passed_on``, a mail that was forwarded to be read."""

    def __init__(self, lines: Sequence[Line], forwarding: bool) -> None:
        self.kinds: list[Kind] = [_kind(line) for line in lines]
        _mend_wrapped(lines, self.kinds)
        self.marks = [line.mark for line in lines]
        self.looked = ["" if kind == "quote" else seen(line.text) for line, kind in zip(lines, self.kinds, strict=True)]
        self.end = len(lines)
        self.passed_on = self.guessed = False
        self._forwarding = forwarding
        self._words = [0] * len(lines)
        self._words_above = self._looks = 0
        self._scan()

    def _scan(self) -> None:
        at = 0
        while at < len(self.looked):
            after = self._opened(at) if self.kinds[at] != "quote" else None
            if after is not None:
                at = after
                continue
            self._count(at)
            at += 1

    def _count(self, at: int) -> None:
        line = self.looked[at]
        if self.kinds[at] == "words" and line and not RULER.match(line) and not is_device(line) and not is_banner(line):
            self._words[at] = len(line)
            self._words_above += len(line)

    def _opened(self, at: int) -> int | None:
        """Where to read on, when with this line something of another time began."""
        line, mark = self.looked[at], self.marks[at]
        if mark == "forward" or (mark == "intro" and separator_of(line) == "forwarded"):
            return self._forwarded(at)
        if mark == "intro":
            return self._introduced(at, at)
        if mark == "history":
            return self._history(at)
        if mark == "ruler" or RULER.match(line):
            return self._history(at) if self._header_below(at) else None
        if not line or self.kinds[at] == "signature":
            return None
        if len(line) <= LONGEST_SEPARATOR:
            if asks_to_reply_above(line):
                return self._history(at) if self._words_above else self._introduced(at, at)
            after = self._separated(at)
            if after is not None:
                return after
        return self._headed(at)

    def _headed(self, at: int) -> int | None:
        """Of a mail made of nothing but what looks like headings only the first thousands are looked at."""
        a_field, an_end = field_of(self.looked[at]) is not None, may_end_attribution(self.looked[at])
        self._looks += a_field or an_end
        if self._looks > MOST_LOOKS:
            return None
        if a_field and header_end(self.looked, at, introduced=False):
            return self._history(at)
        start = attribution_start(self.looked, at, self._quote_follows(at)) if an_end else None
        return None if start is None else self._introduced(start, at)

    def _separated(self, at: int) -> int | None:
        separator = separator_of(self.looked[at])
        if not separator:
            return None
        drawn = DASHED.match(self.looked[at]) is not None
        if not drawn and not self._header_below(at):
            return None
        return self._forwarded(at) if separator == "forwarded" else self._history(at)

    def _header_below(self, at: int) -> bool:
        below = self._next_filled(at)
        return below is not None and header_end(self.looked, below, introduced=True) is not None

    def _introduced(self, start: int, at: int) -> int:
        """An attribution: of quoted lines, of bare history, or, with nothing above it, of nobody knows what."""
        self._words_above -= sum(self._words[start:at])
        self._quote_barred(at + 1)
        if not self._quote_follows(at) and self._words_above:
            return self._history(start)
        self.guessed = self.guessed or not self._quote_follows(at)
        self.kinds[start : at + 1] = ["intro"] * (at + 1 - start)
        return at + 1

    def _quote_barred(self, at: int) -> None:
        """Below an attribution bars quote as well; elsewhere they draw tables."""
        while at < len(self.looked) and (BAR.match(self.looked[at]) or not self.looked[at]):
            if self.looked[at]:
                self.kinds[at], self.looked[at] = "quote", ""
            elif self.kinds[at] == "quote":
                return
            at += 1

    def _history(self, at: int) -> int:
        if not self._words_above or self._forwarding:
            return self._forwarded(at)
        self.end = at
        return len(self.looked)

    def _forwarded(self, at: int) -> int:
        """Below long words a forwarded mail is their history; below few or none it is what there is to read."""
        self.end = at
        self.passed_on = self.guessed = self._words_above <= LITTLE
        return len(self.looked)

    def _next_filled(self, at: int, most: int = 3) -> int | None:
        for below in range(at + 1, min(at + 1 + most, len(self.looked))):
            if self.looked[below] or self.kinds[below] == "quote":
                return below if self.kinds[below] != "quote" else None
        return None

    def _quote_follows(self, at: int, most: int = 3) -> bool:
        for below in range(at + 1, min(at + 1 + most, len(self.looked))):
            if self.kinds[below] == "quote" or BAR.match(self.looked[below]):
                return True
            if self.looked[below]:
                return False
        return False


def _kind(line: Line) -> Kind:
    if line.mark in ("quote", "signature", "intro"):
        return "quote" if line.mark == "quote" else "signature" if line.mark == "signature" else "intro"
    return "quote" if QUOTED.match(line.text) else "words"


def _mend_wrapped(lines: Sequence[Line], kinds: list[Kind]) -> None:
    """Where a mail server broke a line: a quotation without its ">", or the end of an address that looks like one."""
    for at in range(1, len(lines)):
        text, above = lines[at].text, lines[at - 1].text
        if kinds[at] == "quote" and not lines[at].mark and _ends_address(text, above):
            kinds[at] = "words"
        elif (
            kinds[at - 1 : at + 2] == ["quote", "words", "quote"] and len(above) >= WRAPPED_FROM and text[:1].islower()
        ):
            kinds[at] = "quote"


def _ends_address(text: str, above: str) -> bool:
    if len(text) > LONGEST_TAIL or BROKEN_OFF.match(text.strip()) is None:
        return False
    return above.rfind("<", max(0, len(above) - LONGEST_SEPARATOR)) > above.rfind(">") or not above.startswith(">")
