"""What an adapter must be able to do."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import msgspec
from litestar import Router
from litestar.handlers import HTTPRouteHandler

from goodword.channels.model import Channel, Manifest
from goodword.conversations.model import Attachment, Handler, Letter, Message, Party, Ref
from goodword.customers.model import Kind
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.http import Outgoing


class Outbound(msgspec.Struct, frozen=True):
    """A reply on its way out at ``at``.

    ``message.id`` is its idempotency key: the same reply always carries the same one. ``channel.settings`` hold
    secrets in the clear. ``answers``: the customer's newest letter in the conversation; ``files``: where the bytes of
    the message's attachments lie, by their id, and of those that it passes on; ``agent``: who wrote it, None for the
    assistant; ``prepared``: what the adapter itself has read for it (``Prepares``). ``goes_on``: to whom an agent chose
    to write last, where nobody has written since; ``forwards``: what is passed on to somebody else.
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
    subject: str = ""
    language: str = ""
    company: str = ""
    answers: Letter | None = None
    goes_on: Letter | None = None
    forwards: Message | None = None
    agent: Ref | None = None
    files: Mapping[str, Path] = {}
    prepared: Any = None


class Receipt(msgspec.Struct, frozen=True):
    """The other side took it.

    ``external_id`` is what it calls the message, ``answer`` what its server said, where it says so. ``secrets``: those
    of the channel's settings that the other side has renewed, to be kept.
    """

    external_id: str | None = None
    answer: str = ""
    secrets: Mapping[str, str] = {}


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


@runtime_checkable
class Prepares(Protocol):
    """An adapter that needs something of its own before it can send."""

    async def prepare(self, tx: Tx, outbound: Outbound) -> Any:
        """Becomes ``outbound.prepared``."""
        ...


class Addressee(msgspec.Struct, frozen=True):
    """Somebody as the customers' records have him: ``value`` of an identity of this ``kind``."""

    kind: Kind
    value: str
    name: str = ""


@runtime_checkable
class Addresses(Protocol):
    """An adapter whose replies go to whom their writer chooses (capability ``letters``)."""

    def addressed(self, channel: Channel, letter: Letter) -> Letter:
        """As it can leave through ``channel``: to nobody who is the channel itself. ``BadInput``: to nobody at all."""
        ...

    def addressee(self, channel: Channel, letter: Letter) -> Addressee:
        """With whom a conversation is that begins with it (capability ``writes_first``).

        ``Conflict``: nothing leaves through ``channel``.
        """
        ...


class FilePart(msgspec.Struct, frozen=True):
    """A file that came with an arrival; ``content_type`` is what the sender says of it."""

    name: str
    content_type: str
    content: bytes


class Arrived(msgspec.Struct, frozen=True):
    """Something that came in, as its adapter is shown it. ``shape``: in which form the bytes are.

    ``secret``: what the channel signs with; ``first``: who handles a new conversation.
    """

    id: str
    shape: str
    at: int
    secret: str = ""
    first: Handler = "queue"


class Taken(msgspec.Struct, frozen=True):
    """It is a message of a conversation now, or was before."""

    conversation_id: str
    message_id: str


class Aside(msgspec.Struct, frozen=True):
    """It is kept and no message: why, as a word of the catalogue; and to which conversation it has to do, if any."""

    reason: str
    conversation_id: str | None = None


Outcome = Taken | Aside


class Unreadable(Exception):
    """Nothing can be made of the bytes; a person must look at them. Its text is a word of the catalogue."""


class Glance(msgspec.Struct, frozen=True):
    """Who wrote and what about, as far as that can be told without reading it all; both may be empty."""

    sender: str = ""
    subject: str = ""


class Show(msgspec.Struct, frozen=True):
    """How to show it: under which address each of its ``files`` is found, and whether ``remote`` images are loaded."""

    urls: Callable[[tuple[FilePart, ...]], tuple[str, ...]]
    remote: bool = False


class Sheet(msgspec.Struct, frozen=True):
    """The whole of what came in, as people look at it. ``html`` is safe to show."""

    subject: str
    sender: Party | None
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    date: int | None
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]
    remote_images: int


@runtime_checkable
class Reads(Protocol):
    """An adapter whose messages come as bytes that are kept before anybody reads them (``arrivals``)."""

    async def read(self, raw: bytes, arrived: Arrived, channel: Channel) -> Any:
        """What the bytes say; no database, no network. ``Unreadable``."""
        ...

    def files(self, read: Any) -> tuple[FilePart, ...]:
        """The files in it, to be kept before it is taken in."""
        ...

    async def take_in(
        self, tx: Tx, stamp: Stamp, arrived: Arrived, channel: Channel, read: Any, files: tuple[Attachment, ...]
    ) -> Outcome:
        """Make it a message, once however often it is called. ``files``: those of ``files``, in their order."""
        ...

    def glance(self, head: bytes, shape: str) -> Glance:
        """For lists: from the first few thousand bytes, however broken they are."""
        ...

    async def sheet(self, raw: bytes, arrived: Arrived, channel: Channel, show: Show) -> Sheet:
        """For the eyes of the staff. ``Unreadable``."""
        ...
