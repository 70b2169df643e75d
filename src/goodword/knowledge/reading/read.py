from dataclasses import replace
from pathlib import PurePath

from goodword.knowledge.reading.decoding import decode
from goodword.knowledge.reading.front_matter import split_front_matter
from goodword.knowledge.reading.markdown import from_markdown
from goodword.knowledge.reading.model import Block, Document, Unreadable
from goodword.knowledge.reading.plain import from_plain
from goodword.knowledge.reading.web import from_html, looks_like_html
from goodword.platform.words import clean

LARGEST = 5_000_000
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_HTML = frozenset({".html", ".htm", ".xhtml"})


def read(name: str, data: bytes) -> Document:
    """The document in `data` (at most 5,000,000 bytes); the file's `name` tells the format and, at worst, the title.

    Raises `Unreadable` for empty, too large and binary data.
    """
    if len(data) > LARGEST:
        raise Unreadable("too_large")
    text = clean(decode(data))
    if not text.strip():
        raise Unreadable("empty")
    document = _parse(PurePath(name).suffix.lower(), text)
    return document if document.title else replace(document, title=PurePath(name).stem or name)


def _parse(suffix: str, text: str) -> Document:
    if suffix in _HTML or (suffix not in _MARKDOWN and looks_like_html(text)):
        return from_html(text)
    said, body = split_front_matter(text)
    document = from_markdown(body) if suffix in _MARKDOWN else from_plain(body)
    return Document(
        title=said.get("title") or document.title,
        language=said.get("language") or said.get("lang") or document.language,
        blocks=_without_title(document.blocks, said.get("title")),
        category=said.get("category"),
        summary=said.get("summary") or said.get("description"),
    )


def _without_title(blocks: tuple[Block, ...], title: str | None) -> tuple[Block, ...]:
    repeated = bool(blocks) and blocks[0].kind == "heading" and blocks[0].text == title
    return blocks[1:] if repeated else blocks
