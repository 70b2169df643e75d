"""Meaning as numbers: texts of any language become vectors, near each other when they mean the same.

``LocalE5`` works offline on the processor and keeps the event loop free, ``HttpEmbedder`` asks an
OpenAI-compatible endpoint, ``NoEmbedder`` stands for neither. All are an ``Embedder`` and fail with
``EmbeddingUnavailable`` alone; whoever searches by meaning must be able to go on by words. Store ``name``
beside a vector: another name, another space.
"""

from goodword.platform.embedding.absent import NoEmbedder
from goodword.platform.embedding.e5 import LocalE5
from goodword.platform.embedding.http import HttpEmbedder
from goodword.platform.embedding.model import Embedder, EmbeddingUnavailable, Vectors

__all__ = ["Embedder", "EmbeddingUnavailable", "HttpEmbedder", "LocalE5", "NoEmbedder", "Vectors"]
