"""Text to token ids, as XLM-RoBERTa's unigram model does it, in bounded time whatever is sent."""

import unicodedata
from collections.abc import Iterator

from goodword.platform.embedding.layout import Vocabulary

CHARACTERS = 2_000
SPACE = "▁"
UNKNOWN_PENALTY = 10.0


class Tokens:
    """A message of 100 characters takes about 0.1 ms, the longest allowed 5 ms."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._plain = vocabulary.plain | {0: ""}
        self._longest = max(map(len, vocabulary.pieces))
        self._unknown_score = min(vocabulary.scores) - UNKNOWN_PENALTY

    def ids(self, prefix: str, text: str, limit: int) -> list[int]:
        """Ids of ``prefix`` and ``text`` between the marks of begin and end; at most ``limit`` in all."""
        found = [self._vocabulary.begin]
        for word in f"{prefix} {self.readable(text)}".split():
            found.extend(self._pieces(SPACE + word))
            if len(found) >= limit:
                break
        return [*found[: limit - 1], self._vocabulary.end]

    def readable(self, text: str) -> str:
        """At most 2,000 characters of the text, as the model was taught to see it: compatible forms made
        plain (NFKC), control characters dropped, white and zero-width space folded, lone surrogates a space.
        """
        whole = text[:CHARACTERS].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        # One character may stand for eighteen (U+FDFA): bound again before the work that follows.
        plain = whole.translate(self._plain)[:CHARACTERS]
        return " ".join(unicodedata.normalize("NFC", plain).split())

    def _pieces(self, word: str) -> list[int]:
        """The most probable way to cut a word; characters the vocabulary lacks become one unknown per run."""
        unknown = self._vocabulary.unknown
        found: list[int] = []
        for piece in self._best_cut(word):
            if piece != unknown or found[-1:] != [unknown]:
                found.append(piece)
        return found

    def _best_cut(self, word: str) -> Iterator[int]:
        pieces, scores, unknown = self._vocabulary.pieces, self._vocabulary.scores, self._vocabulary.unknown
        length = len(word)
        best = [0.0] + [float("-inf")] * length
        came = [(0, unknown)] * (length + 1)
        for start in range(length):
            so_far = best[start]
            for stop in range(start + 1, min(length, start + self._longest) + 1):
                piece = pieces.get(word[start:stop])
                if piece is not None and so_far + scores[piece] > best[stop]:
                    best[stop] = so_far + scores[piece]
                    came[stop] = (start, piece)
            if so_far + self._unknown_score > best[start + 1]:
                best[start + 1] = so_far + self._unknown_score
                came[start + 1] = (start, unknown)
        return reversed(list(backwards(came)))


def backwards(came: list[tuple[int, int]]) -> Iterator[int]:
    at = len(came) - 1
    while at:
        at, piece = came[at]
        yield piece
