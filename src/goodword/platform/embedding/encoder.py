"""The loaded model: token ids in, vectors out. Heavy to import; ``e5`` does so in its own thread."""

from collections.abc import Sequence

import numpy as np
import onnxruntime

from goodword.platform.embedding.model import Vectors, unit
from goodword.platform.embedding.tokens import Tokens
from goodword.platform.embedding.weights import Weights

QUERY_TOKENS = 160  # about 700 characters of English, 250 of Chinese: under 50 ms on one core
PASSAGE_TOKENS = 512  # all the model was taught


class Encoder:
    """Holds about 130 MB; the pages of the word table come on top and are shared between processes."""

    def __init__(self, weights: Weights, model: bytes, threads: int) -> None:
        self._weights = weights
        self._tokens = Tokens(weights.vocabulary)
        self._session = onnxruntime.InferenceSession(model, options(threads), providers=["CPUExecutionProvider"])

    def query_ids(self, text: str) -> list[int]:
        return self._tokens.ids("query:", text, QUERY_TOKENS)

    def passage_ids(self, text: str) -> list[int]:
        return self._tokens.ids("passage:", text, PASSAGE_TOKENS)

    def vectors(self, batch: Sequence[list[int]]) -> Vectors:
        """Float32 of shape (len(batch), hidden), rows of unit length. Padding costs time: bring equals."""
        longest = max(map(len, batch))
        ids = np.full((len(batch), longest), self._weights.vocabulary.pad, np.int64)
        mask = np.zeros((len(batch), longest), np.float32)
        for row, found in enumerate(batch):
            ids[row, : len(found)] = found
            mask[row, : len(found)] = 1
        feed = {"words": self._weights.words(ids), "positions": np.arange(longest), "mask": mask}
        (found,) = self._session.run(["vectors"], feed)
        return unit(found)


def options(threads: int) -> onnxruntime.SessionOptions:
    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = threads
    chosen.inter_op_num_threads = 1
    # Waiting threads that spin would eat the core the event loop lives on.
    chosen.add_session_config_entry("session.intra_op.allow_spinning", "0")
    chosen.log_severity_level = 3
    return chosen
