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
