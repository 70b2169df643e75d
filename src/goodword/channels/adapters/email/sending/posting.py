"""A reply leaves: composed, and handed to the relay of its mailbox."""

import asyncio

import msgspec

from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble
from goodword.channels.adapters.email.oauth import tokens
from goodword.channels.adapters.email.sending.compose import compose
from goodword.channels.adapters.email.sending.model import Composed
from goodword.channels.adapters.email.sending.preparing import contents_of
from goodword.channels.adapters.email.sending.relay import relay_of, send, unreachable
from goodword.channels.contract import Outbound, Receipt
from goodword.platform.errors import Rejected, Unreachable
from goodword.platform.http import Outgoing


async def post_reply(outbound: Outbound, outgoing: Outgoing) -> Receipt:
    """See ``Adapter.send`` and ``relay.send``."""
    channel = outbound.channel
    if channel.settings.get("outbound") == "none":
        raise Rejected("no_relay")
    mail = await asyncio.to_thread(_composed, outbound)
    try:
        token = await tokens.token(channel, outgoing, outbound.at)
        receipt = await send(relay_of(channel.settings, token), mail)
    except MailboxTrouble as trouble:
        raise unreachable(trouble) from trouble
    except Unreachable as away:
        if away.reason == "oauth":
            tokens.forget(channel.id)
        raise
    return msgspec.structs.replace(receipt, secrets=tokens.to_keep(channel))


def _composed(outbound: Outbound) -> Composed:
    try:
        contents = contents_of(outbound)
    except OSError as error:
        raise Unreachable("disk", detail=str(error.strerror), retry_after=60) from error
    return compose(outbound, contents)
