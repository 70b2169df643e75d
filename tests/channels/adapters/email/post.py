"""A post office of a test, and mailboxes that are fetched into it."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodword.channels.actions.add_channel import add_channel
from goodword.channels.adapters.email.adapter import adapter
from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble, way_of
from goodword.channels.adapters.email.fetching.listener import Listener
from goodword.channels.adapters.email.fetching.session import opened
from goodword.channels.arrivals import RawStore
from goodword.channels.health import Health, health_of
from goodword.channels.model import Channel
from goodword.channels.post_office import PostOffice
from goodword.platform.clock import Clock, SystemClock
from goodword.platform.db import Database, Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.http import open_client


def mail(number: int | str, text: str = "Where is my kettle?") -> bytes:
    """One from Dana; no two numbers make the same bytes."""
    return (
        f"From: Dana Evans <dana@customers.example>\r\nTo: care@fennel-oak.example\r\nSubject: Order {number}\r\n"
        f"Message-ID: <order-{number}@customers.example>\r\n\r\n{text}\r\n"
    ).encode()


@dataclass
class Fetched:
    """A mailbox of a desk, looked into when told to."""

    post: PostOffice
    channel: Channel

    def __post_init__(self) -> None:
        self.listener = self.listener_for()

    def listener_for(self) -> Listener:
        """One that knows nothing of what another one has met."""

        async def find_way():
            return way_of(self.channel.settings)

        return Listener(self.channel, self.post, find_way)

    async def look(self) -> list[bytes]:
        """Look into the mailbox once; all that has ever been kept."""
        way = way_of(self.channel.settings)
        self.listener.know(way)
        async with opened(way) as session:
            await self.listener.catch_up(session)
        return await self.kept()

    async def look_until_through(self) -> list[bytes]:
        """Look as often as the line breaks, as a listener does."""
        for _ in range(8):
            with suppress(MailboxTrouble):
                return await self.look()
        raise AssertionError("never came through")

    async def kept(self) -> list[bytes]:
        rows = await self.post.database.read(_digests, self.channel.id)
        return [await self.post.raws.get(digest) for digest in rows]

    async def health(self) -> Health:
        return await self.post.database.read(health_of, self.channel.id, self.post.clock.now())


def post_office(database: Database, folder: Path, clock: Clock | None = None) -> PostOffice:
    return PostOffice(database, clock or SystemClock(), RawStore(folder / "raw"), open_client(inwards=True))


async def mailbox_of(post: PostOffice, settings: dict[str, Any], at: int | None = None) -> Fetched:
    """Set up at ``at``. Its password is in the clear, as an adapter is given it."""

    async def add(tx: Tx) -> Channel:
        plain = {name: value for name, value in settings.items() if not name.endswith("_password")}
        stamp = Stamp(post.clock.now() if at is None else at, SYSTEM)
        return (await add_channel(tx, stamp, adapter.manifest, "Care", plain))[0]

    channel = await post.database.write(add)
    channel.settings.update(settings)
    return Fetched(post, channel)


async def _digests(tx: Tx, channel_id: str) -> list[str]:
    rows = await tx.rows("SELECT digest FROM arrivals WHERE channel_id = :id ORDER BY at, id", id=channel_id)
    return [row["digest"] for row in rows]
