"""A document that was read, written down as Markdown, so that editors can go on with it."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from goodword.knowledge.reading import Block, Document
from goodword.knowledge.reading.decoding import decode
from goodword.knowledge.reading.front_matter import split_front_matter
from goodword.platform.words import clean

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})

_SPECIAL = re.compile(r"""[\\`~]|[*_](?=\S)|(?<=\S)[*_]|<(?=[a-zA-Z/!?])|\[(?=[^\[\]\n]*\][(\[])|&(?=#?\w{1,31};)""")
_LIKE_A_BLOCK = re.compile(r"(\d{1,9})([.)])(?=\s|$)|([#>+=-])")
# The title of the article stands above; nothing in its text is on the same level.
_TOP_LEVEL = 2


def body_of(name: str, data: bytes, document: Document) -> str:
    """The text of an article made of the file ``name``: as it was written where that is Markdown, else its blocks."""
    if PurePath(name).suffix.lower() not in MARKDOWN:
        return markdown_of(document)
    _, body = split_front_matter(clean(decode(data)))
    first, _, rest = body.lstrip().partition("\n")
    title = first.removeprefix("# ").strip()
    return rest if first.startswith("# ") and title == document.title else body


def markdown_of(document: Document) -> str:
    """The blocks of ``document`` in Markdown that reads, and is rendered, as the same words."""
    lines: list[str] = []
    before = ""
    for block in document.blocks:
        if lines and not (before == block.kind == "item"):
            lines.append("")
        lines.extend(_lines(block))
        before = block.kind
    return "\n".join(lines)


def _lines(block: Block) -> Iterator[str]:
    if block.kind == "heading":
        yield f"{'#' * min(max(block.level + 1, _TOP_LEVEL), 6)} {_escaped(' '.join(block.text.split()))}"
    elif block.kind == "item":
        yield f"- {_text(block.text, indent='  ')}"
    elif block.kind == "table":
        yield from _table(block.text.split("\n"))
    elif block.kind == "code":
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", block.text)), default=0))
        yield from (fence, block.text, fence)
    else:
        yield _text(block.text)


def _text(text: str, indent: str = "") -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return f"\n{indent}".join(_like_text(_escaped(line)) for line in lines)


def _like_text(line: str) -> str:
    """A line that would begin a list, a quotation or a heading is kept from it."""
    return (
        _LIKE_A_BLOCK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line, count=1)
        if (_LIKE_A_BLOCK.match(line))
        else line
    )


def _table(rows: list[str]) -> Iterator[str]:
    cells = [[_escaped(cell).replace("|", "\\|") for cell in row.split(" | ")] for row in rows]
    width = max(len(row) for row in cells)
    for number, row in enumerate(cells):
        yield f"| {' | '.join(row + [''] * (width - len(row)))} |"
        if number == 0:
            yield f"|{' --- |' * width}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
