"""What this package adds to a time line."""

import msgspec

from goodword.platform.events import Fact


class MessageUnderstood(Fact):
    """What a customer's message says; for the staff's eyes only.

    None: not told. ``spoken``: the conversation's language by now.
    """

    message_id: str
    language: str
    wants_human: bool
    mood: str | None = None
    topic: str | None = None
    complaint_kind: str | None = None
    urgency: str | None = None
    confidence: dict[str, float] = msgspec.field(default_factory=dict)
    spoken: str | None = None
