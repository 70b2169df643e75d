"""Plain text: headings, lists and tables guessed from numbers, bullets, bars and the length of lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodword.knowledge.reading.model import Block, Document

_TITLE = re.compile(
    r"(?:title|titre|titel|título|titolo|제목|标题|標題|題名|主题|主題)\s*[:：]\s*(\S.*)", re.IGNORECASE
)
_BULLET = re.compile(r"[-•●▪◦‣·*–]\s+(\S.*)|[•●▪◦‣·](\S.*)")
_RULE = re.compile(r"[\s|:=_*-]+")
_CHAPTER = re.compile(r"第\s*[一二三四五六七八九十百零〇\d]+\s*[章节節篇部编編回課课]\s*[:：.、]?\s*\S*.*")
_ARABIC = re.compile(r"(?:[A-Za-z]{1,4}-)?\d{1,2}(?:\.\d{1,2}){0,3}\s*[.、．)）](?:\s+|(?=\D))\S.*")
_HAN_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．]\s*\S.*")
_BRACKETED = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]\s*\S.*")
_HASHES = re.compile(r"(#{1,6})\s+(\S.*)")
_LABEL = re.compile(r"([^:：]{2,90})[:：]\s*(\S.*)")
_CJK = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_ENDS_A_SENTENCE = tuple(".。!！;；,，、…")
_QUOTES = "『』《》「」“”\"'【】 "


@dataclass(frozen=True)
class _Line:
    text: str
    next_text: str


def from_plain(text: str) -> Document:
    lines = [line.strip() for line in text.split("\n")]
    title, start = _title(lines)
    blocks = tuple(_blocks(_paired(lines[start:])))
    return Document(title=title, language=None, blocks=blocks)


def _title(lines: list[str]) -> tuple[str, int]:
    """The title and the line after it; without one, an empty title and 0."""
    for at, line in enumerate(lines):
        if not line:
            continue
        if said := _TITLE.fullmatch(line):
            return said.group(1).strip(), at + 1
        break
    candidates = list(_leading_short_lines(lines))
    if not candidates:
        return "", 0
    at = max(candidates, key=lambda candidate: len(lines[candidate]))
    return lines[at].strip(_QUOTES), at + 1 if at == candidates[0] else 0


def _leading_short_lines(lines: list[str]) -> Iterator[int]:
    """Lines before the first paragraph that could be a title (a site's name often stands above it)."""
    seen = 0
    for at, line in enumerate(lines[:40]):
        if not line:
            continue
        seen += 1
        if seen > 4 or _width(line) > 120 or _numbered_level(line) or _BULLET.fullmatch(line) or "|" in line:
            return
        spoken = re.search("[,，。;；]", line) and not line.endswith(("?", "？"))
        if not spoken and not line.endswith((":", "：", "!", "！", *_ENDS_A_SENTENCE)):
            yield at


def _paired(lines: list[str]) -> Iterator[_Line]:
    kept = [line for line in lines if line and not _RULE.fullmatch(line)]
    for at, line in enumerate(kept):
        yield _Line(line, kept[at + 1] if at + 1 < len(kept) else "")


def _blocks(lines: Iterator[_Line]) -> Iterator[Block]:
    rows: list[str] = []
    wrapped = ""
    for line in lines:
        if row := _row(line.text):
            rows.append(row)
            continue
        if rows:
            yield Block("table", "\n".join(rows))
            rows = []
        if _continues(line):
            wrapped += line.text + " "
            continue
        yield from _line_blocks(_Line(wrapped + line.text, line.next_text))
        wrapped = ""
    if rows:
        yield Block("table", "\n".join(rows))


def _row(line: str) -> str:
    """The cells of a table row between " | ", or nothing."""
    if " |" not in line and "\t" not in line:
        return ""
    cells = [cell.strip() for cell in re.split(r"\t+|\s*\|(?=\s|$)|(?<=\s)\|\s*", line.strip("| \t"))]
    return " | ".join(cells) if len(cells) > 1 else ""


def _continues(line: _Line) -> bool:
    """Whether only width broke the line: no sentence ends and the next line goes on in small letters."""
    follows = line.next_text[:1]
    broken = len(line.text) > 50 and line.text[-1] not in ".!?:;。！？：；" and follows.isascii() and follows.islower()
    return broken and not _row(line.next_text) and not _numbered_level(line.text)


def _line_blocks(line: _Line) -> Iterator[Block]:
    if marked := _HASHES.fullmatch(line.text):
        yield Block("heading", marked.group(2), len(marked.group(1)))
    elif bullet := _BULLET.fullmatch(line.text):
        yield Block("item", bullet.group(1) or bullet.group(2))
    elif level := _numbered_level(line.text):
        yield from _numbered(line.text, level)
    elif level := _short_heading_level(line):
        yield Block("heading", line.text.strip("『』《》【】"), level)
    else:
        yield Block("paragraph", line.text)


def _numbered_level(line: str) -> int:
    if _CHAPTER.fullmatch(line):
        return 1
    if _ARABIC.fullmatch(line):
        return 2
    if _HAN_NUMBER.fullmatch(line):
        return 4
    return 5 if _BRACKETED.fullmatch(line) else 0


def _numbered(line: str, level: int) -> Iterator[Block]:
    """A numbered line is a heading, a label with its text ("1.Stay calm: users who ...") or an item."""
    label = _LABEL.fullmatch(line)
    if label and level > 1 and _width(label.group(1)) <= 100 and _width(label.group(2)) > 30:
        yield Block("heading", label.group(1), level + 1)
        yield Block("paragraph", label.group(2))
    elif _width(line) <= 130 and not line.endswith(_ENDS_A_SENTENCE):
        yield Block("heading", line, level)
    else:
        yield Block("item", line)


def _short_heading_level(line: _Line) -> int:
    """6 for a short line above a longer paragraph, 3 for one above "一、", which opens a part, else 0."""
    if not _could_be_heading(line.text):
        return 0
    if _HAN_NUMBER.fullmatch(line.next_text):
        return 3
    long_enough = _width(line.next_text) >= max(60, 2 * _width(line.text))
    return 6 if long_enough and not _numbered_level(line.next_text) and not _BULLET.fullmatch(line.next_text) else 0


def _could_be_heading(line: str) -> bool:
    crowded = re.search("[。！!；;，]|, ", line) or (_CJK.search(line) and (line.count(" ") > 1 or "," in line))
    return (
        2 < _width(line) <= 60
        and not line.endswith((*_ENDS_A_SENTENCE, ":", "："))
        and (not crowded or line.endswith(("?", "？")))
        and any(char.isalpha() for char in line)
    )


def _width(text: str) -> int:
    """The length in Latin letters: a Chinese, Japanese or Korean character takes the room of two."""
    return len(text) + len(_CJK.findall(text[:400]))
