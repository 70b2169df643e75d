"""What is read out of a message, and which language a conversation is held in."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

SURE = 0.7
UNKNOWN = "und"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One message, understood. What can't be told is None; ``language`` is "und" then.

    ``confidence`` by field, 0 to 1. ``embedding`` is the message's vector (float32, little-endian) in the space
    ``embedder``; None while there is no embedder.
    """

    language: str
    wants_human: bool
    mood: str | None = None
    complaint_kind: str | None = None
    topic: str | None = None
    urgency: str | None = None
    confidence: dict[str, float] = msgspec.field(default_factory=dict)
    embedding: bytes | None = None
    embedder: str | None = None


class Understood(msgspec.Struct, frozen=True):
    """A reading as it was kept."""

    message_id: str
    language: str
    wants_human: bool
    confidence: float


def language_spoken(readings: Sequence[Understood]) -> str | None:
    """The language of a conversation with these messages, in their order; None while no message is sure of any.

    The first one that is sure decides; from then on only two sure ones in a row change it, so that a quoted line or a
    product's name doesn't.
    """
    sure = [one.language for one in readings if one.confidence >= SURE and one.language != UNKNOWN]
    spoken = sure[0] if sure else None
    for before, language in pairwise(sure):
        if language == before:
            spoken = language
    return spoken
