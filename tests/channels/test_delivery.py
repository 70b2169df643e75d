"""Replies by mail: to whom they go, and which a program must not send."""

import pytest

from goodword.channels.braking import BRAKES
from goodword.conversations import Draft, Party, reply
from goodword.conversations.events import Delivered, DeliveryFailed
from goodword.platform.clock import DAY, HOUR, MINUTE
from goodword.platform.db import Tx
from goodword.platform.errors import Rejected, Unreachable
from goodword.platform.events import Actor, Stamp
from tests.desks import House
from tests.mailboxes import CAMILLE, DANA, Mailbox, Relay, mailbox

pytestmark = pytest.mark.anyio
SAGE = Actor("assistant", "assistant", "Sage")


@pytest.fixture
async def care(desk: House) -> Mailbox:
    return await mailbox(desk, acknowledge=False)


@pytest.fixture
def relay(desk: House) -> Relay:
    return Relay(desk)


async def ada_says(care: Mailbox, conversation_id: str, text: str) -> str:
    ada = await care.desk.signed_in("ada")
    said = {"client_id": f"r{care.desk.clock.go_on(1_000)}", "text": text}
    answer = await ada.post(f"/api/v1/conversations/{conversation_id}/replies", json=said)
    answer.raise_for_status()
    await care.desk.settle()
    return str((await care.replies(conversation_id))[-1].id)


async def facts(care: Mailbox, conversation_id: str, kind):
    found = [event.fact() for event in await care.events(conversation_id)]
    return [fact for fact in found if isinstance(fact, kind)]


async def test_a_reply_goes_to_who_wrote_and_says_what_the_server_said(care, relay):
    id = (await care.hears("My kettle leaks.")).conversation.id
    message_id = await ada_says(care, id, "I am sorry. A new one leaves today.")
    [sent] = relay.sent
    assert (sent.recipient, sent.message.id, sent.subject) == (DANA.address, message_id, "Order FO-1042")
    assert sent.answers.sender == DANA
    assert (sent.agent.name, sent.company, sent.language) == ("Ada Silva", "Fennel & Oak", "en")
    [delivered] = await facts(care, id, Delivered)
    assert delivered.answer == "250 2.0.0 Ok: queued as 4F1A"


async def test_it_goes_where_the_customer_wants_to_be_answered(care, relay):
    id = (await care.hears("My kettle leaks.", reply_to=Party("office@evans.example"))).conversation.id
    await ada_says(care, id, "A new one leaves today.")
    assert relay.sent[0].recipient == "office@evans.example"


async def test_when_a_colleague_of_the_customer_wrote_last_he_is_answered_and_the_others_can_be_copied(care, relay):
    id = (await care.hears("Our kettle leaks.")).conversation.id
    copied = Party("purchasing@evans.example")
    await care.hears("I have it here on my desk.", CAMILLE, into=id, cc=(DANA, copied))
    await ada_says(care, id, "Please send a picture.")
    assert relay.sent[0].recipient == CAMILLE.address
    assert relay.sent[0].answers.cc == (DANA, copied)


async def test_who_is_out_of_office_is_not_written_to_in_place_of_who_asked(care, relay):
    id = (await care.hears("Our kettle leaks.")).conversation.id
    await care.hears("I am away until Monday.", CAMILLE, into=id, automatic="reply")
    await ada_says(care, id, "Please send a picture.")
    assert relay.sent[0].recipient == DANA.address


async def test_what_the_server_puts_off_is_sent_later_under_the_same_id(care, desk):
    relay = Relay(desk, Unreachable("away", detail="451 4.7.1 Greylisted"), "250 Ok")
    id = (await care.hears("My kettle leaks.")).conversation.id
    await ada_says(care, id, "A new one leaves today.")
    [failed] = await facts(care, id, DeliveryFailed)
    assert (failed.final, failed.detail) == (False, "451 4.7.1 Greylisted")
    desk.clock.go_on(HOUR)
    await desk.settle()
    assert len({one.message.id for one in relay.sent}) == 1
    assert len(relay.sent) == 2
    assert (await facts(care, id, Delivered))[0].answer == "250 Ok"


