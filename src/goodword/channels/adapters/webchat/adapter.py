"""Web chat: a widget on the company's own pages."""

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from goodword.channels.adapters.webchat.api import HANDLERS, routes
from goodword.channels.contract import Outbound, Receipt
from goodword.channels.registry import load_manifest
from goodword.platform.errors import Broken
from goodword.platform.http import Outgoing


class WebChat:
    """See ``Adapter``. The visitor's line fetches replies, so there is nobody to send to."""

    def __init__(self) -> None:
        self.manifest = load_manifest(__package__)
        self.routes: tuple[Router, ...] = (routes,)
        self.doors: tuple[HTTPRouteHandler, ...] = HANDLERS

    async def send(self, outbound: Outbound, outgoing: Outgoing) -> Receipt:
        raise Broken("pull")


adapter = WebChat()
