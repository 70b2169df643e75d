"""Words: BM25 over inverted arrays, every contribution worked out when the index is built."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from goodword.knowledge.search.entries import Entry

Floats = npt.NDArray[np.float32]

K1 = 1.2
B = 0.75
# Longer questions are asked by their rarest words only, so that a pasted book costs no more than a question.
MOST_TERMS = 64


class WordIndex:
    """Where each word stands, and what it is worth there."""

    def __init__(self, entries: Sequence[Entry], vocabulary: dict[str, int]) -> None:
        self.size = len(entries)
        self._vocabulary = vocabulary
        lengths = np.array([entry.term_counts.sum() for entry in entries], np.float32)
        ids = np.concatenate([np.empty(0, np.int32), *(entry.term_ids for entry in entries)])
        counts = np.concatenate([np.empty(0, np.float32), *(entry.term_counts for entry in entries)])
        places = np.repeat(np.arange(self.size, dtype=np.int32), [len(entry.term_ids) for entry in entries])
        order = np.argsort(ids, kind="stable")
        found_in = np.bincount(ids, minlength=len(vocabulary))
        self._idf = np.log1p((self.size - found_in + 0.5) / (found_in + 0.5)).astype(np.float32)
        self._starts = np.concatenate(([0], np.cumsum(found_in)))
        self._places = places[order]
        relative = lengths / max(float(lengths.mean()) if self.size else 1.0, 1.0)
        damped = counts + K1 * (1 - B + B * relative[places])
        self._worth = (self._idf[ids] * counts * (K1 + 1) / damped)[order].astype(np.float32)

    def question(self, words: Sequence[str]) -> "Question":
        """What to look for: each word once, the rarest first."""
        unique = list(dict.fromkeys(words))
        known = [number for word in unique if (number := self._number(word)) is not None]
        ids = np.array(known, np.int64)
        ids = ids[np.argsort(-self._idf[ids], kind="stable")][:MOST_TERMS]
        unheard = min(len(unique) - len(known), MOST_TERMS) * float(np.log1p(2 * self.size + 1))
        return Question(ids, self._idf[ids], float(self._idf[ids].sum()) + unheard)

    def scores(self, question: "Question") -> Floats:
        """BM25 of every passage."""
        scores = np.zeros(self.size, np.float32)
        for id in question.ids:
            start, end = self._starts[id], self._starts[id + 1]
            scores[self._places[start:end]] += self._worth[start:end]
        return scores

    def _number(self, word: str) -> int | None:
        number = self._vocabulary.get(word)
        # The vocabulary grows while passages come in; what came after this index was built isn't in it.
        return number if number is not None and number < len(self._idf) and self._has(number) else None

    def _has(self, number: int) -> bool:
        return bool(self._starts[number + 1] > self._starts[number])


class Question:
    """Numbers of the words asked for, what each is worth, and what all are worth, those included that stand nowhere."""

    def __init__(self, ids: npt.NDArray[np.int64], worth: Floats, total: float) -> None:
        self.ids = ids
        self.worth = worth
        self.total = total

    def coverage(self, entry: Entry) -> float:
        """Which share of the question stands in the passage, by worth."""
        if self.total <= 0:
            return 0.0
        return float(self.worth[np.isin(self.ids, entry.term_ids)].sum()) / self.total
