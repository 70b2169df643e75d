from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goodword.knowledge.passages.model import Passage, weight
from goodword.knowledge.passages.sentences import clauses, sentences
from goodword.knowledge.reading.model import Block, Document

TARGET = 280
LIMIT = 350
_SMALLEST_SHARE = 0.25  # a last piece smaller than this part of the target joins the one before if it fits


@dataclass(frozen=True)
class _Section:
    path: tuple[str, ...]
    blocks: tuple[Block, ...]


def split(document: Document, *, target: int = TARGET, limit: int = LIMIT) -> list[Passage]:
    """The passages of `document`, near `target` and never above `limit`, both as `weight` counts.

    350 are about 350 Han characters or 900 Latin letters, which with the headings stays within 512 tokens.
    A table too large for one passage repeats its first row in each. A heading with nothing under it becomes
    a passage itself.
    """
    pieces = (
        (section.path, text) for section in _sections(document.blocks) for text in _texts(section.blocks, target, limit)
    )
    return [Passage(path, text, position) for position, (path, text) in enumerate(pieces)]


def _sections(blocks: Iterable[Block]) -> Iterator[_Section]:
    """Runs of blocks under one heading."""
    open_headings: list[Block] = []
    run: list[Block] = []
    for block in blocks:
        if block.kind != "heading":
            run.append(block)
            continue
        yield from _closed(open_headings, run, deeper=bool(open_headings) and block.level > open_headings[-1].level)
        run = []
        while open_headings and open_headings[-1].level >= block.level:
            open_headings.pop()
        open_headings.append(block)
    yield from _closed(open_headings, run, deeper=False)


def _closed(headings: list[Block], run: list[Block], *, deeper: bool) -> Iterator[_Section]:
    path = tuple(heading.text for heading in headings)
    if run:
        yield _Section(path, tuple(run))
    elif path and not deeper:
        yield _Section(path[:-1], (Block("paragraph", path[-1]),))


def _texts(blocks: tuple[Block, ...], target: int, limit: int) -> list[str]:
    packed = [""]
    for unit in _units(blocks, target, limit):
        if weight(packed[-1]) + weight(unit) <= target:
            packed[-1] += unit
        else:
            packed.append(unit)
    if len(packed) > 1 and _is_crumb(packed[-1], target) and weight(packed[-2]) + weight(packed[-1]) <= limit:
        packed[-2:] = ["".join(packed[-2:])]
    return [text.strip() for text in packed if text.strip()]


def _is_crumb(text: str, target: int) -> bool:
    return weight(text) < target * _SMALLEST_SHARE


def _units(blocks: tuple[Block, ...], target: int, limit: int) -> Iterator[str]:
    """What may not be cut further: sentences, items, groups of table rows, lines of code."""
    for block in blocks:
        if block.kind == "table":
            yield from _row_groups(block.text, target, limit)
        elif block.kind == "item":
            yield from _within(f"- {block.text}\n", target, limit)
        elif block.kind == "code":
            yield from _lines(block.text, target, limit)
        else:
            yield from _of_paragraph(block.text, target, limit)


def _of_paragraph(text: str, target: int, limit: int) -> Iterator[str]:
    for sentence in sentences(text + "\n"):
        yield from _within(sentence, target, limit)


def _lines(text: str, target: int, limit: int) -> Iterator[str]:
    for line in text.split("\n"):
        yield from _within(line + "\n", target, limit)


def _row_groups(table: str, target: int, limit: int) -> Iterator[str]:
    head, *rows = table.split("\n")
    group = head + "\n"
    for row in rows:
        if weight(group) + weight(row) > limit and group != head + "\n":
            yield from _within(group, target, limit)
            group = head + "\n" if weight(head) < limit / 3 else ""
        group += row + "\n"
    yield from _within(group, target, limit)


def _within(unit: str, target: int, limit: int) -> Iterator[str]:
    """`unit` whole if it fits the limit, else pieces near the target, cut at commas or spaces if there are any."""
    if weight(unit) <= limit:
        yield unit
        return
    piece, size = "", 0.0
    for clause in clauses(unit):
        for part in _chopped(clause, target):
            if size + weight(part) > target:
                yield piece
                piece, size = "", 0.0
            piece += part
            size += weight(part)
    yield piece


def _chopped(clause: str, target: int) -> list[str]:
    if weight(clause) <= target:
        return [clause]
    return [clause[start : start + target] for start in range(0, len(clause), target)]
