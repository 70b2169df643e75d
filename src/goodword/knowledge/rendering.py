"""From an editor's Markdown to the HTML that readers see: nothing in it can run or change the page around it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from goodword.knowledge.model import Draft, checked, slugged
from goodword.platform.words import clean

TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p"),
    *("pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"scope"},
    **{tag: {"id"} for tag in HEADINGS},
}
CELL_CLASSES = {"to-center", "to-right"}
ADDRESS = re.compile(r"https?://[^\s<>()\[\]{}\"'`|\\，。；：、！？（）「」『』《》]*[\w/#=&-]")
SCHEMES = {"http", "https", "mailto", "tel"}
# The title of the page is its only h1.
TOP_LEVEL = 2


def drafted(title: str, summary: str, body: str) -> Draft:
    """What was written, cleaned, checked and rendered. ``BadInput``: no title, or something is too long."""
    title, summary = " ".join(clean(title).split()), " ".join(clean(summary).split())
    body = clean(body).strip("\n")
    checked(Draft(title, summary, body, ""))
    return Draft(title, summary, body, rendered(body))


def rendered(body: str) -> str:
    """Markdown (CommonMark, tables, strike-through) as safe HTML; headings begin at h2 and have ``anchor`` as id."""
    tokens = _markdown().parse(body)
    _lower_headings(tokens)
    _name_headings(tokens)
    _align_cells(tokens)
    _link_addresses(tokens)
    html: str = _markdown().renderer.render(tokens, _markdown().options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes={"td": CELL_CLASSES, "th": CELL_CLASSES},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )


def anchor(heading: str) -> str:
    """Where a heading is on its page; the prefix keeps an author's words from being taken for ids of the page's own."""
    return f"s-{slugged(heading)}"


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _lower_headings(tokens: Sequence[Token]) -> None:
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    down = TOP_LEVEL - min(levels, default=TOP_LEVEL)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + down, 6)}"


def _name_headings(tokens: Sequence[Token]) -> None:
    seen: dict[str, int] = {}
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            name = anchor(_plain(inside))
            seen[name] = seen.get(name, 0) + 1
            token.attrSet("id", name if seen[name] == 1 else f"{name}-{seen[name]}")


def _align_cells(tokens: Sequence[Token]) -> None:
    """Inline styles are forbidden on our pages, so that the alignment of a column becomes a class."""
    for token in tokens:
        if token.type in ("td_open", "th_open"):
            style = str(token.attrs.pop("style", ""))
            if match := re.search(r"text-align:(center|right)", style):
                token.attrSet("class", f"to-{match.group(1)}")
        if token.type == "th_open":
            token.attrSet("scope", "col")


def _link_addresses(tokens: Sequence[Token]) -> None:
    """Addresses that stand in the text as they are become links."""
    for token in tokens:
        children: list[Token] = []
        depth = 0
        for child in token.children or ():
            depth += child.nesting if child.type in ("link_open", "link_close") else 0
            children.extend(_linked(child.content) if child.type == "text" and not depth else (child,))
        if token.children:
            token.children = children


def _linked(text: str) -> Iterator[Token]:
    at = 0
    for found in ADDRESS.finditer(text):
        yield Token("text", "", 0, content=text[at : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": found.group()})
        yield Token("text", "", 0, content=found.group())
        yield Token("link_close", "a", -1)
        at = found.end()
    yield Token("text", "", 0, content=text[at:])


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ())
