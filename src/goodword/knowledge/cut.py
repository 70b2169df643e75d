"""What of an article is found: its text cut into passages, and what of a passage is compared with a question."""

import msgspec

from goodword.knowledge.passages import split
from goodword.knowledge.reading import read

BETWEEN_HEADINGS = " › "


class Piece(msgspec.Struct, frozen=True):
    """A passage before it is stored: its place, the headings above it from the outermost in, its text."""

    position: int
    path: tuple[str, ...]
    text: str


def pieces(title: str, body: str) -> list[Piece]:
    """The passages of an article written in Markdown."""
    # The title goes first so that a heading of the body is never taken for it.
    document = read("article.md", f"# {title}\n\n{body}".encode())
    return [Piece(passage.position, passage.heading_path, passage.text) for passage in split(document)]


def in_context(title: str, path: tuple[str, ...], text: str) -> str:
    """A passage as it is embedded: under its title and headings, because half of what it says may stand there."""
    return f"{heading((title, *path))}\n{text}"


def heading(path: tuple[str, ...]) -> str:
    return BETWEEN_HEADINGS.join(path)
