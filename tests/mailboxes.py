"""A mailbox of a desk in a test, whose mail comes in already read: what the desk makes of it is the matter."""

from dataclasses import dataclass
from typing import Any

from goodword.channels.actions.add_channel import add_channel
from goodword.channels.actions.take_in import take_in
from goodword.channels.contract import Outbound, Receipt
from goodword.channels.model import Channel
from goodword.conversations import Draft, Letter, Message, Party, Received
from goodword.conversations.events import ReplyQueued
from goodword.customers import identify
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Actor, Event, Stamp, latest
from goodword.platform.http import Outgoing
from tests.desks import House

ADDRESS = "care@fennel-oak.example"
DANA = Party("dana@customers.example", "Dana Evans")
CAMILLE = Party("camille@customers.example", "Camille Roy")
MIN_JUN = Party("min-jun@customers.example", "김민준")


@dataclass
class Mailbox:
    desk: House
    channel: Channel
    received: int = 0

    async def hears(
        self,
        text: str,
        sender: Party = DANA,
        *,
        into: str | None = None,
        first: str = "queue",
        subject: str = "Order FO-1042",
        language: str = "en",
        identity: str = "",
        **letter: Any,
    ) -> Received:
        """A mail comes in and everything that it sets off happens; in a thread of its own unless it answers one.

        ``identity`` names a sender who has no address.
        """
        self.received += 1
        draft = Draft(
            f"mail:{self.received}",
            text,
            language,
            letter=Letter(subject=subject, sender=sender, to=(Party(ADDRESS),), **letter),
        )
        who = (sender, identity)
        received = await self.desk.desk.services.database.write(self._take_in, draft, who, into, first, language)
        await self.desk.settle()
        return received

    async def events(self, conversation_id: str) -> list[Event]:
        return await self.desk.desk.services.database.read(latest, conversation_id, 200)

    async def replies(self, conversation_id: str) -> list[Message]:
        """What the desk has said there."""
        facts = [event.fact() for event in await self.events(conversation_id)]
        return [fact.message for fact in facts if isinstance(fact, ReplyQueued)]

    async def types(self, conversation_id: str) -> list[str]:
        return [event.type for event in await self.events(conversation_id)]

    async def _take_in(
        self, tx: Tx, draft: Draft, who: tuple[Party, str], into: str | None, first: str, language: str
    ) -> Received:
        now = self.desk.clock.now()
        sender, unaddressed = who
        customer, identity = await identify(
            tx,
            Stamp(now, SYSTEM),
            kind="external" if unaddressed else "email",
            value=unaddressed or sender.address,
            name=sender.name,
            language=language,
        )
        return await take_in(
            tx,
            Stamp(now, Actor("customer", customer.id, customer.name)),
            draft,
            channel=self.channel,
            customer=customer.ref,
            identity_id=identity.id,
            first=first,  # type: ignore[arg-type]
            thread=draft.client_id,
            subject=draft.letter.subject if draft.letter else "",
            language=language,
            into=into,
        )


async def mailbox(desk: House, **settings: Any) -> Mailbox:
    """One that sends nothing for real."""

    async def add(tx: Tx) -> Channel:
        manifest = desk.desk.services.registry.get("email").manifest
        said = {"address": ADDRESS, "inbound": "none", "outbound": "none", **settings}
        stamp = Stamp(desk.clock.go_on(1_000), SYSTEM)
        return (await add_channel(tx, stamp, manifest, "Care", said, key=f"care-{stamp.at}"))[0]

    return Mailbox(desk, await desk.desk.services.database.write(add))


class Relay:
    """Stands where the adapter's own way out would: takes replies as it is told to, and keeps what it was handed.

    ``answers`` are given in their order, the last one for good: words with which a mail is taken, or an error.
    """

    routes = ()
    doors = ()

    def __init__(self, desk: House, *answers: str | Exception) -> None:
        kinds = vars(desk.desk.services.registry)["_adapters"]
        self.manifest = kinds["email"].manifest
        self.answers = list(answers or ("250 2.0.0 Ok: queued as 4F1A",))
        self.sent: list[Outbound] = []
        kinds["email"] = self

    async def send(self, outbound: Outbound, outgoing: Outgoing) -> Receipt:
        self.sent.append(outbound)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return Receipt(answer=answer)

    @property
    def texts(self) -> list[str]:
        return [one.message.text for one in self.sent]
