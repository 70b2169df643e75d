from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "table", "code"]


class Unreadable(ValueError):
    """The bytes are no text that can be read. `reason` is a key: "empty", "too_large" or "binary"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Block:
    """A heading (level 1 to 6), paragraph, list item, table (a line per row, " | " between cells) or code."""

    kind: Kind
    text: str
    level: int = 0


@dataclass(frozen=True)
class Document:
    """What was read. `language` is set only if the document names it; the last two come from front matter."""

    title: str
    language: str | None
    blocks: tuple[Block, ...]
    category: str | None = None
    summary: str | None = None
