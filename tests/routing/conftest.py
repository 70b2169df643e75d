"""The desk of Fennel & Oak with its agents at work; everything that routing hears of is delivered to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from goodword.conversations import Conversation, Draft, Summary, receive, request_person
from goodword.conversations import store as conversations
from goodword.conversations.actions.snooze import WAKE
from goodword.conversations.model import ChannelRef
from goodword.conversations.subscribers import wake_when_due
from goodword.customers import identify
from goodword.platform.db import Database, Tx, open_database
from goodword.platform.events import SYSTEM, Actor, Stamp, latest
from goodword.platform.jobs import Worker
from goodword.routing import subscribers
from goodword.routing.actions.announce import ANNOUNCE
from goodword.routing.actions.take_back import LOOK, TAKE_BACK, look_each_minute
from goodword.staff import PRESENCE_DUE, Agent, Profile, add_agent, beat, connect, disconnect, find_agent
from goodword.staff.subscribers import on_presence_due

CHAT = ChannelRef("chn_chat", "webchat", "Shop chat")
HANDLERS = {
    "find": subscribers.find_a_person,
    "note": subscribers.note_assignment,
    "fill": subscribers.fill_free_hands,
    "mind": subscribers.mind_the_desk,
    "again": subscribers.look_again,
    "priority": subscribers.mind_the_priority,
    WAKE: wake_when_due,
    PRESENCE_DUE: on_presence_due,
    LOOK: subscribers.look_around,
    ANNOUNCE: subscribers.tell_positions,
    TAKE_BACK: subscribers.take_back_unanswered,
}
SUBSCRIPTIONS = {
    "HandoverRequested": ("find",),
    "ConversationOpened": ("find",),
    "Assigned": ("note",),
    "StatusChanged": ("fill",),
    "AgentAvailabilityChanged": ("mind",),
    "AgentDutyChanged": ("again",),
    "TeamEdited": ("again",),
    "RoutingChanged": ("again",),
    "PriorityChanged": ("priority",),
}


@pytest.fixture
async def desk(database_url, bus, clock) -> AsyncIterator["DeskOfFennelAndOak"]:
    database = await open_database(database_url, SUBSCRIPTIONS)
    database.on_commit = bus.ring
    yield DeskOfFennelAndOak(database, Worker("day", database, bus, clock, HANDLERS), clock)
    await database.close()


class DeskOfFennelAndOak:
    def __init__(self, database: Database, worker: Worker, clock) -> None:
        self.database = database
        self.worker = worker
        self.clock = clock
        self.said = 0

    def stamp(self, actor: Actor = SYSTEM) -> Stamp:
        return Stamp(self.clock.go_on(1_000), actor)

    async def settle(self, seconds: int = 0) -> None:
        """Have everything done that is due within ``seconds``."""
        await self.worker.run_until_idle()
        if seconds:
            self.clock.go_on(seconds * 1_000)
            await self.worker.run_until_idle()

    async def agent(self, name: str, *languages: str, max_load: int = 1, there: bool = True) -> Agent:
        async def add(tx: Tx) -> Agent:
            email = f"{name.lower()}@fennel-oak.example"
            profile = Profile(name=name, email=email, languages=languages, max_load=max_load)
            return await add_agent(tx, self.stamp(), profile, "no password")

        agent = await self.database.write(add)
        if there:
            await self.comes(agent)
        return agent

    async def comes(self, agent: Agent) -> None:
        await self.database.write(connect, self.stamp(), agent.id, f"tab-{agent.id}")
        await self.settle()

    async def goes(self, agent: Agent) -> None:
        """He closes his workspace."""
        await self.database.write(disconnect, self.stamp(), agent.id, f"tab-{agent.id}")
        await self.settle()

    async def minutes(self, count: int, *here: Agent) -> None:
        """Time passes, with the workspaces of those who are ``here`` open."""
        await self.database.write(look_each_minute, self.clock.now())
        for _ in range(count * 2):
            self.clock.go_on(30_000)
            for agent in here:
                await self.database.write(beat, Stamp(self.clock.now(), SYSTEM), agent.id, f"tab-{agent.id}")
            await self.worker.run_until_idle()

    async def writes(self, name: str, text: str = "…") -> None:
        """The customer writes once more."""
        self.said += 1
        customer, identity = await self.database.write(
            identify, self.stamp(), kind="visitor", value=f"vis_{name}", scope=CHAT.id, name=name
        )
        await self.database.write(
            receive,
            self.stamp(Actor("customer", customer.id, name)),
            Draft(f"{name}-again-{self.said}", text),
            channel=CHAT,
            customer=customer.ref,
            identity_id=identity.id,
            first="assistant",
        )
        await self.settle()

    async def customer_asks(self, name: str, language: str) -> str:
        """For a person; the conversation's id."""
        customer, identity = await self.database.write(
            identify, self.stamp(), kind="visitor", value=f"vis_{name}", scope=CHAT.id, name=name, language=language
        )
        draft = Draft(f"{name}-1", "…", language=language)
        received = await self.database.write(
            receive,
            self.stamp(Actor("customer", customer.id, name)),
            draft,
            channel=CHAT,
            customer=customer.ref,
            identity_id=identity.id,
            first="assistant",
        )
        await self.database.write(request_person, self.stamp(), received.conversation.id, "asked", Summary())
        await self.settle()
        return received.conversation.id

    async def do(self, deed: Callable[..., Awaitable[object]], actor: Actor, *args: object, **named: object) -> None:
        await self.database.write(deed, self.stamp(actor), *args, **named)
        await self.settle()

    async def see(self, conversation_id: str) -> Conversation:
        return await self.database.read(conversations.get, conversation_id)

    async def told(self, conversation_id: str, *types: str) -> list[tuple[object, ...]]:
        """What stands in the time line of these types: name and place in the queue."""
        events = await self.database.read(latest, conversation_id, 100)
        facts = [event.fact() for event in events if event.type in types]
        return [
            (type(fact).__name__, getattr(fact, "position", None), getattr(fact, "estimate_seconds", None))
            for fact in facts
        ]

    async def facts(self, conversation_id: str, type: str) -> list[Any]:
        events = await self.database.read(latest, conversation_id, 100)
        return [event.fact() for event in events if event.type == type]

    async def reasons(self, conversation_id: str) -> list[tuple[str, str | None]]:
        """Why it was given to whom, in order."""
        facts = await self.facts(conversation_id, "Assigned")
        return [(fact.reason, fact.agent.name if fact.agent else None) for fact in facts]

    async def fresh(self, agent: Agent) -> Agent:
        found = await self.database.read(find_agent, agent.id)
        assert found is not None
        return found


def by(agent: Agent) -> Actor:
    return Actor("agent", agent.id, agent.name)
