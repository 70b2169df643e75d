"""Dana writes to Fennel & Oak; Li and Jun answer."""

from collections.abc import Awaitable, Callable

import pytest

from goodword.conversations import Draft, Received, receive
from goodword.conversations.model import ChannelRef, Handler
from goodword.customers import Customer, Identity, identify
from goodword.platform.db import Database, Tx
from goodword.platform.events import SYSTEM, Actor, Stamp
from goodword.rig.clock import HandClock
from goodword.staff import Agent, Profile, add_agent
from tests.conversations.doors import TILL, Door, door

CHAT = ChannelRef("chn_chat", "webchat", "Shop chat")
Write = Callable[..., Awaitable[Received]]


@pytest.fixture
async def dana(database: Database, clock: HandClock) -> tuple[Customer, Identity]:
    return await database.write(
        identify,
        Stamp(clock.now(), SYSTEM),
        kind="visitor",
        value="vis_dana",
        scope=CHAT.id,
        name="Dana Evans",
        language="en",
    )


@pytest.fixture
async def li(database: Database, clock: HandClock) -> Agent:
    return await _agent(database, clock, "Li Na", "li@fennel-oak.example", ("zh-Hans", "en"))


@pytest.fixture
async def jun(database: Database, clock: HandClock) -> Agent:
    return await _agent(database, clock, "Jun Park", "jun@fennel-oak.example", ("ko", "en"))


@pytest.fixture
def dana_writes(database: Database, clock: HandClock, dana: tuple[Customer, Identity]) -> Write:
    """Call it with a text, and with ``key`` or ``first`` where they matter."""
    customer, identity = dana

    async def write(text: str, key: str | None = None, first: Handler = "assistant") -> Received:
        stamp = Stamp(clock.go_on(1_000), Actor("customer", customer.id, customer.name))
        draft = Draft(key or f"key-{clock.now()}", text)
        return await database.write(
            receive, stamp, draft, channel=CHAT, customer=customer.ref, identity_id=identity.id, first=first
        )

    return write


async def _agent(database: Database, clock: HandClock, name: str, email: str, languages: tuple[str, ...]) -> Agent:
    async def add(tx: Tx) -> Agent:
        profile = Profile(name=name, email=email, languages=languages)
        return await add_agent(tx, Stamp(clock.now(), SYSTEM), profile, "no password")

    return await database.write(add)


def by(agent: Agent, clock: HandClock) -> Stamp:
    """The agent does something, a second later."""
    return Stamp(clock.go_on(1_000), Actor("agent", agent.id, agent.name), rights=agent.rights)


@pytest.fixture
async def chat(database: Database, clock: HandClock) -> Door:
    return await door(database, clock)


@pytest.fixture
async def till(database: Database, clock: HandClock) -> Door:
    return await door(database, clock, TILL)
