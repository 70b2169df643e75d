"""The bytes of an arrival, as a mail and the key by which it is known again."""

import asyncio
from collections.abc import Collection
from hashlib import sha256

import msgspec

from goodword.channels.adapters.email.mime.fields import Fields, read_fields
from goodword.channels.adapters.email.model import Mail
from goodword.channels.adapters.email.parsing import parse
from goodword.channels.adapters.email.webhooks import SHAPES, NoMail, unpacked
from goodword.channels.contract import Arrived, FilePart
from goodword.channels.model import Channel

# What says, in the header of a mail, that it is one and the same, whichever servers it has come through.
NAMING = ("message-id", "from", "date", "subject")
LOOP_MARK = "x-goodword"
MOST_MARKS = 5


class ReadMail(msgspec.Struct, frozen=True):
    """``key`` is the same for the same mail, by whatever way it came; ``marks``: desks by which it says to be sent."""

    mail: Mail
    key: str
    headers: tuple[tuple[str, bytes], ...]

    @property
    def files(self) -> tuple[FilePart, ...]:
        return tuple(FilePart(part.name, part.content_type, part.content) for part in self.mail.attachments)

    @property
    def marks(self) -> tuple[str, ...]:
        found = (value.decode("latin-1") for name, value in self.headers if name.lower() == LOOP_MARK)
        return tuple(found)[:MOST_MARKS]


async def read_mail(raw: bytes, arrived: Arrived, channel: Channel) -> ReadMail | None:
    """None where what a provider has posted is no mail. ``Unreadable``."""
    trusted = tuple(str(name) for name in channel.settings.get("trusted_servers") or ())
    ours = tuple(filter(None, [str(channel.settings.get("address", ""))]))
    try:
        return await asyncio.to_thread(_read, raw, arrived.shape, trusted, ours)
    except NoMail:
        return None


def _read(raw: bytes, shape: str, trusted: Collection[str], ours: Collection[str]) -> ReadMail:
    raw = unpacked(shape, raw) if shape in SHAPES else raw
    fields = read_fields(raw, 0, len(raw), True)
    return ReadMail(parse(raw, trusted, ours), _key(raw, fields), fields.headers)


def _key(raw: bytes, fields: Fields) -> str:
    """A Message-ID alone won't do: some senders give the same one to all their mails.

    Of two mails without one and without a date that say the same, each may be meant: only the same bytes are the same.
    """
    named = {name: _value(fields, name) for name in NAMING}
    digest = sha256()
    for value in named.values():
        digest.update(b"".join(value.split()) + b"\n")
    nameless = not (named["message-id"] or named["date"])
    content = raw if nameless else raw[fields.end :]
    digest.update(content.replace(b"\r\n", b"\n").rstrip(b"\n"))
    return f"mail:{digest.hexdigest()[:40]}"


def _value(fields: Fields, wanted: str) -> bytes:
    return next((value for name, value in fields.headers if name.lower() == wanted), b"")
