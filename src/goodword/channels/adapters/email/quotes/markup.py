"""HTML read as lines of text, each with the mark of the element it stood in."""

import re
from typing import NamedTuple

from goodword.channels.adapters.email.quotes.attributions import attribution_start, may_end_attribution
from goodword.channels.adapters.email.quotes.evidence import seen
from goodword.channels.adapters.email.quotes.marks import ElementMark, attributes_of, mark_of
from goodword.channels.adapters.email.quotes.model import Line, Mark
from goodword.channels.adapters.email.quotes.tags import Tag, tokens

SPACE = re.compile(r"[ \t\r\n\f]+")
NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param"]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
SPACED = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol"])
CELLS = frozenset({"td", "th"})
NOT_READ = frozenset({"style", "script", "title", "template"})
LOOKED_BACK = 8
DEEPEST_CLOSED = 500
HIDDEN = "hidden"


class Open(NamedTuple):
    tag: str
    state: str


class Page:
    """Lines as they come; elements are kept on a stack of our own, so that depth costs nothing."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._open: list[Open] = []
        self._inside: dict[str, int] = {}

    def read(self, html: str) -> list[Line]:
        for token in tokens(html):
            if isinstance(token, str):
                self._say(token)
            elif token.closing:
                self._close(token.name)
            else:
                self._enter(token)
        self._break()
        while self._open:
            self._pop()
        return self.lines

    def _say(self, text: str) -> None:
        if any(self._inside.get(state) for state in (HIDDEN, *NOT_READ)):
            return
        if self._inside.get("pre"):
            first, *others = text.replace("\r", "").split("\n")
            self._words.append(first)
            for other in others:
                self._break(always=True)
                self._words.append(other)
        else:
            self._words.append(SPACE.sub(" ", text))

    def _enter(self, tag: Tag) -> None:
        name = tag.name
        attributes = attributes_of(tag.inside) if "=" in tag.inside else {}
        if name == "br":
            self._break(always=True)
        elif name == "img":
            self._say(_picture(attributes))
        if name in BLOCKS:
            if name == "p" and self._open and self._open[-1].tag == "p":
                self._pop()
            self._break()
            if name == "li":
                self._words.append("- ")
        elif name in CELLS:
            self._words.append(" ")
        state = self._state(name, mark_of(name, attributes), attributes)
        if name in VOID or (tag.inside.endswith("/") and name not in BLOCKS):
            return
        if name in SPACED:
            self._space()
        self._open.append(Open(name, state))
        for counted in {name, state}:
            self._inside[counted] = self._inside.get(counted, 0) + 1

    def _state(self, name: str, mark: ElementMark | None, attributes: dict[str, str]) -> str:
        """What the element makes of the lines inside; a mark for what follows is left on a line of its own."""
        if NOT_SHOWN.search(attributes.get("style", "")):
            return HIDDEN
        if mark == "maybe_quote":
            return "quote" if self._introduced() else ""
        if mark in ("history", "ruler", "forward") and not self._inside.get("quote"):
            self._break()
            self.lines.append(Line("", mark))
            return ""
        return mark or ""

    def _introduced(self) -> bool:
        """Indented text is a quotation only below a line that says so."""
        self._break()
        last = [seen(line.text) for line in self.lines[-LOOKED_BACK:]]
        while last and not last[-1]:
            last.pop()
        if not last or not may_end_attribution(last[-1]):
            return False
        return attribution_start(last, len(last) - 1, quote_follows=True) is not None

    def _close(self, name: str) -> None:
        if name == "p" and not self._inside.get("p"):
            return
        if name in BLOCKS:
            self._break()
        if not self._inside.get(name):
            return
        for opened in reversed(self._open[-DEEPEST_CLOSED:]):
            if opened.tag == name:
                while self._pop() != name:
                    pass
                break
            if opened.tag in CELLS and name not in BLOCKS - {"div"}:
                break
        if name in SPACED:
            self._space()

    def _pop(self) -> str:
        tag, state = self._open.pop()
        for counted in {tag, state}:
            self._inside[counted] -= 1
        return tag

    def _break(self, always: bool = False) -> None:
        if not self._words and not always:
            return
        text = "".join(self._words)
        self._words.clear()
        shown = text.replace("\u00a0", " ").rstrip()
        if shown.strip() or always:
            self.lines.append(Line(shown if self._inside.get("pre") else SPACE.sub(" ", shown).strip(), self._mark()))

    def _space(self) -> None:
        if self.lines and self.lines[-1].text:
            self.lines.append(Line("", self._mark()))

    def _mark(self) -> Mark:
        if self._inside.get("quote"):
            return "quote"
        if self._inside.get("signature"):
            return "signature"
        return "intro" if self._inside.get("intro") else ""


def _picture(attributes: dict[str, str]) -> str:
    """A smiley is a word."""
    words = attributes.get("alt", "")
    return words if len(words) <= 4 and not words.isascii() else ""


def lines_of(html: str) -> list[Line]:
    return Page().read(html)
