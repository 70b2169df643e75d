import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from goodword.channels import Channel, Manifest, Registry
from goodword.channels.actions.add_channel import add_channel
from goodword.channels.actions.edit_channel import edit_channel
from goodword.channels.arrivals import RawStore
from goodword.channels.lease import is_free, let_go, take
from goodword.channels.listening import LEASE, Listening
from goodword.channels.model import Limits, Setting
from goodword.channels.post_office import PostOffice
from goodword.channels.secrets import sealed_settings
from goodword.platform.bus import LocalBus
from goodword.platform.clock import SystemClock
from goodword.platform.db import Database, Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.http import open_client

pytestmark = pytest.mark.anyio
KEY = b"k" * 32
PATIENCE = 10
MANIFEST = Manifest(
    "pigeons",
    "Pigeons",
    frozenset({"mailbox"}),
    Limits(text=100, files_per_message=0),
    (Setting("loft", "text"), Setting("whistle", "secret")),
)


class Pigeons:
    """An adapter that tells who listens where, until it is told to stop; or breaks."""

    manifest = MANIFEST
    routes = ()
    doors = ()

    def __init__(self) -> None:
        self.at: list[tuple[str, str]] = []
        self.begun = 0
        self.changed = asyncio.Event()

    async def listen(self, channel: Channel, post: PostOffice) -> None:
        here = channel.settings["loft"], channel.settings["whistle"]
        self.begun += 1
        self.at.append(here)
        self.changed.set()
        try:
            if here[0] == "broken":
                raise OSError("no pigeons")
            await asyncio.Event().wait()
        finally:
            self.at.remove(here)
            self.changed.set()

    async def until(self, *lofts: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while sorted(loft for loft, _ in self.at) != sorted(lofts):
                self.changed.clear()
                await self.changed.wait()


Begin = Callable[[str], Awaitable[tuple[Listening, Pigeons]]]


@pytest.fixture
async def begin(database: Database, bus: LocalBus, tmp_path: Path) -> AsyncIterator[Begin]:
    """``await begin("ada")``: a process of this name that listens, with its own pigeons."""
    running: list[Listening] = []

    async def one(name: str) -> tuple[Listening, Pigeons]:
        pigeons = Pigeons()
        post = PostOffice(database, SystemClock(), RawStore(tmp_path / "raw"), open_client(inwards=True))
        listening = Listening(name, Registry({"pigeons": pigeons}), post, bus, KEY)  # type: ignore[dict-item]
        running.append(listening)
        listening.start()
        return listening, pigeons

    yield one
    for listening in running:
        await listening.stop()


def now() -> Stamp:
    return Stamp(SystemClock().now(), SYSTEM)


async def add(database: Database, loft: str) -> Channel:
    settings = sealed_settings(MANIFEST, {"loft": loft, "whistle": "tsing"}, KEY)
    return (await database.write(add_channel, now(), MANIFEST, loft, settings))[0]


async def test_a_channel_is_listened_at_from_when_it_is_added_until_it_is_switched_off(begin, database):
    _, pigeons = await begin("ada")
    north = await add(database, "north")
    await pigeons.until("north")
    await add(database, "south")
    await pigeons.until("north", "south")
    await database.write(edit_channel, now(), MANIFEST, north.id, disabled=True)
    await pigeons.until("south")
    await database.write(edit_channel, now(), MANIFEST, north.id, disabled=False)
    await pigeons.until("north", "south")


async def test_an_edited_channel_is_listened_at_anew_and_its_secrets_are_in_the_clear(begin, database):
    _, pigeons = await begin("ada")
    north = await add(database, "north")
    await pigeons.until("north")
    assert pigeons.at == [("north", "tsing")]
    await database.write(edit_channel, now(), MANIFEST, north.id, settings={"loft": "west"})
    await pigeons.until("west")
    assert pigeons.at == [("west", "tsing")]


async def test_one_that_breaks_leaves_the_others_alone(begin, database):
    _, pigeons = await begin("ada")
    await add(database, "north")
    await add(database, "broken")
    await pigeons.until("north")


async def test_of_several_processes_one_listens_and_when_it_stops_another_goes_on_at_once(begin, database):
    ada, hers = await begin("ada")
    await add(database, "north")
    await hers.until("north")
    _, others = await begin("noor")
    await asyncio.sleep(0)
    assert others.begun == 0
    await ada.stop()
    assert hers.at == []
    await others.until("north")
    assert (hers.begun, others.begun) == (1, 1)


async def test_a_lease_is_held_on_by_its_holder_and_taken_over_when_it_has_run_out(database):
    async def try_(tx: Tx, holder: str, at: int) -> bool:
        free = await is_free(tx, "listening", holder, at)
        assert await take(tx, "listening", holder, at, LEASE) == free
        return free

    assert await database.write(try_, "ada", 0)
    assert await database.write(try_, "ada", 1_000)
    assert not await database.write(try_, "noor", LEASE + 999)
    assert await database.write(try_, "noor", LEASE + 1_000)
    assert not await database.write(try_, "ada", LEASE + 1_001)
    await database.write(let_go, "listening", "ada")
    assert not await database.write(try_, "ada", LEASE + 1_002), "it was noor's to let go"
    await database.write(let_go, "listening", "noor")
    assert await database.write(try_, "ada", LEASE + 1_003)
