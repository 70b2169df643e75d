"""A reply leaves the desk as a mail, once, or is honestly shown as not sent."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from goodword.channels.adapters.email.parsing import parse
from goodword.channels.adapters.email.tokens import our_message
from goodword.platform.clock import DAY, MINUTE
from goodword.rig.mail.smtp import END, TAKE_AND_DROP, ScriptedSmtp
from tests.channels.adapters.email.mailroom import MAILBOX, Mailroom, mail

pytestmark = pytest.mark.anyio


@pytest.fixture
async def relay(room: Mailroom) -> AsyncIterator[ScriptedSmtp]:
    """The mailbox sends through it."""
    async with ScriptedSmtp() as server:
        await change(room, outbound="smtp", smtp_host="127.0.0.1", smtp_port=server.port, smtp_security="none")
        yield server


async def change(room: Mailroom, **settings: Any) -> None:
    ada = await room.house.signed_in("ada")
    answer = await ada.patch(f"/api/v1/channels/{room.box.id}", json={"settings": settings})
    answer.raise_for_status()


async def asked(room: Mailroom, **more: Any) -> str:
    """Dana writes: her conversation."""
    return str((await room.takes(mail("The lid of my kettle is cracked.", **more))).conversation_id)


async def reply(room: Mailroom, conversation: str, text: str = "We send you a new one.") -> str:
    """Ada answers: the message's id."""
    ada = await room.house.signed_in("ada")
    said = await ada.post(f"/api/v1/conversations/{conversation}/replies", json={"client_id": text, "text": text})
    said.raise_for_status()
    return str((await room.facts(conversation, "ReplyQueued"))[-1]["message"]["id"])


async def fates(room: Mailroom, conversation: str, id: str) -> list[tuple[str, Any]]:
    """What became of a reply, as the time line tells it."""
    events = (await room.conversation(conversation))["events"]
    told = [event for event in events if event["data"].get("message_id") == id]
    return [(event["type"], event["data"].get("final", event["data"].get("answer"))) for event in told]


def mails(relay: ScriptedSmtp, room: Mailroom, id: str) -> list[bytes]:
    """The mails that the relay has of this message."""
    return [one.raw for one in relay.taken if our_message(room.secret, room.box.id, parse(one.raw).message_id) == id]


async def test_an_answer_leaves_as_one_mail_that_answers_hers(room: Mailroom, relay: ScriptedSmtp):
    conversation = await asked(room, id="first@customers.example")
    id = await reply(room, conversation)
    await room.house.settle()
    (raw,) = mails(relay, room, id)
    left = parse(raw)
    assert left.reply_text == "We send you a new one."
    assert "The lid of my kettle is cracked." in left.folded
    assert (left.sender.name, left.sender.address) == ("Ada Silva (Fennel & Oak)", MAILBOX)
    assert [one.address for one in left.to] == ["dana@customers.example"]
    assert left.in_reply_to == left.references[-1:] == ("first@customers.example",)
    assert left.subject.startswith("Re: My kettle [#")
    assert (await fates(room, conversation, id)) == [("Delivered", f"250 2.0.0 Queued as {len(relay.taken)}")]


async def test_her_answer_to_it_comes_back_into_the_same_conversation(room: Mailroom, relay: ScriptedSmtp):
    conversation = await asked(room)
    id = await reply(room, conversation)
    await room.house.settle()
    left = parse(mails(relay, room, id)[0])
    (back,) = left.reply_to
    for place, marks in enumerate(
        (
            {"in_reply_to": f"<{left.message_id}>", "subject": "x"},
            {"to": back.address, "subject": "y"},
            {"subject": left.subject},
        )
    ):
        arrival = await room.takes(mail(f"Thank you {place}", sender="Yuna <yuna@elsewhere.example>", **marks))
        assert arrival.conversation_id == conversation


async def test_the_next_answer_names_the_whole_thread(room: Mailroom, relay: ScriptedSmtp):
    conversation = await asked(room, id="first@customers.example")
    id = await reply(room, conversation)
    await room.house.settle()
    ours = parse(mails(relay, room, id)[0]).message_id
    await room.takes(mail("And when?", id="second@customers.example", in_reply_to=f"<{ours}>"))
    last = await reply(room, conversation, "Tomorrow.")
    await room.house.settle()
    left = parse(mails(relay, room, last)[0])
    assert left.in_reply_to == left.references[-1:] == ("second@customers.example",)
    assert {"first@customers.example", ours} < set(left.references)
    assert "And when?" in left.folded


