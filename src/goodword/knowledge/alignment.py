"""Meaning with less of the language it is said in.

The vectors of sentences that mean the same in different languages still lie apart, along a few directions. A linear map
shortens these; it is fitted on translations by ``benchmarks/alignment.py`` for one embedder and leaves those of others
as they are.
"""

from functools import cache
from importlib.resources import as_file, files

import numpy as np

from goodword.platform.embedding import Embedder, Vectors

FITTED_FOR = "multilingual-e5-small"


def aligned(embedder: Embedder, vectors: Vectors) -> Vectors:
    """Rows of ``embedder`` as search compares them: float32, of length one; rows of zeros stay zeros."""
    if not embedder.name.startswith(FITTED_FOR):
        return vectors
    turned = vectors @ _map()
    lengths = np.linalg.norm(turned, axis=-1, keepdims=True)
    scaled: Vectors = (turned / np.maximum(lengths, np.float32(1e-12))).astype(np.float32, copy=False)
    return scaled


@cache
def _map() -> Vectors:
    with as_file(files(__package__).joinpath("alignment.npy")) as path:
        fitted: Vectors = np.load(path, allow_pickle=False).astype(np.float32)
    return fitted
