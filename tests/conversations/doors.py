"""One customer with two doors, and what the tests look at."""

from goodword.conversations import Draft, receive, store
from goodword.conversations.model import ChannelRef
from goodword.conversations.spoken import spoken
from goodword.conversations.streams import events_before, streams_of
from goodword.customers import identify
from goodword.platform.events import SYSTEM, Actor, Stamp, latest

CHAT = ChannelRef("chn_chat", "webchat", "Shop chat")
TILL = ChannelRef("chn_till", "api", "Till")
END = 1 << 62


class Door:
    """Where a customer comes in."""

    def __init__(self, database, clock, channel, customer, identity):
        self.database, self.clock, self.channel = database, clock, channel
        self.customer, self.identity = customer, identity

    async def writes(self, text, thread="", first="queue"):
        stamp = Stamp(self.clock.go_on(1_000), Actor("customer", self.customer.id, self.customer.name))
        return await self.database.write(
            receive,
            stamp,
            Draft(f"{self.channel.id}-{self.clock.now()}", text),
            channel=self.channel,
            customer=self.customer.ref,
            identity_id=self.identity.id,
            first=first,
            thread=thread,
        )


async def door(database, clock, channel=CHAT, email="dana@post.example", name="Dana Evans"):
    """The same ``email`` is the same customer."""

    async def both(tx):
        stamp = Stamp(clock.now(), SYSTEM)
        given = {"kind": "external", "value": f"{channel.id}:{email}", "scope": channel.id, "verified": True}
        return await identify(tx, stamp, **given, name=name, email=email)

    return Door(database, clock, channel, *await database.write(both))


async def types(database, id):
    return [event.type for event in await database.read(latest, id, 200)]


async def shown(database, id):
    """The texts of a time line as it is shown."""

    async def read(tx):
        events = await events_before(tx, await streams_of(tx, id), END, 10_000)
        return [one.message.text for one in spoken(events)]

    return await database.read(read)


async def now(database, id):
    return await database.read(store.get, id)
