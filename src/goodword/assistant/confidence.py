"""How likely it is that the best passage answers: a small model whose numbers stand in ``calibration.json``.

``benchmarks/assistant.py`` fits and judges it on the demo's articles, in five languages, on questions it wasn't
fitted on.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from goodword.assistant.model import Found
from goodword.platform.words import terms

FIELD = 8


class Calibration(msgspec.Struct, frozen=True):
    """By what there is to go by, see ``which``."""

    models: dict[str, "Weights"]


class Weights(msgspec.Struct, frozen=True):
    """A logistic model: ``weights`` by feature; from ``answer_at`` it answers, from ``ask_at`` it asks back."""

    bias: float
    weights: dict[str, float]
    answer_at: float
    ask_at: float


class Confidence(msgspec.Struct, frozen=True):
    """``probability`` that the best passage answers, by which of the models, and from what."""

    probability: float
    model: str
    features: dict[str, float]
    answer_at: float
    ask_at: float

    @property
    def answers(self) -> bool:
        return self.probability >= self.answer_at

    @property
    def is_worth_asking(self) -> bool:
        return self.probability >= self.ask_at


NONE = Confidence(0.0, "none", {}, 1.0, 1.0)


def confidence(question: str, found: Sequence[Found]) -> Confidence:
    """``found``: best first, as many as were searched for; the field behind the best says how special it is."""
    if not found:
        return NONE
    model = which(found)
    weights = calibration().models[model]
    seen = features(question, found)
    total = weights.bias + sum(weight * seen[name] for name, weight in weights.weights.items())
    probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    return Confidence(round(probability, 4), model, seen, weights.answer_at, weights.ask_at)


def which(found: Sequence[Found]) -> str:
    """Which of the models is asked.

    ``words``: there is no embedder; ``meaning``: nothing that was found has a word of the question, as across
    languages; else ``both``, for a passage without a word of it is doubtful where others have some.
    """
    if found[0].meaning is None:
        return "words"
    return "both" if any(one.coverage > 0 for one in found[:FIELD]) else "meaning"


def features(question: str, found: Sequence[Found]) -> dict[str, float]:
    """Numbers around 0 to 1. ``…above_next``: another section that is near means that the question has two readings."""
    best = found[0]
    others = [other for other in found[1:FIELD] if other.section != best.section]
    meanings = [other.meaning for other in others if other.meaning is not None]
    meaning = best.meaning or 0.0
    most = max((other.words for other in others), default=0.0)
    return {
        "meaning": (meaning - 0.85) * 20,
        "meaning_above_field": (meaning - _mean(meanings)) * 40 if meanings else 0.0,
        "meaning_above_next": (meaning - max(meanings)) * 60 if meanings else 0.0,
        "words": math.log1p(best.words) / 3,
        "words_above_next": (best.words - most) / (best.words + most + 1),
        "coverage": best.coverage,
        "brevity": 1 / (1 + len(set(terms(question)))),
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


@cache
def calibration() -> Calibration:
    return msgspec.json.decode(files(__package__).joinpath("calibration.json").read_bytes(), type=Calibration)