async def test_greylisted_it_waits_and_leaves_later(room: Mailroom, relay: ScriptedSmtp):
    conversation = await asked(room)
    await room.house.settle()
    relay.will("RCPT", "451 4.7.1 Greylisted")
    id = await reply(room, conversation)
    await room.house.settle()
    (failure,) = [one for one in await room.facts(conversation, "DeliveryFailed") if one["message_id"] == id]
    assert failure["detail"] == "451 4.7.1 Greylisted"
    assert failure["retry_at"] == room.house.clock.now() + 5 * MINUTE
    room.house.clock.go_on(5 * MINUTE)
    await room.house.settle()
    assert len(mails(relay, room, id)) == 1
    assert [type for type, _ in await fates(room, conversation, id)] == ["DeliveryFailed", "Delivered"]


async def test_taken_without_a_word_it_leaves_again_as_the_very_same_mail(room: Mailroom, relay: ScriptedSmtp):
    conversation = await asked(room)
    await room.house.settle()
    relay.will(END, TAKE_AND_DROP)
    id = await reply(room, conversation)
    await room.house.settle()
    room.house.clock.go_on(MINUTE)
    await room.house.settle()
    first, again = mails(relay, room, id)
    assert first == again
    assert (await fates(room, conversation, id))[-1][0] == "Delivered"


async def test_refused_for_good_it_says_so_and_a_person_may_send_it_again(room: Mailroom, relay: ScriptedSmtp):
    conversation = await asked(room)
    await room.house.settle()
    relay.will("RCPT", "550 5.1.1 User unknown")
    id = await reply(room, conversation)
    await room.house.settle()
    room.house.clock.go_on(DAY)
    await room.house.settle()
    assert mails(relay, room, id) == []
    assert await fates(room, conversation, id) == [("DeliveryFailed", True)]
    ada = await room.house.signed_in("ada")
    (await ada.post(f"/api/v1/conversations/{conversation}/messages/{id}/resend")).raise_for_status()
    await room.house.settle()
    assert len(mails(relay, room, id)) == 1
    assert [type for type, _ in await fates(room, conversation, id)] == ["DeliveryFailed", "ReplyRequeued", "Delivered"]


async def test_a_relay_that_is_away_is_asked_for_five_days(room: Mailroom, relay: ScriptedSmtp):
    conversation = await asked(room)
    await room.house.settle()
    await change(room, smtp_port=9)
    id = await reply(room, conversation)
    await room.house.settle()
    for _ in range(4 * 6):
        room.house.clock.go_on(DAY // 6)
        await room.house.settle()
    assert not any(final for _, final in await fates(room, conversation, id))
    for _ in range(2 * 6):
        room.house.clock.go_on(DAY // 6)
        await room.house.settle()
    assert (await fates(room, conversation, id))[-1] == ("DeliveryFailed", True)


async def test_with_a_wrong_password_mails_wait_until_it_is_mended(room: Mailroom, relay: ScriptedSmtp):
    conversation = await asked(room)
    await room.house.settle()
    relay.users = {MAILBOX: "saffron"}
    await change(room, smtp_user=MAILBOX, smtp_password="pepper")
    id = await reply(room, conversation)
    await room.house.settle()
    ada = await room.house.signed_in("ada")
    health = (await ada.get(f"/api/v1/channels/{room.box.id}/health")).json()
    assert (health["out"]["reason"], health["deferred"]) == ("password", 1)
    await change(room, smtp_password="saffron")
    await room.house.settle()
    assert len(mails(relay, room, id)) == 1
    health = (await ada.get(f"/api/v1/channels/{room.box.id}/health")).json()
    assert (health["out"]["reason"], health["deferred"]) == ("", 0)


async def test_a_mailbox_that_sends_nothing_says_so_at_once(room: Mailroom):
    conversation = await asked(room)
    id = await reply(room, conversation)
    await room.house.settle()
    assert await fates(room, conversation, id) == [("DeliveryFailed", True)]
