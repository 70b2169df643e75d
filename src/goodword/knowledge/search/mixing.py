"""One order out of two: how near in meaning, and how many words in common."""

import numpy as np
import numpy.typing as npt

from goodword.knowledge.search.bm25 import Floats

# With 0.3 for words encyclopedia questions, which repeat the words of their passage, gain a point at most; customers'
# questions, which don't, lose three.
MEANING = np.float32(0.8)
WORDS = np.float32(0.2)


def mixed(meaning: Floats | None, words: Floats, comparable: npt.NDArray[np.bool_]) -> Floats:
    """Scores from 0 to 1; both sides are spread over that range first, per question.

    ``meaning`` has NaN for passages without a vector, about which words alone decide, and is None when there is none.
    ``comparable``: where question and passage share a writing; elsewhere meaning alone decides.
    """
    by_words: Floats = words / np.float32(max(float(words.max(initial=0.0)), 1e-9))
    if meaning is None:
        return by_words
    spread = _spread(meaning)
    by_meaning: Floats = np.where(np.isnan(spread), by_words, spread)
    mix = MEANING * by_meaning + WORDS * np.where(comparable, by_words, by_meaning)
    return mix.astype(np.float32, copy=False)


def _spread(values: Floats) -> Floats:
    known = values[~np.isnan(values)]
    low, high = float(known.min(initial=np.inf)), float(known.max(initial=-np.inf))
    if high <= low:
        return np.where(np.isnan(values), values, np.float32(1.0))
    spread: Floats = np.divide(values - np.float32(low), np.float32(high - low), dtype=np.float32)
    return spread
