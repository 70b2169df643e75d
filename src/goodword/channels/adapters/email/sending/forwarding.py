"""A message that is passed on, as it stands below what is said to it."""

from datetime import UTC, datetime

import msgspec

from goodword.channels.adapters.email.sending.markdown import in_plain_text
from goodword.channels.contract import Outbound
from goodword.conversations.model import Letter, Message, Party
from goodword.platform.clock import SECOND
from goodword.platform.i18n import text
from goodword.platform.words import clean


class Forwarded(msgspec.Struct, frozen=True):
    """``head`` says whose it is; ``words``: all of it, what it quotes and signs with, too."""

    head: str
    words: str


def forwarded(outbound: Outbound) -> Forwarded | None:
    """In the conversation's language; who was written to unseen is not named."""
    original = outbound.forwards
    if original is None:
        return None
    letter = original.letter or Letter()
    at = datetime.fromtimestamp((letter.dated or original.at) / SECOND, UTC)
    lines = {
        "from": _shown(letter.sender or _author(original, outbound)),
        "date": f"{at:%Y-%m-%d %H:%M} UTC",
        "subject": letter.subject or outbound.subject,
        "to": ", ".join(map(_shown, letter.to)),
        "cc": ", ".join(map(_shown, letter.cc)),
    }
    language, known = outbound.language, {name: _line(value) for name, value in lines.items() if value}
    said = [text(language, f"mail.forwarded.{name}", value=value) for name, value in known.items()]
    head = "\n".join([f"---------- {text(language, 'mail.forwarded')} ----------", *said])
    return Forwarded(head, "\n\n".join(part for part in (_words(original), clean(letter.folded).strip("\n")) if part))


def _author(original: Message, outbound: Outbound) -> Party:
    """Who wrote what did not come as a letter: we ourselves, or a customer whose address is nobody's business."""
    ours = original.author.kind != "customer"
    return Party(str(outbound.channel.settings["address"]) if ours else "", original.author.name)


def _shown(party: Party) -> str:
    if not party.address or party.name == party.address:
        return party.name or party.address
    return f"{party.name} <{party.address}>" if party.name else party.address


def _words(original: Message) -> str:
    written = clean(original.text)
    return (written if original.author.kind == "customer" else in_plain_text(written)).strip("\n")


def _line(words: str) -> str:
    return " ".join(clean(words).split())
