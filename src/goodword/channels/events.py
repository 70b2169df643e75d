"""What this package may append."""

from typing import Any

from goodword.conversations.model import ChannelRef
from goodword.platform.events import Fact


class ChannelAdded(Fact):
    channel: ChannelRef


class ChannelEdited(Fact):
    channel: ChannelRef
    settings: dict[str, Any]
    disabled: bool


class ChannelTokenRenewed(Fact):
    channel: ChannelRef


class CarriedOn(Fact):
    """On a conversation: replies that were not fetched left as one mail, through another channel."""

    message_ids: tuple[str, ...]
    channel: ChannelRef
    recipient: str
