"""A desk with a mailbox on a real server, and what customers write to it."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from goodword.channels.post_office import PostOffice
from goodword.platform.clock import SystemClock
from goodword.platform.db import Tx
from goodword.rig.clock import HandClock
from tests.channels.adapters.email.post import Fetched, mailbox_of
from tests.desks import House, house
from tests.mailservers.servers import MailServers
from tests.mailservers.wire import Wire

PATIENCE = 30


class Care:
    """A desk with a mailbox on a real server."""

    def __init__(self, desk: House, mailbox: Fetched, servers: MailServers, address: str) -> None:
        self.desk = desk
        self.mailbox = mailbox
        self.servers = servers
        self.address = address

    def put(self, *mails: bytes, **how: Any) -> None:
        self.servers.put(self.address, *mails, **how)

    async def look(self) -> list[str]:
        """Fetch, take in; the texts of all messages."""
        await self.mailbox.look()
        return await self.said()

    async def said(self) -> list[str]:
        await self.desk.settle()
        return await self.desk.desk.services.database.read(_texts)

    async def conversations(self) -> int:
        """How many there are."""
        await self.desk.settle()
        return int(await self.desk.desk.services.database.read(_conversations))


@asynccontextmanager
async def caring(
    folder: Path, url: str, servers: MailServers, wire: Wire | None = None, **settings: Any
) -> AsyncIterator[Care]:
    """Looked into for the first time, with nothing in it yet; through ``wire`` where there is one."""
    clock = HandClock(SystemClock().now())
    async with house(folder, url, clock, assistant_answers=False) as desk:
        services = desk.desk.services
        address = f"care-{uuid.uuid4().hex[:8]}@fennel-oak.example"
        line = {"imap_port": wire.port} if wire else {}
        post = PostOffice(services.database, clock, services.raws, services.outgoing)
        mailbox = await mailbox_of(post, servers.settings(address, **line, **settings))
        await mailbox.look()
        yield Care(desk, mailbox, servers, address)


@asynccontextmanager
async def listening(care: Care) -> AsyncIterator[None]:
    """As it is done in a process that works."""
    task = asyncio.create_task(care.mailbox.listener_for().listen())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(look: Callable[[], Any], wanted: Any) -> None:
    found = None
    try:
        async with asyncio.timeout(PATIENCE):
            while (found := await look()) != wanted:  # noqa: ASYNC110 - it is another program that is waited for
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"{found!r} is not {wanted!r}") from None


def from_(customer: str, number: int, **headers: str) -> bytes:
    """A mail of a customer's own."""
    lines = {
        "From": f"{customer}@customers.example",
        "To": "care@fennel-oak.example",
        "Subject": f"Order {number}",
        "Date": "Tue, 29 Sep 2026 08:00:00 +0200",
        "Message-ID": f"<{customer}.{number}@customers.example>",
        **headers,
    }
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
    return f"{head}\r\nIt is about order {number}.\r\n".encode()


def texts(numbers: Any) -> list[str]:
    return sorted(f"It is about order {number}." for number in numbers)


async def _texts(tx: Tx) -> list[str]:
    rows = await tx.rows("SELECT text FROM messages WHERE author_kind = 'customer' ORDER BY text")
    return [row["text"] for row in rows]


async def _conversations(tx: Tx) -> int:
    return await tx.value("SELECT count(*) FROM conversations")
