"""E-mail: fetched from mailboxes or handed over by a webhook or a pipe, sent through a relay."""

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from goodword.channels.adapters.email.addressing import addressed, addressee
from goodword.channels.adapters.email.api import routes
from goodword.channels.adapters.email.api_setup import routes as setup_routes
from goodword.channels.adapters.email.fetching.listener import listen
from goodword.channels.adapters.email.looking import glance, sheet_of
from goodword.channels.adapters.email.reading import ReadMail, read_mail
from goodword.channels.adapters.email.sending import Prepared
from goodword.channels.adapters.email.sending.posting import post_reply
from goodword.channels.adapters.email.sending.preparing import prepare
from goodword.channels.adapters.email.taking_in import take_in_mail
from goodword.channels.contract import (
    Addressee,
    Arrived,
    Aside,
    FilePart,
    Glance,
    Outbound,
    Outcome,
    Receipt,
    Sheet,
    Show,
)
from goodword.channels.model import Channel
from goodword.channels.post_office import PostOffice
from goodword.channels.registry import load_manifest
from goodword.conversations.model import Attachment, Letter
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.http import Outgoing


class EmailChannel:
    """See ``Adapter``, ``Addresses``, ``Prepares``, ``Reads`` and ``Listens``."""

    def __init__(self) -> None:
        self.manifest = load_manifest(__package__)
        self.routes: tuple[Router, ...] = (routes, setup_routes)
        self.doors: tuple[HTTPRouteHandler, ...] = ()

    async def read(self, raw: bytes, arrived: Arrived, channel: Channel) -> ReadMail | None:
        return await read_mail(raw, arrived, channel)

    def files(self, read: ReadMail | None) -> tuple[FilePart, ...]:
        return read.files if read else ()

    def glance(self, head: bytes, shape: str) -> Glance:
        return glance(head, shape)

    async def sheet(self, raw: bytes, arrived: Arrived, channel: Channel, show: Show) -> Sheet:
        return await sheet_of(raw, arrived, channel, show)

    async def take_in(
        self,
        tx: Tx,
        stamp: Stamp,
        arrived: Arrived,
        channel: Channel,
        read: ReadMail | None,
        files: tuple[Attachment, ...],
    ) -> Outcome:
        return await take_in_mail(tx, stamp, arrived, channel, read, files) if read else Aside("no_mail")

    async def send(self, outbound: Outbound, outgoing: Outgoing) -> Receipt | None:
        return await post_reply(outbound, outgoing)

    async def prepare(self, tx: Tx, outbound: Outbound) -> Prepared:
        return await prepare(tx, outbound)

    def addressed(self, channel: Channel, letter: Letter) -> Letter:
        return addressed(channel, letter)

    def addressee(self, channel: Channel, letter: Letter) -> Addressee:
        return addressee(channel, letter)

    async def listen(self, channel: Channel, post: PostOffice) -> None:
        await listen(channel, post)


adapter = EmailChannel()
