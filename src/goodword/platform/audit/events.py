"""What can happen to the log itself: on the stream ``audit``."""

from typing import Final

from goodword.platform.events import Fact

STREAM: Final = "audit"


class EventRedacted(Fact):
    """The content of the event ``seq`` was taken out; ``reason`` is for people."""

    seq: int
    type: str
    reason: str


class LogFoundChanged(Fact):
    """A look at the chain has found a place that doesn't fit; see ``Trouble``."""

    kind: str
    position: int
    seq: int | None
