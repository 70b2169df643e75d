"""What this package may append, on streams ``arr_…``."""

from goodword.conversations.model import ChannelRef
from goodword.platform.events import Fact


class ArrivalKept(Fact):
    """Its bytes are on the disk; nobody has read them yet."""

    channel: ChannelRef
    source: str
    shape: str
    digest: str
    size: int


class ArrivalTaken(Fact):
    """It is a message now, or was before it came again."""

    conversation_id: str
    message_id: str


class ArrivalSetAside(Fact):
    """It is kept and no message; ``conversation_id``: to which it has to do."""

    reason: str
    conversation_id: str | None = None


class ArrivalQuarantined(Fact):
    """A person must look at it. What the machine said stands with the arrival."""

    reason: str


class ArrivalMended(Fact):
    """A person put other bytes in the place of those that came, which are kept."""

    digest: str


class ArrivalReplayed(Fact):
    """A person had it read once more."""


class ArrivalForgotten(Fact):
    """What it said, or quoted, was taken out of its conversation: its bytes are gone for good."""


class ArrivalDropped(Fact):
    """A person said that nothing is to become of it; its bytes are kept."""
