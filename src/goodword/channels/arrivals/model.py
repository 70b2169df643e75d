"""What has come in, and what became of it."""

from typing import Final, Literal

import msgspec

from goodword.channels.contract import Arrived
from goodword.conversations.model import Handler

State = Literal["waiting", "taken", "aside", "quarantined", "dropped", "forgotten"]

MAIL: Final = "message/rfc822"
LONGEST_DETAIL = 500


class Arrival(msgspec.Struct, frozen=True):
    """Bytes that came in through a channel.

    ``source``: by which way, in the channel's own words; ``shape``: in which form the bytes are; ``digest`` names them
    as they came, ``mended`` those that a person put in their place. ``reason`` is a word of the catalogue, ``detail``
    what a machine said. ``attempts``: how often its reader died over it.
    """

    id: str
    channel_id: str
    source: str
    shape: str
    digest: str
    size: int
    at: int
    state: State = "waiting"
    reason: str = ""
    detail: str = ""
    mended: str | None = None
    conversation_id: str | None = None
    message_id: str | None = None
    attempts: int = 0

    @property
    def bytes_now(self) -> str:
        """The digest of the bytes that are read."""
        return self.mended or self.digest

    def arrived(self, secret: str = "", first: Handler = "queue") -> Arrived:
        return Arrived(self.id, self.shape, self.at, secret, first)
