"""One reading of a message: rules for the language, rules and one vector for everything that is wished or meant."""

import asyncio

import numpy as np
import structlog

from goodword.platform.embedding import Embedder, EmbeddingUnavailable, Vectors
from goodword.understanding.heads.wish import head_for, heard, pieces
from goodword.understanding.language import detect
from goodword.understanding.model import Reading
from goodword.understanding.wish import wants_human

# A customer who waits longer than this for a first reaction thinks that nobody is there.
PATIENCE = 2.0
# Characters.
BEGINNING = 2_000
END = 500

log = structlog.get_logger(__name__)


async def read_message(text: str, *, hint: str | None, embedder: Embedder, patience: float = PATIENCE) -> Reading:
    """What ``text`` says. ``hint`` is the language the customer is believed to write in.

    Answers within ``patience`` seconds whatever the embedder does; without it there is no ``embedding`` and the
    rules alone tell the wish for a person.
    """
    text = begun_and_ended(text)
    language = detect(text, hint=hint)
    head = head_for(embedder.name)
    texts = [text, *(pieces(text) if head else ())]
    vectors = await _vectors(texts, embedder, patience)
    wish = wants_human(text) if head is None or vectors is None else heard(texts, vectors, head)
    embedding = None if vectors is None else vectors[0].astype("<f4").tobytes()
    return Reading(
        language=language.tag,
        wants_human=wish.wanted,
        confidence={"language": language.confidence, "wants_human": wish.confidence},
        embedding=embedding,
        embedder=embedder.name if embedding else None,
    )


def begun_and_ended(text: str) -> str:
    """As much of a long text as is read: nobody else may wait for it, and what people want stands first or last."""
    return text if len(text) <= BEGINNING + END else f"{text[:BEGINNING]}\n{text[-END:]}"


async def _vectors(texts: list[str], embedder: Embedder, patience: float) -> Vectors | None:
    if not texts[0].strip():
        return None
    try:
        async with asyncio.timeout(patience):
            return np.asarray(await embedder.query(texts), dtype=np.float32)
    except EmbeddingUnavailable:
        return None
    except TimeoutError:
        log.warning("understanding.embedder_slow", seconds=patience)
        return None
