"""A chat goes on by mail when its visitor has left, and comes back to the chat when he does."""

import pytest

from goodword.channels.events import CarriedOn
from goodword.conversations.events import Delivered
from goodword.customers import identify
from goodword.platform.clock import MINUTE, SECOND
from goodword.platform.errors import Rejected, Unreachable
from goodword.platform.events import SYSTEM, Stamp
from tests.desks import House, Visitor
from tests.mailboxes import DANA, Mailbox, Relay, mailbox

pytestmark = pytest.mark.anyio


@pytest.fixture
async def care(desk: House) -> Mailbox:
    return await mailbox(desk)


@pytest.fixture
def relay(desk: House) -> Relay:
    return Relay(desk)


class Chat:
    """Dana's chat, in which Ada answers."""

    def __init__(self, desk: House, visitor: Visitor, id: str) -> None:
        self.desk, self.visitor, self.id = desk, visitor, id

    async def ada_says(self, text: str) -> None:
        ada = await self.desk.signed_in("ada")
        said = {"client_id": f"r{self.desk.clock.go_on(1_000)}", "text": text}
        answer = await ada.post(f"/api/v1/conversations/{self.id}/replies", json=said)
        answer.raise_for_status()
        await self.desk.settle()

    async def after(self, ms: int) -> None:
        self.desk.clock.go_on(ms)
        await self.desk.settle()

    async def facts(self, kind):
        care = Mailbox(self.desk, self.desk.chat)
        found = [event.fact() for event in await care.events(self.id)]
        return [fact for fact in found if isinstance(fact, kind)]


async def chatting(desk: House, email: str = DANA.address) -> Chat:
    visitor = await desk.visitor()
    if email:
        await visitor.call("POST", "contact", json={"email": email, "name": DANA.name})
    taken = (await visitor.says("I want a person: my kettle leaks.")).json()
    await desk.settle()
    await visitor.news()
    return Chat(desk, visitor, taken["conversation_id"])


async def test_what_was_not_fetched_in_two_minutes_goes_out_as_one_mail(desk, care, relay):
    chat = await chatting(desk)
    await chat.ada_says("I am sorry to hear that.")
    await chat.ada_says("A new one leaves today.")
    await chat.after(MINUTE)
    assert relay.sent == []
    await chat.after(2 * MINUTE)
    [mail] = relay.sent
    assert mail.recipient == DANA.address
    assert mail.channel.id == care.channel.id
    assert mail.conversation_id == chat.id
    assert mail.subject == "Your chat with Fennel & Oak"
    quoted, first, second = (
        mail.message.text.index(words)
        for words in ("> I want a person: my kettle leaks.", "I am sorry to hear that.", "A new one leaves today.")
    )
    assert quoted < first < second
    delivered = await chat.facts(Delivered)
    assert [fact.answer for fact in delivered[-2:]] == ["250 2.0.0 Ok: queued as 4F1A"] * 2
    [carried] = await chat.facts(CarriedOn)
    assert (carried.recipient, len(carried.message_ids)) == (DANA.address, 2)


async def test_whoever_is_there_gets_no_mail(desk, care, relay):
    chat = await chatting(desk)
    await chat.ada_says("A new one leaves today.")
    assert "A new one leaves today." in await chat.visitor.hears()
    await chat.after(10 * MINUTE)
    assert relay.sent == []


async def test_who_comes_back_finds_in_the_chat_what_he_got_by_mail_and_gets_no_second_mail(desk, care, relay):
    chat = await chatting(desk)
    await chat.ada_says("A new one leaves today.")
    await chat.after(3 * MINUTE)
    assert "A new one leaves today." in await chat.visitor.hears()
    await chat.after(10 * MINUTE)
    assert len(relay.sent) == 1


async def test_of_whom_no_address_is_known_nothing_can_follow(desk, care, relay):
    chat = await chatting(desk, email="")
    await chat.ada_says("A new one leaves today.")
    await chat.after(10 * MINUTE)
    assert relay.sent == []
    assert "A new one leaves today." in await chat.visitor.hears()


async def test_a_desk_may_leave_its_chats_where_they_are(desk, relay):
    await mailbox(desk, continues_chats=False)
    chat = await chatting(desk)
    await chat.ada_says("A new one leaves today.")
    await chat.after(10 * MINUTE)
    assert relay.sent == []


