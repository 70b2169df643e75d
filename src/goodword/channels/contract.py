"""What an adapter must be able to do."""

from typing import Protocol

import msgspec
from litestar import Router
from litestar.handlers import HTTPRouteHandler

from goodword.channels.model import Channel, Manifest
from goodword.conversations.model import Message
from goodword.platform.http import Outgoing


class Outbound(msgspec.Struct, frozen=True):
    """A reply on its way out at ``at``.

    ``message.id`` is its idempotency key: the same reply always carries the same one.
    """

    message: Message
    channel: Channel
    conversation_id: str
    number: int
    thread: str
    recipient: str
    secret: str
    at: int
    public_url: str


class Receipt(msgspec.Struct, frozen=True):
    """The other side took it. ``external_id`` is what it calls the message, where it says so."""

    external_id: str | None = None


class Adapter(Protocol):
    """One foreign language. Lives in ``adapters/<kind>/`` as the module-level ``adapter`` of ``adapter.py``.

    ``doors`` are those of its handlers that customers' browsers call, each taking the channel's ``key``: the desk may
    open them under another name too.
    """

    manifest: Manifest
    routes: tuple[Router, ...]
    doors: tuple[HTTPRouteHandler, ...]

    async def send(self, outbound: Outbound, outgoing: Outgoing) -> Receipt | None:
        """Hand a reply over.

        None: it waits to be fetched. ``Rejected``: never; ``Unreachable``: not now. Not called where every reply is
        fetched (``pull``).
        """
        ...
