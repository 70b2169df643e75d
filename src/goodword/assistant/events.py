"""What the assistant adds to a time line."""

from typing import Any

from goodword.assistant.model import Kind
from goodword.platform.events import Fact


class AssistantDecided(Fact):
    """Why the assistant said what it said; for the staff's eyes only.

    ``trace``: ``understood``, ``looked_up`` (each passage with its scores and whether it was ``used``), ``checks``,
    ``ms``.
    """

    message_id: str
    decision: Kind
    rule: str
    trace: dict[str, Any]
