"""The API channel: replies leave as webhooks, signed the way of standardwebhooks.com."""

import msgspec
from litestar import Router
from litestar.handlers import HTTPRouteHandler

from goodword.channels.adapters.api.api import routes
from goodword.channels.contract import Outbound, Receipt
from goodword.channels.registry import load_manifest
from goodword.platform.clock import SECOND
from goodword.platform.http import Outgoing, webhook_signature


class ApiChannel:
    """See ``Adapter``."""

    def __init__(self) -> None:
        self.manifest = load_manifest(__package__)
        self.routes: tuple[Router, ...] = (routes,)
        self.doors: tuple[HTTPRouteHandler, ...] = ()

    async def send(self, outbound: Outbound, outgoing: Outgoing) -> Receipt | None:
        """POST the reply; any 2xx is a receipt. ``webhook-id`` is the message's id, the same at every try.

        Without a webhook the reply waits to be read (``read_conversation``).
        """
        url = outbound.channel.settings.get("webhook_url")
        if not url:
            return None
        body = webhook_body(outbound)
        timestamp = str(outbound.at // SECOND)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": outbound.message.id,
            "webhook-timestamp": timestamp,
            "webhook-signature": webhook_signature(outbound.secret, outbound.message.id, timestamp, body),
        }
        await outgoing.post(str(url), body, headers)
        return Receipt()


def webhook_body(outbound: Outbound) -> bytes:
    return msgspec.json.encode(
        {
            "type": "reply",
            "conversation_id": outbound.conversation_id,
            "number": outbound.number,
            "thread": outbound.thread,
            "customer": {"external_id": outbound.recipient},
            "message": outbound.message,
        }
    )


adapter = ApiChannel()
