"""What a passage means, as a few vectors.

A heading often is the very question that its passage answers, but drowns in the passage's text; and of a passage that
says six things a question is about one. So a passage is as near to a question as the mean of its headings (embedded as
if they were asked), its whole text and the best of its points. Dot products add up: headings and text are one row, the
first; each further row is a point. Stored are the rows times their shares, so the nearness is

    question · first row + the largest of question · further row

Vectors are ``aligned``. What each step is worth stands in ``benchmarks/knowledge_search.py``.
"""

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from goodword.knowledge import cut
from goodword.knowledge.alignment import aligned
from goodword.knowledge.passages import points
from goodword.platform.embedding import Embedder, Vectors

HEADING = np.float32(0.2)
TITLE_AND_HEADING = np.float32(0.2)
# Of what headings leave, which is everything where there are none.
POINT = np.float32(0.4)
# To be raised whenever the shares or what is embedded change: vectors of another recipe are stale.
RECIPE = "2"


class Meant(msgspec.Struct, frozen=True):
    """What there is to embed of a passage."""

    title: str
    path: tuple[str, ...]
    text: str

    @property
    def heading(self) -> str:
        return self.path[-1] if self.path else self.title

    @property
    def titled(self) -> str:
        return f"{self.title} {self.heading}"

    @property
    def whole(self) -> str:
        return cut.in_context(self.title, self.path, self.text) if self.heading else self.text

    @property
    def points(self) -> list[str]:
        return [f"{self.heading}\n{point}" if self.heading else point for point in points(self.text)]


def vector_name(embedder: Embedder) -> str:
    """Under which the vectors are stored; vectors of another name are not compared with."""
    return f"{embedder.name}/{RECIPE}"


async def question_vector(embedder: Embedder, text: str) -> Vectors:
    """What passages are compared with, of one dimension. ``EmbeddingUnavailable``: there is none to be had."""
    return aligned(embedder, (await embedder.query([text]))[0])


async def passage_vectors(embedder: Embedder, passages: Sequence[Meant]) -> list[Vectors]:
    """The rows of each passage. ``EmbeddingUnavailable``: there are none to be had."""
    said = [[one.whole, *one.points] for one in passages]
    rows = aligned(embedder, await embedder.passages([text for texts in said for text in texts]))
    names = list(dict.fromkeys(name for one in passages if one.heading for name in (one.heading, one.titled)))
    asked = dict(zip(names, aligned(embedder, await embedder.query(names)), strict=True)) if names else {}
    ends = np.cumsum([len(texts) for texts in said])
    return list(_shared(passages, np.split(rows, ends[:-1]), asked))


def _shared(passages: Sequence[Meant], rows: Sequence[Vectors], names: dict[str, Vectors]) -> Iterator[Vectors]:
    for one, (whole, *of_points) in zip(passages, rows, strict=True):
        left, above = np.float32(1), np.zeros_like(whole)
        if one.heading:
            left -= HEADING + TITLE_AND_HEADING
            above = HEADING * names[one.heading] + TITLE_AND_HEADING * names[one.titled]
        yield np.stack([above + left * (1 - POINT) * whole, *(left * POINT * point for point in of_points)])
