"""Web pages: the main content of a page, without its navigation, scripts and forms."""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from goodword.knowledge.reading.model import Block, Document, Kind

_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|section|h[1-6]|p|ul|table)\b", re.IGNORECASE)
_NEVER_CONTENT = "script,style,noscript,template,svg,iframe,object,canvas,button,input,select,textarea,dialog"
_AROUND_CONTENT = (
    "nav,footer,aside,[role=navigation],[role=banner],[role=contentinfo],[role=search],[hidden],[aria-hidden=true]"
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_WITHOUT_END = "p li dt dd tr td th thead tbody tfoot option br hr img input meta link wbr col"
_END_MAY_BE_LEFT_OUT = frozenset(_WITHOUT_END.split())
_DEEPEST = 1_000
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = (
    "p div section article main header figure figcaption blockquote ul ol dl dt dd li table tr pre hr form "
    "fieldset details summary address body h1 h2 h3 h4 h5 h6"
)
_BLOCK_TAGS = frozenset(_BLOCKS.split())


def looks_like_html(text: str) -> bool:
    """Whether a text without a telling file name is a web page or a piece of one."""
    start = text[:2000].lstrip()
    return start.startswith("<") and bool(_MARKUP.search(start))


def from_html(text: str) -> Document:
    page = LexborHTMLParser(text if _is_of_human_depth(text) else _TAG.sub(r"<p \1\2", text))
    language = page.root.attributes.get("lang") if page.root else None
    heading = page.css_first("title")
    title = _squeezed(heading.text()) if heading else ""
    _remove(page, f"{_NEVER_CONTENT},{_AROUND_CONTENT}")
    content = _main_content(page)
    blocks = tuple(_Collector().blocks_of(content)) if content else ()
    if blocks and blocks[0].kind == "heading" and blocks[0].level == 1:
        title, blocks = blocks[0].text, blocks[1:]
    return Document(title=title, language=language or None, blocks=blocks)


def _is_of_human_depth(text: str) -> bool:
    """Parsing takes quadratic time in the depth of nesting; no page for people goes 1,000 deep."""
    depth = 0
    for tag in _TAG.finditer(text):
        if tag.group(2).lower() not in _END_MAY_BE_LEFT_OUT:
            depth += -1 if tag.group(1) else 1
        if depth > _DEEPEST:
            return False
    return True


def _remove(page: LexborHTMLParser, selector: str) -> None:
    for node in page.css(selector):
        node.decompose()


def _main_content(page: LexborHTMLParser) -> LexborNode | None:
    """The one element marked as the content; without a mark the body less the page's own header."""
    for selector in ("main", "[role=main]", "article"):
        marked = page.css(selector)
        if len(marked) == 1 and marked[0].text(deep=True).strip():
            return marked[0]
    _remove(page, "body > header")
    return page.body


@dataclass
class _Collector:
    """Walks a tree without recursion and gathers its text into blocks."""

    words: list[str] = field(default_factory=list)
    kinds: list[tuple[Kind, int]] = field(default_factory=list)

    def blocks_of(self, content: LexborNode) -> Iterator[Block]:
        node: LexborNode | None = content
        while node is not None:
            yield from self._enter(node)
            below = None if node.tag in ("table", "pre") else node.child
            node = below if below is not None else (yield from self._after(node, content))
        yield from self._flush()

    def _after(self, node: LexborNode, content: LexborNode) -> Generator[Block, None, LexborNode | None]:
        """Leaves `node` and all that end with it; returns what comes next inside `content`."""
        while True:
            yield from self._leave(node)
            if node.mem_id == content.mem_id or node.parent is None:
                return None
            if node.next is not None:
                return node.next
            node = node.parent

    def _enter(self, node: LexborNode) -> Iterator[Block]:
        tag = node.tag or ""
        if tag == "-text":
            self.words.append(node.text_content or "")
        elif tag == "br":
            self.words.append("\n")
        elif tag in _BLOCK_TAGS:
            yield from self._flush()
            if tag == "table":
                yield from _table(node)
            elif tag == "pre":
                yield from _code(node)
            elif tag in _HEADINGS:
                self.kinds.append(("heading", _HEADINGS[tag]))
            elif tag in ("li", "dd"):
                self.kinds.append(("item", 0))

    def _leave(self, node: LexborNode) -> Iterator[Block]:
        tag = node.tag or ""
        if tag not in _BLOCK_TAGS:
            return
        yield from self._flush()
        if (tag in _HEADINGS or tag in ("li", "dd")) and self.kinds:
            self.kinds.pop()

    def _flush(self) -> Iterator[Block]:
        text = "\n".join(filter(None, map(_squeezed, "".join(self.words).split("\n\n"))))
        self.words.clear()
        if text:
            kind, level = self.kinds[-1] if self.kinds else ("paragraph", 0)
            yield Block(kind, text, level)


def _table(node: LexborNode) -> Iterator[Block]:
    rows = [[_squeezed(cell.text(deep=True, separator=" ")) for cell in row.css("th,td")] for row in node.css("tr")]
    text = "\n".join(" | ".join(row) for row in rows if any(row))
    if text:
        yield Block("table", text)


def _code(node: LexborNode) -> Iterator[Block]:
    text = node.text(deep=True).strip("\n")
    if text.strip():
        yield Block("code", text)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
