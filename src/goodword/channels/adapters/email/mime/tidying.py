"""HTML made harmless for parsers: they take quadratic time, or more memory than there is, for what nobody writes.

After ``tidied`` every tag ends at its own ">", nothing is nested deeper than people nest, and no formatting is left
open where its block ends: parsers would open it again in every block below.
"""

import re
from collections import Counter
from collections.abc import Collection
from typing import NewType

Tidied = NewType("Tidied", str)
LONGEST = 1_000_000
DEEPEST = 200
DEEPEST_FORMATTING = 40
MOST_REPEATED = 20_000
MOST_WORDS_IN_TAG = 500
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=%]{10000,}")
_SMALL = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}
_COMMENT_END = re.compile(r"--!?>")
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_UNREAD_TAGS = "script style title textarea xmp iframe noembed noframes noscript template svg"
_UNREAD = _UNREAD_TAGS.split()
_UNREAD_TAG = re.compile(rf"</?(?:{'|'.join(_UNREAD)}|math|plaintext|frameset|select|object|applet)\b[^<>]*>", re.I)
_TAG = re.compile(
    r"""<(?:(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]{0,60})
        (?:(?P<inside>(?:\s++|/|[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=`]++))?+)*+)>
          |(?P<broken>[^<>]*)>))?""",
    re.VERBOSE,
)
_VOID_TAGS = "area base br col embed hr img input link meta source track wbr"
_VOID = frozenset(_VOID_TAGS.split())
# What parsers open again after a block has closed it.
_FORMATTING_TAGS = "a b big code em font i nobr s small strike strong tt u"
_FORMATTING = frozenset(_FORMATTING_TAGS.split())
# Each of these ends one of those that is still open, with all that is in it.
_ENDS = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": {"td", "th"}, "th": {"td", "th"}, "tr": {"tr"}}
# Anything else that begins ends the paragraph around it.
_TAGS_IN_PARAGRAPHS = (
    "abbr acronym bdi bdo body button cite del dfn head html ins kbd label mark q rp rt ruby samp span sub sup time var"
)
_IN_PARAGRAPHS = frozenset(_TAGS_IN_PARAGRAPHS.split())
_WALLS = {"li": frozenset({"ul", "ol", "table"}), "tr": frozenset({"table"}), "td": frozenset({"table"})}
_WALLS |= {"th": _WALLS["td"], "dt": frozenset({"dl", "table"}), "dd": frozenset({"dl", "table"})}
_PARAGRAPH = frozenset({"p"})
_NO_WALL: frozenset[str] = frozenset()
_WALL = frozenset({"table", "td", "th", "caption", "button", "marquee"})
_TABLE = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"})


def tidied(html: str) -> Tidied:
    if len(html) > LONGEST:
        html = _EMBEDDED.sub("data:,", html)
    html = _without_unread(_without_comments(html[:LONGEST].replace("\0", "")))
    return Tidied(_Nesting().limited(html))


def _without_comments(html: str) -> str:
    """Of a comment that never ends only its beginning goes: what follows may be the mail."""
    pieces, at = [], 0
    while (begin := html.find("<!--", at)) >= 0:
        # "<!-->" and "<!--->" are whole comments.
        end = _COMMENT_END.search(html, begin + 2)
        pieces.append(html[at:begin])
        if end is None:
            pieces.append(html[begin:].replace("<!--", ""))
            at = len(html)
            break
        at = end.end()
    return _DECLARATION.sub("", "".join(pieces) + html[at:])


def _without_unread(html: str) -> str:
    """Scripts, styles and the like go with all that is in them; where one has no end, only its tag goes."""
    lowered = _lowered(html)
    for name in _UNREAD:
        if f"<{name}" not in lowered:
            continue
        pieces, at = [], 0
        for begin in re.compile(rf"<{name}\b[^<>]*>").finditer(lowered):
            if begin.start() < at:
                continue
            end = lowered.find(f"</{name}", begin.end())
            if end < 0:
                break
            pieces.append(html[at : begin.start()])
            close = lowered.find(">", end)
            at = close + 1 if close >= 0 else len(html)
        html = "".join(pieces) + html[at:]
        lowered = _lowered(html)
    return _UNREAD_TAG.sub("", html)


def _lowered(html: str) -> str:
    """In small letters, each still at its place: some letters beyond ASCII become two."""
    return html.lower() if html.isascii() else html.translate(_SMALL)


class _Nesting:
    """Follows which elements are open, and closes formatting where its block ends: parsers open it again in each
    block that follows."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self._formatting = 0

    def limited(self, html: str) -> str:
        return _TAG.sub(self._tag, html)

    def _tag(self, found: re.Match[str]) -> str:
        if not found["name"]:
            return "&lt;"
        name = found["name"].lower()
        if found["end"]:
            return "<br>" if name == "br" else "" if name in _VOID else self._close(name)
        if name in _VOID:
            return _rewritten(found)
        ended = self._end_before(name)
        if len(self._open) >= DEEPEST or (name in _FORMATTING and self._formatting >= DEEPEST_FORMATTING):
            return ended or " "
        self._open.append(name)
        self._counts[name] += 1
        self._formatting += name in _FORMATTING
        return ended + _rewritten(found)

    def _end_before(self, name: str) -> str:
        """What ends because this begins: a paragraph, an item, a cell."""
        ended = ""
        if self._counts["p"] and name not in _FORMATTING and name not in _IN_PARAGRAPHS:
            ended = self._close_nearest(_PARAGRAPH, _WALL)
        if name in _ENDS:
            ended += self._close_nearest(_ENDS[name], _WALLS[name])
        return ended

    def _close(self, name: str) -> str:
        if self._open and self._open[-1] == name:
            self._leave(name)
            return f"</{name}>"
        if not self._counts[name]:
            return ""
        return self._close_nearest({name}, _NO_WALL if name in _TABLE else _WALL)

    def _leave(self, name: str) -> None:
        self._open.pop()
        self._counts[name] -= 1
        self._formatting -= name in _FORMATTING

    def _close_nearest(self, names: Collection[str], walls: Collection[str]) -> str:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at] in names:
                ended = self._open[at:]
                for name in reversed(ended):
                    self._leave(name)
                return "".join(f"</{name}>" for name in reversed(ended) if name in _FORMATTING or name == ended[0])
            if self._open[at] in walls:
                break
        return ""


def _rewritten(found: re.Match[str]) -> str:
    """Quotes that don't pair would let the tag reach into the text behind it; no tag has hundreds of attributes."""
    inside = found["inside"]
    if inside is None:
        inside = found["broken"].replace('"', " ").replace("'", " ")
    if len(inside) > MOST_WORDS_IN_TAG and len(inside.split()) > MOST_WORDS_IN_TAG:
        inside = ""
    return f"<{found['name']}{inside}>"
