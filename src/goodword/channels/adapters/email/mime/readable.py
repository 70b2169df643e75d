"""HTML as plain text that a person can read: paragraphs, lists, rows of tables, where links lead; nothing hidden."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from goodword.channels.adapters.email.mime.tidying import Tidied

LONGEST_LINK = 500
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FILLER = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]+[\u00a0\u2007\u200b-\u200f\u034f\u00ad\ufeff ]{2,}"
)
_RUN = re.compile(r" {2,}")
_GAP = re.compile(r" ?\t[ \t]*")
_TOO_MANY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:^|[;\s])opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)"
    r"|max-height\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_SHOWN_LINKS = re.compile(r"(?:https?|ftp)://|mailto:", re.IGNORECASE)
_SCHEME = re.compile(r"(?:https?|mailto|ftp):(?://)?(?:www\.)?")
_UNREAD_TAGS = "head script style title noscript template iframe object select textarea button"
_BLOCK_TAGS = (
    "address article aside caption center dd details dir div dl dt fieldset figcaption figure footer form header hr li "
    "main menu nav ol section summary table tbody tfoot thead tr ul"
)
_UNREAD = frozenset(_UNREAD_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "dl", "table"})
_CELLS = frozenset({"td", "th"})


class _Link(NamedTuple):
    """``said_before`` and ``begins``: how many letters and pieces of the line stand before its words."""

    address: str
    said_before: int
    begins: int


def readable(html: Tidied) -> str:
    """Never raises, and never empty where the HTML has anything to read."""
    body = LexborHTMLParser(html).root
    text = _Writer().written(body)
    if not text and body is not None:
        text = _Writer(hidden_too=True).written(body)
    return text


class _Writer:
    """Goes through the elements without recursion and writes line after line."""

    def __init__(self, hidden_too: bool = False) -> None:
        self._hidden_too = hidden_too
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._preformatted = 0
        self._lists: list[int] = []
        self._links: list[_Link] = []
        self._said = 0

    def written(self, root: LexborNode | None) -> str:
        node = root
        while node is not None:
            into = self._enter(node)
            following = node.child if into else None
            while following is None and node is not None:
                self._leave(node, into)
                following, into = node.next if node is not root else None, True
                if following is None:
                    node = node.parent if node is not root else None
            node = following
        self._break()
        return _FILLER.sub(" ", _TOO_MANY_LINES.sub("\n\n", "\n".join(self._lines))).strip("\n ")

    def _enter(self, node: LexborNode) -> bool:
        if node.is_text_node:
            self._say(node.text_content or "")
            return False
        name = node.tag or ""
        if name in _UNREAD or name.startswith(("-comment", "!")) or self._is_hidden(node):
            return False
        if name == "br":
            self._break(always=True)
        elif name == "img":
            self._picture(node)
        elif name in _CELLS:
            self._cell()
        elif name in _PARAGRAPHS or name in _BLOCKS:
            self._begin_block(name)
        elif name == "a":
            self._links.append(_Link(node.attributes.get("href") or "", self._said, len(self._line)))
        return True

    def _leave(self, node: LexborNode, entered: bool) -> None:
        name = node.tag or ""
        if not entered or node.is_text_node:
            return
        if name == "a" and self._links:
            self._link(self._links.pop())
        elif name in _PARAGRAPHS or name in _BLOCKS:
            self._end_block(name)

    def _is_hidden(self, node: LexborNode) -> bool:
        if self._hidden_too:
            return False
        attributes = node.attributes
        return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))

    def _say(self, text: str) -> None:
        if self._preformatted:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._line.append(first)
            for other in others:
                self._break(always=True)
                self._line.append(other)
        else:
            self._line.append(_SPACES.sub(" ", text))
        self._said += len(text.strip())

    def _picture(self, node: LexborNode) -> None:
        """A smiley is a word; so is what stands for the picture in a link without any other."""
        words = (node.attributes.get("alt") or "").strip()
        alone_in_link = bool(self._links) and self._links[-1].said_before == self._said
        if alone_in_link or (len(words) <= 4 and not words.isascii()):
            self._say(words)

    def _cell(self) -> None:
        if "".join(self._line).strip():
            self._line.append("\t")

    def _begin_block(self, name: str) -> None:
        self._break()
        if name in _PARAGRAPHS and not (name in ("ul", "ol") and self._lists):
            self._space()
        if name == "blockquote":
            self._quoted += 1
        elif name == "pre":
            self._preformatted += 1
        elif name in ("ul", "ol"):
            self._lists.append(0 if name == "ol" else -1)
        elif name == "li":
            self._item()

    def _item(self) -> None:
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
        number = self._lists[-1] if self._lists else -1
        self._line.append(f"{'  ' * (len(self._lists) - 1)}{f'{number}.' if number >= 0 else '-'} ")

    def _end_block(self, name: str) -> None:
        self._break()
        if name == "blockquote":
            self._quoted -= 1
        elif name == "pre":
            self._preformatted -= 1
        elif name in ("ul", "ol") and self._lists:
            self._lists.pop()
        if name in _PARAGRAPHS and not (name in ("ul", "ol") and self._lists):
            self._space()

    def _link(self, link: _Link) -> None:
        address = "".join(link.address.split())
        if len(address) > LONGEST_LINK or not _SHOWN_LINKS.match(address) or self._said == link.said_before:
            return
        words = "".join(self._line[link.begins if link.begins <= len(self._line) else 0 :]).lower()
        plain = _SCHEME.sub("", address.lower()).rstrip("/")
        if plain.partition("?")[0] not in words and unquote(plain) not in words:
            shown = address.partition("?")[0].removeprefix("mailto:") if address.startswith("mailto:") else address
            self._line.append(f" <{shown}>")

    def _break(self, always: bool = False) -> None:
        if not self._line and not always:
            return
        text = "".join(self._line)
        self._line.clear()
        if not self._preformatted:
            indent = text[: len(text) - len(text.lstrip(" "))] if re.match(r" +(?:-|\d+\.) ", text) else ""
            text = indent + _GAP.sub("  ", _RUN.sub(" ", text.replace("\u00a0", " "))).strip()
        if text.strip() or always:
            self._lines.append(f"{'> ' * min(self._quoted, 20)}{text}".rstrip())

    def _space(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(("> " * min(self._quoted, 20)).rstrip())
