"""Channels: how messages come in and replies go out.

An *adapter* is a folder under ``adapters`` that speaks one foreign language; a *channel* is a configured connection
through it. Nobody outside an adapter's folder names it: everyone asks for capabilities.
"""

from goodword.channels.contract import Adapter, Outbound, Receipt
from goodword.channels.delivery import Delivery
from goodword.channels.model import Channel, Manifest
from goodword.channels.registry import Registry

__all__ = ["Adapter", "Channel", "Delivery", "Manifest", "Outbound", "Receipt", "Registry"]
