"""A mail as people look at it: a line of a list, or the whole sheet."""

import asyncio
from typing import Final

from goodword.channels.adapters.email.drafting import parties, party, shown_subject
from goodword.channels.adapters.email.mime.addresses import addresses_of
from goodword.channels.adapters.email.mime.fields import read_fields
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.pictures import with_pictures
from goodword.channels.adapters.email.reading import ReadMail, read_mail
from goodword.channels.adapters.email.webhooks import SHAPES, NoMail, unpacked
from goodword.channels.contract import Arrived, Glance, Sheet, Show, Unreadable
from goodword.channels.model import Channel

MOST_HEADERS: Final = 60
LONGEST_HEADER: Final = 2_000
LONGEST_LINE: Final = 300


def glance(head: bytes, shape: str) -> Glance:
    """Sender and subject, where they stand where they should."""
    try:
        head = unpacked(shape, head) if shape in SHAPES else head
    except (Unreadable, NoMail):
        return Glance()
    headers = {name.lower(): value for name, value in reversed(read_fields(head, 0, len(head), True).headers)}
    sender = next(iter(addresses_of(headers.get("from", b""))), None)
    shown = f"{sender.name} <{sender.address}>" if sender and sender.name else sender.address if sender else ""
    return Glance(shown[:LONGEST_LINE], text_of(headers.get("subject", b""))[:LONGEST_LINE])


async def sheet_of(raw: bytes, arrived: Arrived, channel: Channel, show: Show) -> Sheet:
    """``Unreadable``: it is no mail."""
    read = await read_mail(raw, arrived, channel)
    if read is None:
        raise Unreadable("no_mail")
    return await asyncio.to_thread(_sheet, read, show)


def _sheet(read: ReadMail, show: Show) -> Sheet:
    mail = read.mail
    urls = dict(zip((part.content_id for part in mail.attachments), show.urls(read.files), strict=True))
    html, remote = with_pictures(mail.html, urls, remote=show.remote)
    return Sheet(
        subject=shown_subject(mail),
        sender=party(mail.sender),
        to=parties(mail.to),
        cc=parties(mail.cc),
        date=mail.date,
        text=mail.text,
        html=html,
        headers=tuple((name, text_of(value)[:LONGEST_HEADER]) for name, value in read.headers[:MOST_HEADERS]),
        remote_images=remote,
    )
