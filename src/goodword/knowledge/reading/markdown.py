"""Markdown by the block rules of CommonMark plus tables; marks inside lines are taken off by substitution."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from goodword.knowledge.reading.model import Block, Document, Kind
from goodword.knowledge.reading.web import from_html

# Parsing emphasis and links properly is quadratic on hostile brackets, and search needs only the words.
_BLOCKS_ONLY = MarkdownIt("commonmark").enable("table").disable("inline")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\](?:\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,100}\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3}|~~)(?=\S)|(?<=\S)(\*{1,3}|_{1,3}(?!\w)|~~)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SET_ASIDE = re.compile("[\uf700-\uf77f]")


def from_markdown(text: str) -> Document:
    blocks = list(_blocks(_BLOCKS_ONLY.parse(text)))
    title = ""
    if blocks and blocks[0].kind == "heading" and blocks[0].level == 1:
        title = blocks.pop(0).text
    return Document(title=title, language=None, blocks=tuple(block for block in blocks if block.text))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    items = 0
    rows: list[list[str]] = []
    heading = 0
    for token in tokens:
        match token.type:
            case "heading_open":
                heading = int(token.tag[1])
            case "heading_close":
                heading = 0
            case "list_item_open":
                items += 1
            case "list_item_close":
                items -= 1
            case "tr_open":
                rows.append([])
            case "table_close":
                yield Block("table", "\n".join(" | ".join(row) for row in rows))
                rows = []
            case "inline" if rows:
                rows[-1].append(_words(token.content))
            case "inline":
                yield Block(_kind(heading, items), _words(token.content), heading)
            case "fence" | "code_block":
                yield Block("code", token.content.rstrip())
            case "html_block":
                yield from from_html(token.content).blocks


def _kind(heading: int, items: int) -> Kind:
    if heading:
        return "heading"
    return "item" if items else "paragraph"


def _words(source: str) -> str:
    """The words of a line without its marks: links keep their text, code its content, \\* its asterisk."""
    # Escaped marks wait in a private corner of Unicode, where no rule takes them for marks.
    source = _ESCAPED.sub(lambda mark: chr(0xF700 + ord(mark[1])), _SET_ASIDE.sub("", source))
    for _ in range(2):  # a picture inside a link
        source = _LINK.sub(r"\1", source)
    source = _TAG.sub("", _AUTOLINK.sub(r"\1", source))
    source = _EMPHASIS.sub("", source).replace("`", "")
    return _SET_ASIDE.sub(lambda mark: chr(ord(mark[0]) - 0xF700), source).strip()
