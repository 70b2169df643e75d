"""Letters that somebody of the staff addresses."""

import msgspec

from goodword.channels.adapters.email.sending.recipients import others
from goodword.channels.contract import Addressee
from goodword.channels.model import Channel
from goodword.conversations.model import Letter
from goodword.platform.errors import BadInput, Conflict


def addressed(channel: Channel, letter: Letter) -> Letter:
    """See ``Addresses``."""
    mailbox = str(channel.settings.get("address", ""))
    to, cc, bcc = (others(line, mailbox) for line in (letter.to, letter.cc, letter.bcc))
    if not to:
        raise BadInput("address", fields={"to": "ours" if letter.to else "missing"})
    return msgspec.structs.replace(letter, to=to, cc=cc, bcc=bcc)


def addressee(channel: Channel, letter: Letter) -> Addressee:
    """See ``Addresses``: the first to whom it is written."""
    if channel.settings.get("outbound") == "none":
        raise Conflict("no_relay", name=channel.name)
    return Addressee("email", letter.to[0].address, letter.to[0].name)
