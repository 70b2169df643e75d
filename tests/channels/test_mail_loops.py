"""Two desks whose mail is real: composed, sent through a relay, carried over and read. They must not go on."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

import pytest

from goodword.channels.actions.add_channel import add_channel
from goodword.platform.clock import MINUTE
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp, latest
from goodword.rig.clock import HandClock
from goodword.rig.mail.smtp import ScriptedSmtp, Taken
from tests.desks import House, house

pytestmark = pytest.mark.anyio
# What a well-behaved program writes so that it isn't answered.
SIGNS = ("Auto-Submitted", "X-Auto-Response-Suppress", "X-Goodword", "Precedence", "List-Id")


@dataclass
class Side:
    """A desk with a mailbox and the relay that it sends through."""

    desk: House
    relay: ScriptedSmtp
    address: str
    token: str
    carried: int = 0

    async def takes_in(self, raw: bytes) -> None:
        answer = await self.desk.http.post(
            "/api/v1/channels/email/care/inbound/raw", content=raw, headers={"Authorization": f"Bearer {self.token}"}
        )
        assert answer.status_code == 200, answer.text
        await self.desk.settle()

    def news(self) -> list[Taken]:
        """What has left since this was asked last."""
        new = self.relay.taken[self.carried :]
        self.carried = len(self.relay.taken)
        return new

    async def events(self, conversation_id: str):
        return await self.desk.desk.services.database.read(latest, conversation_id, 200)

    async def conversations(self) -> list[str]:
        sql = "SELECT id FROM conversations ORDER BY number"
        rows = await self.desk.desk.services.database.read(lambda tx: tx.rows(sql))
        return [row["id"] for row in rows]


async def opened(stack: AsyncExitStack, folder: Path, clock: HandClock, name: str, **settings: object) -> Side:
    desk = await stack.enter_async_context(house(folder / name, f"sqlite:///{folder}/{name}.db", clock))
    relay = await stack.enter_async_context(ScriptedSmtp())
    address = f"care@{name}.example"

    async def add(tx: Tx) -> str:
        given = {"address": address, "inbound": "webhook", "smtp_host": "127.0.0.1", "smtp_port": relay.port}
        manifest = desk.desk.services.registry.get("email").manifest
        security = {"smtp_security": "none", **settings}
        stamp = Stamp(clock.now(), SYSTEM)
        return (await add_channel(tx, stamp, manifest, "Care", {**given, **security}, key="care"))[1]

    return Side(desk, relay, address, await desk.desk.services.database.write(add))


@pytest.fixture
async def sides(tmp_path: Path, clock: HandClock) -> AsyncIterator[tuple[Side, Side]]:
    async with AsyncExitStack() as stack:
        ours = await opened(stack, tmp_path, clock, "fennel-oak")
        yield ours, await opened(stack, tmp_path, clock, "pepper-pine")


async def exchanged(ours: Side, theirs: Side, clock: HandClock, *, signs: bool, rounds: int = 60) -> int:
    """Somebody writes to us in the name of the other desk; from then on the two are left to themselves."""
    await ours.takes_in(
        f"From: {theirs.address}\r\nTo: {ours.address}\r\nSubject: Are you people?\r\n"
        "Message-ID: <first@pepper-pine.example>\r\n\r\nAre you people?\r\n".encode()
    )
    for _ in range(rounds):
        for taker, sender in ((theirs, ours), (ours, theirs)):
            for mail in sender.news():
                assert mail.recipients[0].endswith(taker.address.partition("@")[2])
                await taker.takes_in(mail.raw if signs else unsigned(mail.raw))
        clock.go_on(7 * MINUTE)
        await ours.desk.settle()
        await theirs.desk.settle()
    return len(ours.relay.taken) + len(theirs.relay.taken)


def unsigned(raw: bytes) -> bytes:
    mail: Message = message_from_bytes(raw)
    for name in SIGNS:
        del mail[name]
    return mail.as_bytes()


async def test_two_desks_that_say_what_they_are_exchange_one_mail(sides, clock):
    ours, theirs = sides
    assert await exchanged(ours, theirs, clock, signs=True) == 1


async def test_two_desks_that_hide_what_they_are_stop_after_a_handful(sides, clock):
    ours, theirs = sides
    assert 2 <= await exchanged(ours, theirs, clock, signs=False) <= 6
    [ours_too] = await ours.conversations()
    types = [event.type for event in await ours.events(ours_too)]
    assert "HandoverRequested" in types or "NobodyAvailable" in types


async def test_a_chat_that_goes_on_by_mail_comes_back_through_the_mailbox(sides, clock):
    ours, _ = sides
    visitor = await ours.desk.visitor()
    await visitor.call("POST", "contact", json={"email": "dana@customers.example", "name": "Dana Evans"})
    taken = (await visitor.says("I want a person: my kettle leaks.")).json()
    await ours.desk.settle()
    await visitor.news()
    ada = await ours.desk.signed_in("ada")
    path = f"/api/v1/conversations/{taken['conversation_id']}/replies"
    await ada.post(path, json={"client_id": "r1", "text": "Which kettle is it?"})
    await ours.desk.settle()
    clock.go_on(3 * MINUTE)
    await ours.desk.settle()
    [mail] = ours.news()
    assert mail.recipients == ("dana@customers.example",)
    sent = message_from_bytes(mail.raw, policy=policy.default)
    body = sent.get_body(("plain",))
    assert body
    words = body.get_content()
    assert "> I want a person: my kettle leaks." in words
    assert words.index("kettle leaks") < words.index("Which kettle is it?")
    await ours.takes_in(
        f"From: Dana Evans <dana@customers.example>\r\nTo: {sent['Reply-To']}\r\nSubject: Re: {sent['Subject']}\r\n"
        f"Date: Tue, 29 Sep 2026 07:10:00 +0000\r\nIn-Reply-To: {sent['Message-ID']}\r\n"
        "Message-ID: <answer@customers.example>\r\n\r\nThe green one.\r\n".encode()
    )
    assert await ours.conversations() == [taken["conversation_id"]]
    heard = [e["data"]["message"]["text"] for e in await visitor.news() if e["type"] == "MessageReceived"]
    assert heard == ["The green one."]
    await ada.post(path, json={"client_id": "r2", "text": "A green one leaves today."})
    await ours.desk.settle()
    [answer] = [message_from_bytes(one.raw) for one in ours.news()]
    assert answer["In-Reply-To"] == "<answer@customers.example>"
    assert sent["Message-ID"] in answer["References"]
