"""The few sentences of a passage that answer, word for word.

Never cut inside a sentence, never joined from two places.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from goodword.knowledge.passages import sentences
from goodword.platform.words import terms

LONGEST = 700
MOST_SENTENCES = 4
ITEM = "- "
CELL = " | "
BULLET = "• "
# A passage most often says the main thing first.
FIRST = 0.5


class Block(NamedTuple):
    """Lines that belong together: a paragraph's sentences, the items of a list, the rows of a table."""

    kind: Literal["sentences", "items", "rows"]
    lines: tuple[str, ...]


def extract(text: str, question: str, longest: int = LONGEST) -> str:
    """What of ``text`` answers ``question``: at most ``longest`` characters where its sentences allow that.

    Short passages, steps and tables come whole; of long prose up to four neighbouring sentences that share most words
    with the question, rare ones counting more.
    """
    blocks = _blocks(text)
    if not blocks:
        return text.strip()
    whole = "\n".join(_shown(block, question) for block in blocks)
    if len(whole) <= longest and any(block.kind != "sentences" for block in blocks):
        return whole
    rarity = Counter(term for block in blocks for line in block.lines for term in set(terms(line)))
    asked = set(terms(question))
    best = max(range(len(blocks)), key=lambda place: (_best_line(blocks[place], asked, rarity), -place))
    block = blocks[best]
    if block.kind == "sentences":
        return (" " if _spaced(text) else "").join(_window(block.lines, asked, rarity, longest))
    lead = blocks[best - 1].lines[-1:] if best and blocks[best - 1].kind == "sentences" else ()
    return _fitting([*lead, *_shown(block, question).split("\n")], longest)


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        kind: Literal["sentences", "items", "rows"] = "sentences"
        lines: tuple[str, ...] = tuple(sentence.strip() for sentence in sentences(line))
        if line.startswith(ITEM):
            kind, lines = "items", (line.removeprefix(ITEM),)
        elif CELL in line:
            kind, lines = "rows", (line,)
        if blocks and blocks[-1].kind == kind and kind != "sentences":
            blocks[-1] = Block(kind, (*blocks[-1].lines, *lines))
        else:
            blocks.append(Block(kind, lines))
    return blocks


def _shown(block: Block, question: str) -> str:
    match block.kind:
        case "sentences":
            return (" " if _spaced(block.lines[0]) else "").join(block.lines)
        case "items":
            return "\n".join(f"{BULLET}{line}" for line in block.lines)
        case "rows":
            return "\n".join(_rows(block.lines, question))


def _rows(lines: Sequence[str], question: str) -> list[str]:
    """Those rows whose first cell the question names, else all; each says what its cells are."""
    head, *rows = [line.split(CELL) for line in lines]
    asked = set(terms(question))
    named = [row for row in rows if (first := set(terms(row[0]))) and first <= asked]
    return [_row(head, row) for row in (named or rows)]


def _row(head: Sequence[str], row: Sequence[str]) -> str:
    if len(row) <= 2:
        return f"{BULLET}{': '.join(row)}"
    cells = [f"{name}: {cell}" for name, cell in zip(head[1:], row[1:], strict=False)]
    return f"{BULLET}{row[0]} – {' · '.join(cells)}"


def _best_line(block: Block, asked: set[str], rarity: Counter[str]) -> float:
    return max(_worth(line, asked, rarity) for line in block.lines)


def _worth(line: str, asked: set[str], rarity: Counter[str]) -> float:
    return sum(1 / rarity[term] for term in set(terms(line)) & asked)


def _window(lines: Sequence[str], asked: set[str], rarity: Counter[str], longest: int) -> Sequence[str]:
    """The neighbouring sentences that are worth most; of equal ones the earlier and longer."""
    worth = [_worth(line, asked, rarity) + (FIRST if place == 0 else 0) for place, line in enumerate(lines)]
    windows = [
        (start, end)
        for start in range(len(lines))
        for end in range(start + 1, min(start + MOST_SENTENCES, len(lines)) + 1)
        if end == start + 1 or sum(map(len, lines[start:end])) + end - start <= longest
    ]
    start, end = max(windows, key=lambda span: (round(sum(worth[span[0] : span[1]]), 6), -span[0], span[1]))
    return lines[start:end]


def _fitting(lines: Sequence[str], longest: int) -> str:
    """As many whole lines as fit, at least one."""
    kept = lines[:1]
    for line in lines[1:]:
        if sum(map(len, kept)) + len(kept) + len(line) > longest:
            break
        kept = [*kept, line]
    return "\n".join(kept)


def _spaced(text: str) -> bool:
    """Whether sentences of this writing are set apart by a space; Chinese ones aren't."""
    return not any("\u4e00" <= char <= "\u9fff" for char in text) or any("\uac00" <= char <= "\ud7a3" for char in text)
