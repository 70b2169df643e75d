"""How near passages are to a question, by their vectors."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from goodword.knowledge.search.bm25 import Floats
from goodword.knowledge.search.entries import Entry

# Of how many passages, the nearest by their first rows, the points are compared as well.
LOOKED_INTO = 200


class MeaningIndex:
    """The first rows of all passages, and their points one below the other."""

    def __init__(self, entries: Sequence[Entry], dimension: int) -> None:
        self._firsts = np.zeros((len(entries), dimension), np.float32)
        self._counts = np.zeros(len(entries), np.intp)
        points = [np.empty((0, dimension), np.float16)]
        for place, one in enumerate(entries):
            if one.vectors is not None and one.vectors.shape[1] == dimension:
                self._firsts[place] = one.vectors[0]
                self._counts[place] = len(one.vectors) - 1
                points.append(one.vectors[1:])
        self._points = np.concatenate(points)
        self._starts = np.concatenate(([0], np.cumsum(self._counts)))
        self._without = ~self._firsts.any(axis=1)

    def nearness(self, question: Floats) -> Floats:
        """Of every passage, NaN where it has no vectors. Those not looked into count as if they had the worst point."""
        near: Floats = self._firsts @ question
        near[self._without] = np.nan
        with_points = np.flatnonzero(self._counts)
        if len(with_points):
            best = with_points
            if len(with_points) > LOOKED_INTO:
                best = with_points[np.argpartition(-near[with_points], LOOKED_INTO)[:LOOKED_INTO]]
            nearest = self._best_points(best, question)
            near[with_points] += nearest.min()
            near[best] += nearest - nearest.min()
        return near

    def _best_points(self, places: npt.NDArray[np.intp], question: Floats) -> Floats:
        counts = self._counts[places]
        begins = np.concatenate(([0], np.cumsum(counts)[:-1]))
        rows = np.repeat(self._starts[places] - begins, counts) + np.arange(counts.sum())
        nearness: Floats = np.maximum.reduceat(self._points[rows].astype(np.float32) @ question, begins)
        return nearness