async def test_what_the_assistant_said_to_who_left_is_not_carried_after_him(desk, care, relay):
    visitor = await desk.visitor()
    await visitor.call("POST", "contact", json={"email": DANA.address, "name": DANA.name})
    await visitor.says("Hello")
    await desk.settle()
    desk.clock.go_on(10 * MINUTE)
    await desk.settle()
    assert relay.sent == []


async def test_his_answer_by_mail_stands_in_the_chat_and_is_answered_by_mail_at_once(desk, care, relay):
    chat = await chatting(desk)
    await chat.ada_says("Which kettle is it?")
    await chat.after(3 * MINUTE)
    await care.hears("The green one.", into=chat.id, first="queue")
    relay.sent.clear()
    await chat.ada_says("A green one leaves today.")
    [mail] = relay.sent
    assert mail.message.text == "A green one leaves today."
    assert mail.answers.sender == DANA
    heard = [e["data"]["message"]["text"] for e in await chat.visitor.news() if e["type"] == "MessageReceived"]
    assert heard[-1] == "The green one."


async def test_a_machines_answer_to_the_mail_changes_nothing(desk, care, relay):
    chat = await chatting(desk)
    await chat.ada_says("Which kettle is it?")
    await chat.after(3 * MINUTE)
    await care.hears("I am away until Monday.", into=chat.id, automatic="reply")
    relay.sent.clear()
    await chat.ada_says("Never mind.")
    assert relay.sent == []
    await chat.after(3 * MINUTE)
    assert len(relay.sent) == 1


async def test_who_chats_again_is_answered_in_the_chat_again(desk, care, relay):
    chat = await chatting(desk)
    await chat.ada_says("Which kettle is it?")
    await chat.after(3 * MINUTE)
    await care.hears("The green one.", into=chat.id)
    await chat.visitor.says("I am here again.")
    relay.sent.clear()
    await chat.ada_says("Welcome back.")
    await chat.after(30 * SECOND)
    assert relay.sent == []
    assert "Welcome back." in await chat.visitor.hears()


async def test_a_mail_that_has_to_be_sent_again_is_the_same_mail(desk, care):
    relay = Relay(desk, Unreachable("away", detail="451 4.3.0 Try later"), "250 Ok")
    chat = await chatting(desk)
    await chat.ada_says("A new one leaves today.")
    await chat.after(3 * MINUTE)
    await chat.ada_says("It is on its way.")
    await chat.after(10 * MINUTE)
    first, *others = [mail.message.id for mail in relay.sent]
    assert others.count(first) == 1
    same = [mail.message.text for mail in relay.sent if mail.message.id == first]
    assert same[0] == same[1]
    assert sum("It is on its way." in text for text in relay.texts) == 1


async def test_what_could_not_be_mailed_is_there_when_he_comes_back(desk, care):
    Relay(desk, Rejected("refused", detail="550 No such user"))
    chat = await chatting(desk)
    await chat.ada_says("A new one leaves today.")
    await chat.after(3 * MINUTE)
    row = (await chat.facts(Delivered), await chat.facts(CarriedOn))
    assert row == ([fact for fact in row[0] if not fact.answer], [])
    assert "A new one leaves today." in await chat.visitor.hears()
    assert "DeliveryFailed" in await Mailbox(desk, desk.chat).types(chat.id)


async def test_what_failed_is_mailed_once_more_when_a_person_says_so(desk, care):
    relay = Relay(desk, Rejected("refused", detail="550 No such user"), "250 Ok")
    chat = await chatting(desk)
    await chat.ada_says("A new one leaves today.")
    await chat.after(3 * MINUTE)
    message_id = relay.sent[0].message.id
    ada = await desk.signed_in("ada")
    assert (await ada.post(f"/api/v1/conversations/{chat.id}/messages/{message_id}/resend")).is_success
    await desk.settle()
    assert [mail.message.id for mail in relay.sent] == [message_id, message_id]
    assert [fact.answer for fact in await chat.facts(Delivered)][-1] == "250 Ok"


async def test_the_address_that_another_record_has_is_not_his(desk, care, relay):
    """Only what came with the visitor's own identity is written to."""

    async def met_elsewhere(tx):
        await identify(tx, Stamp(desk.clock.now(), SYSTEM), kind="email", value=DANA.address, name=DANA.name)

    await desk.desk.services.database.write(met_elsewhere)
    chat = await chatting(desk, email="")
    await chat.ada_says("A new one leaves today.")
    await chat.after(10 * MINUTE)
    assert relay.sent == []
