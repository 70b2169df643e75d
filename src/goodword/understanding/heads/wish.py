"""A learned ear for the wish for a person: a message's vector and what the tables see, weighed against examples.

A support vector machine, because the wish and its refusal ("no need for a human") lie on the same side of every plane
through the embedding: linear heads found a third of what this one finds at the same precision.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from goodword.platform.embedding import Vectors
from goodword.platform.words import scripts
from goodword.understanding.wish import SIGNS, Wish, is_command, signs, wants_human

SURER = 0.2  # of a sentence by itself more is asked: there are more of them to be wrong about
PIECES = 6  # sentences heard beside the whole message: some 5 ms each
_SENTENCE = re.compile(r"[^.!?…。！？\n]+[.!?…。！？]*")
_SHORTEST, _LONGEST = 4, 400

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class WishHead:
    """``supports`` are the examples that count, in the space of ``projection`` and then ``signs``.

    ``slope`` and ``offset`` turn a score into a probability; ``threshold`` is the score from which on it is a wish.
    """

    embedder: str
    mean: Floats
    projection: Floats
    supports: Floats
    weights: Floats
    bias: float
    gamma: float
    sign_weight: float
    slope: float
    offset: float
    threshold: float

    def scores(self, vectors: Vectors, seen: Floats) -> Floats:
        """One number per row of ``vectors``, whose texts have the signs ``seen``; the more, the likelier a wish."""
        points = np.hstack([(vectors - self.mean) @ self.projection, self.sign_weight * seen])
        square = (points**2).sum(axis=1)[:, None] + (self.supports**2).sum(axis=1)
        near = np.exp(-self.gamma * (square - 2 * points @ self.supports.T))
        scores: Floats = near @ self.weights + np.float32(self.bias)
        return scores

    def probability(self, score: float) -> float:
        return float(1 / (1 + np.exp(-(self.slope * score + self.offset))))


def heard(texts: list[str], vectors: Vectors, head: WishHead) -> Wish:
    """The wish in ``texts[0]``, whose sentences may follow it, each with its vector.

    Words known from the telephone are certain, and so is what has no words; the head weighs everything else.
    """
    if is_command(texts[0]) or not scripts(texts[0]):
        return wants_human(texts[0])
    scores = head.scores(vectors, np.array([signs(text) for text in texts], np.float32))
    scores[1:] -= SURER
    best = int(scores.argmax())
    likely = head.probability(float(scores[best]))
    if scores[best] >= head.threshold:
        return Wish(True, round(max(likely, 0.5), 2), texts[best])
    return Wish(False, round(max(1 - likely, 0.5), 2))


def pieces(text: str) -> list[str]:
    """The sentences of a message of several, at most six: those that sound most like a wish, of equals the last."""
    found = [part.strip() for part in _SENTENCE.findall(text[:2_000])]
    found = [part for part in found if _SHORTEST <= len(part) <= _LONGEST]
    if len(found) < 2:
        return []
    if len(found) <= PIECES:
        return found
    ranked = sorted(range(len(found)), key=lambda place: (sum(signs(found[place])), place), reverse=True)
    return [found[place] for place in sorted(ranked[:PIECES])]


def head_for(embedder: str) -> WishHead | None:
    """The head that understands vectors of ``embedder``, if there is one."""
    head = _installed()
    return head if head is not None and head.embedder == embedder else None


@cache
def _installed() -> WishHead | None:
    source = files(__package__).joinpath("wish.npz")
    if not source.is_file():
        return None
    with as_file(source) as path, np.load(path, allow_pickle=False) as data:
        projected = data["supports"].astype(np.float32) * np.float32(data["scale"])
        seen = np.unpackbits(data["signs"], axis=1, count=SIGNS).astype(np.float32) * np.float32(data["sign_weight"])
        return WishHead(
            embedder=str(data["embedder"]),
            mean=data["mean"].astype(np.float32),
            projection=data["projection"].astype(np.float32),
            supports=np.hstack([projected, seen]),
            weights=data["weights"].astype(np.float32),
            **{name: float(data[name]) for name in ("bias", "gamma", "sign_weight", "slope", "offset", "threshold")},
        )
