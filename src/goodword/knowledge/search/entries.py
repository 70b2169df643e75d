"""A passage as the index holds it."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from goodword.knowledge import cut, shelf
from goodword.platform.db import Row
from goodword.platform.words import script_counts, terms

# A writing of which a text has less than this share of its letters is only quoted in it: "AI" in a Chinese text.
OWN_SCRIPT = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """``term_ids`` and ``term_counts``: words of title, headings and text; ``scripts``: the writings it is in;
    ``vectors``: its rows (see ``vectors``), None as long as it isn't embedded.
    """

    id: str
    article_id: str
    slug: str
    language: str
    position: int
    title: str
    path: tuple[str, ...]
    text: str
    public: bool
    term_ids: npt.NDArray[np.int32]
    term_counts: npt.NDArray[np.float32]
    scripts: frozenset[str]
    vectors: npt.NDArray[np.float16] | None = None


class Shelf:
    """All entries by id, and the numbers that stand for their words."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.vocabulary: dict[str, int] = {}

    def numbers(self, words: list[str]) -> npt.NDArray[np.int32]:
        number = self.vocabulary
        return np.array([number.setdefault(word, len(number)) for word in words], np.int32)

    def put(self, row: Row, embedder: str, dimension: int) -> None:
        """Take in a row of ``shelf.since``; its words are only read when its text is not known yet."""
        known = self.entries.get(row["id"])
        fresh = known or entry(
            self,
            id=row["id"],
            article_id=row["article_id"],
            language=row["language"],
            position=row["position"],
            title=row["title"],
            path=shelf.path(row),
            text=row["text"],
        )
        vectors = None
        if row["embedder"] == embedder:
            vectors = np.frombuffer(row["embedding"], np.float16).reshape(-1, dimension)
        public = row["visibility"] == "public"
        self.entries[fresh.id] = replace(fresh, slug=row["slug"], public=public, vectors=vectors)

    def keep_only(self, ids: set[str]) -> None:
        for id in self.entries.keys() - ids:
            del self.entries[id]


def entry(
    shelf: Shelf,
    *,
    id: str,
    article_id: str,
    language: str,
    position: int,
    title: str,
    path: tuple[str, ...],
    text: str,
    vectors: npt.NDArray[np.float16] | None = None,
) -> Entry:
    """A passage with its words counted, of a public article without an address."""
    whole = cut.in_context(title, path, text)
    counts = Counter(terms(whole))
    return Entry(
        id=id,
        article_id=article_id,
        slug="",
        language=language,
        position=position,
        title=title,
        path=path,
        text=text,
        public=True,
        term_ids=shelf.numbers(list(counts)),
        term_counts=np.array(list(counts.values()), np.float32),
        scripts=main_scripts(whole),
        vectors=vectors,
    )


def main_scripts(text: str) -> frozenset[str]:
    """The writings in which a fair share of the text is written."""
    counts = script_counts(text)
    least = OWN_SCRIPT * sum(counts.values())
    return frozenset(name for name, count in counts.items() if count >= least)
