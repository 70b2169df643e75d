"""A desk with a letter-box: an adapter whose letters say themselves what becomes of them."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from goodword.channels.actions.add_channel import add_channel
from goodword.channels.actions.take_in import take_in
from goodword.channels.arrivals import Arrival, keep_bytes, store
from goodword.channels.contract import Aside, FilePart, Glance, Sheet, Taken, Unreadable
from goodword.channels.model import Channel, Limits, Manifest
from goodword.conversations import Draft
from goodword.conversations.model import Letter, Party
from goodword.customers import identify
from goodword.platform.errors import Unavailable
from goodword.platform.events import SYSTEM, Actor, Stamp
from goodword.rig.clock import HandClock
from tests.desks import House, house


class LetterBox:
    """Its letters begin with a word: ``talk``, ``advert``, ``riddle``, ``bomb``, ``maze``, ``flood``, ``slam``."""

    manifest = Manifest("letterbox", "Letter-box", frozenset({"arrivals"}), Limits(20_000, 5))
    routes = ()
    doors = ()

    def __init__(self) -> None:
        self.away = False
        self.deadly = False
        self.longest = 0.0

    async def read(self, raw: bytes, arrived: Any, channel: Channel) -> list[str]:
        if self.deadly:
            # What kills a process leaves no trace of itself.
            raise asyncio.CancelledError
        words = raw.decode().split()
        if words[0] == "riddle":
            raise Unreadable("unreadable")
        if words[0] == "bomb":
            raise MemoryError("too much")
        if words[0] == "maze":
            await asyncio.sleep(3_600)
        return words

    def files(self, read: list[str]) -> tuple[FilePart, ...]:
        return tuple(FilePart(word, "text/html", word.encode()) for word in read if word.endswith(".html"))

    async def take_in(self, tx, stamp, arrived, channel, read, files):
        if self.away:
            raise Unavailable("disk", retry_after=30)
        if read[0] == "advert":
            return Aside("advert")
        customer, identity = await identify(tx, stamp, kind="email", value="dana@customers.example", name="Dana Evans")
        stamp = stamp.acting_as(Actor("customer", customer.id, customer.name))
        letter = Letter(subject="A letter", sender=Party("dana@customers.example"), arrival_id=arrived.id)
        draft = Draft(" ".join(read)[:80], " ".join(read[1:]), attachments=files, letter=letter)
        received = await take_in(
            tx, stamp, draft, channel=channel, customer=customer.ref, identity_id=identity.id, first=arrived.first
        )
        if read[0] == "slam":
            raise ValueError("the door slammed")
        return Taken(received.conversation.id, received.message.id)

    def glance(self, head: bytes, shape: str) -> Glance:
        return Glance("Dana Evans", head.decode("utf-8", "replace")[:20])

    async def sheet(self, raw, arrived, channel, show):
        urls = show.urls(self.files(raw.decode().split()))
        return Sheet("A letter", Party("dana@customers.example"), (), (), None, raw.decode(), str(urls), (), 0)


@dataclass
class Post:
    """The letter-box of a desk."""

    house: House
    box: LetterBox
    channel: Channel
    kept: list[Arrival] = field(default_factory=list)

    async def brings(self, raw: bytes | str) -> tuple[Arrival, bool]:
        services = self.house.desk.services
        raw = raw.encode() if isinstance(raw, str) else raw
        now = self.house.clock.now()
        return await keep_bytes(services.database, services.raws, self.channel, raw, now, source="slot")

    async def of(self, arrival: Arrival) -> Arrival:
        return await self.house.desk.services.database.read(store.get, arrival.id)

    async def states(self, *arrivals: Arrival) -> list[str]:
        return [(await self.of(arrival)).state for arrival in arrivals]

    async def said(self) -> list[str]:
        """The texts of all messages of the desk."""
        return await self.house.desk.services.database.read(_texts)


async def _texts(tx) -> list[str]:
    return [
        row["text"] for row in await tx.rows("SELECT text FROM messages WHERE author_kind = 'customer' ORDER BY seq")
    ]


@pytest.fixture
async def post(database_url: str, tmp_path: Path, clock: HandClock) -> AsyncIterator[Post]:
    async with house(tmp_path, database_url, clock, assistant_answers=False) as opened:
        box = LetterBox()
        opened.desk.services.registry._adapters["letterbox"] = box  # type: ignore[assignment]

        async def deed(tx):
            return (await add_channel(tx, Stamp(clock.now(), SYSTEM), box.manifest, "Letter-box", {}))[0]

        yield Post(opened, box, await opened.desk.services.database.write(deed))


@pytest.fixture
def full_disk(monkeypatch):
    """Syncing says what it says when there is no room."""

    def fill() -> None:
        monkeypatch.setattr(os, "fsync", _no_room)

    return fill


def _no_room(descriptor: int) -> None:
    raise OSError(28, "No space left on device")