async def test_what_was_refused_is_sent_once_more_when_a_person_says_so(care, desk):
    relay = Relay(desk, Rejected("refused", detail="550 5.7.1 No"), "250 Ok")
    id = (await care.hears("My kettle leaks.")).conversation.id
    message_id = await ada_says(care, id, "A new one leaves today.")
    assert [fact.detail for fact in await facts(care, id, DeliveryFailed)] == ["550 5.7.1 No"]
    ada = await desk.signed_in("ada")
    answer = await ada.post(f"/api/v1/conversations/{id}/messages/{message_id}/resend")
    assert answer.is_success
    await desk.settle()
    assert [one.message.id for one in relay.sent] == [message_id, message_id]
    assert "Delivered" in await care.types(id)
    again = await ada.post(f"/api/v1/conversations/{id}/messages/{message_id}/resend")
    assert again.status_code == 409


async def test_who_left_no_address_can_not_be_answered_and_it_is_said_so(care, relay):
    id = (await care.hears("My kettle leaks.", Party("", "A voice"), identity="voice")).conversation.id
    await ada_says(care, id, "A new one leaves today.")
    [failed] = await facts(care, id, DeliveryFailed)
    assert (failed.reason, failed.final) == ("no_address", True)
    assert relay.sent == []


async def test_a_program_that_answers_a_machine_is_stopped_at_the_door(care, relay):
    id = (await care.hears("Your order has been shipped.", automatic="notice")).conversation.id
    await program_says(care, id, "Thank you for your message.")
    assert relay.sent == []
    assert [fact.reason for fact in await facts(care, id, DeliveryFailed)] == ["machine"]


async def test_a_program_that_goes_on_and_on_is_braked_and_a_person_is_asked_for(care, relay):
    id = (await care.hears("Ping", first="assistant")).conversation.id
    relay.sent.clear()
    for number in range(12):
        await program_says(care, id, f"Pong {number}")
    assert len(relay.sent) <= BRAKES[0][0]
    assert {fact.reason for fact in await facts(care, id, DeliveryFailed)} == {"braked"}
    assert "HandoverRequested" in await care.types(id)


async def test_a_reply_that_can_not_even_be_put_together_does_not_look_as_if_it_were_on_its_way(care, relay):
    id = (await care.hears("My kettle leaks.")).conversation.id
    database = care.desk.desk.services.database
    await database.write(lambda tx: tx.run("DELETE FROM customer_identities"))
    await ada_says(care, id, "A new one leaves today.")
    assert [(fact.reason, fact.final) for fact in await facts(care, id, DeliveryFailed)] == [("broken", True)]


async def test_people_are_never_braked(care, relay):
    id = (await care.hears("Ping")).conversation.id
    for number in range(12):
        await ada_says(care, id, f"Pong {number}")
    assert len(relay.sent) == 12


async def test_two_desks_that_answer_each_other_stop_after_a_handful_of_mails(care, relay):
    """The other side is a program that doesn't say so: each of our mails is answered at once, for three days."""
    id, answered = (await care.hears("Are you people?", first="assistant")).conversation.id, 0
    for _ in range(200):
        care.desk.clock.go_on(20 * MINUTE)
        if len(relay.sent) > answered:
            answered = len(relay.sent)
            await care.hears(f"We have received your message, ticket {answered}.", into=id, first="assistant")
    assert 1 <= len(relay.sent) <= 6
    row = await (await care.desk.signed_in("ada")).get(f"/api/v1/conversations/{id}")
    assert row.json()["conversation"]["handler"] in ("queue", "nobody")


async def test_one_that_begins_anew_each_time_gets_no_more_than_the_brakes_allow(desk, relay):
    care = await mailbox(desk)
    days, every = 3, 30 * MINUTE
    for number in range(days * DAY // every):
        desk.clock.go_on(every)
        await care.hears(f"Ticket {number} has been opened for your message.", first="assistant")
    assert len(relay.sent) <= (days + 1) * BRAKES[-1][0]


async def program_says(care: Mailbox, conversation_id: str, text: str) -> None:
    async def say(tx: Tx) -> None:
        stamp = Stamp(care.desk.clock.go_on(1_000), SAGE)
        await reply(tx, stamp, conversation_id, Draft(f"p{stamp.at}", text))

    await care.desk.desk.services.database.write(say)
    await care.desk.settle()
