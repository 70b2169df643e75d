"""The Markdown that people write in answers, for mail programs: nothing in it runs, and nothing is fetched.

Only marks that are plainly meant as such count; a line of dashes or an indented one stays what it was.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

ADDRESS = re.compile(r"https?://[^\s<>()\[\]{}\"'`|\\，。；：、！？（）「」『』《》]*[\w/#=&-]")
PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^()\s]+)\)")
MARKS = ["newline", "emphasis", "strikethrough", "backticks", "link", "image", "list", "fence", "blockquote"]
STYLES = {
    "blockquote": "margin:0 0 1em;padding-inline-start:12px;border-inline-start:2px solid #c8ccd0",
    "pre": "white-space:pre-wrap;background:#f4f5f6;padding:8px",
    "img": "max-width:100%;height:auto",
}


def in_html(answer: str, pictures: Mapping[str, str]) -> str:
    """``pictures``: what is to be shown for which address; any other picture becomes a link to it."""
    tokens = _markdown().parse(answer)
    for token in tokens:
        if token.children:
            token.children = [shown for child in token.children for shown in _shown(child, pictures)]
            token.children = _link_addresses(token.children)
        if token.tag in STYLES and token.nesting == 1:
            token.attrSet("style", STYLES[token.tag])
    html: str = _markdown().renderer.render(tokens, _markdown().options, {})
    return html


def in_plain_text(answer: str) -> str:
    """As it was written, pictures by their names."""
    return PICTURE.sub(lambda found: f"[{found[1]}]" if found[1] else "", answer).strip()


def addresses_of_pictures(answer: str) -> list[str]:
    """Those that ``in_html`` asks for."""
    inside = (child for token in _markdown().parse(answer) for child in token.children or ())
    return [str(child.attrs.get("src", "")) for child in inside if child.type == "image"]


def linked(words: str) -> str:
    """Plain words as HTML, the addresses in them as links."""
    return "".join(_escaped(token) for token in _linked(words))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False, "breaks": True}).enable(MARKS)


def _shown(token: Token, pictures: Mapping[str, str]) -> Iterator[Token]:
    if token.type != "image":
        yield token
        return
    address = str(token.attrs.get("src", ""))
    if address in pictures:
        token.attrs = {"src": pictures[address], "alt": "", "style": STYLES["img"]}
        yield token
    elif address.startswith(("https://", "http://")):
        yield from _link(address, token.content or address)
    else:
        yield Token("text", "", 0, content=token.content)


def _link_addresses(tokens: list[Token]) -> list[Token]:
    """Addresses that stand in the text as they are become links."""
    found: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        found += _linked(token.content) if token.type == "text" and not depth else (token,)
    return found


def _linked(words: str) -> Iterator[Token]:
    at = 0
    for found in ADDRESS.finditer(words):
        yield Token("text", "", 0, content=words[at : found.start()])
        yield from _link(found.group(), found.group())
        at = found.end()
    yield Token("text", "", 0, content=words[at:])


def _link(address: str, words: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": address})
    yield Token("text", "", 0, content=words)
    yield Token("link_close", "a", -1)


def _escaped(token: Token) -> str:
    if token.type == "link_open":
        return f'<a href="{escape(str(token.attrs["href"]))}">'
    return "</a>" if token.type == "link_close" else escape(token.content)
