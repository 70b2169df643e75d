"""A customer's message comes in: once, to the right place, with everything that follows from it."""

import asyncio

import pytest

from goodword.conversations import Draft, close, receive, store
from goodword.platform.clock import DAY
from goodword.platform.errors import BadInput
from goodword.platform.events import Actor, Stamp, latest
from tests.conversations.conftest import CHAT, by

pytestmark = pytest.mark.anyio


async def types(database, conversation_id):
    return [event.type for event in await database.read(latest, conversation_id, 100)]


async def test_the_first_message_opens_a_conversation_that_the_assistant_handles(database, dana_writes):
    received = await dana_writes("Where is my kettle?")
    conversation = received.conversation
    assert (conversation.status, conversation.handler, conversation.unread) == ("open", "assistant", 1)
    assert conversation.waiting_since == received.message.at
    assert await types(database, conversation.id) == ["ConversationOpened", "MessageReceived"]


async def test_the_next_message_goes_on_in_the_same_conversation(database, dana_writes):
    first, second = await dana_writes("Where is my kettle?"), await dana_writes("It is the red one.")
    assert second.conversation.id == first.conversation.id
    assert second.conversation.unread == 2
    assert second.conversation.waiting_since == first.message.at
    assert first.opened
    assert not second.opened


async def test_the_same_message_comes_twice_and_is_taken_in_once(database, dana_writes):
    first, again = await dana_writes("Hello", key="k1"), await dana_writes("Hello", key="k1")
    assert first.fresh
    assert not again.fresh
    assert (again.message, again.seq) == (first.message, first.seq)
    assert (await types(database, first.conversation.id)).count("MessageReceived") == 1


async def test_the_same_message_twenty_times_at_once_is_taken_in_once(database, dana, clock):
    customer, identity = dana
    stamp = Stamp(clock.now(), Actor("customer", customer.id, customer.name))
    many = [
        database.write(
            receive,
            stamp,
            Draft("k1", "Hello"),
            channel=CHAT,
            customer=customer.ref,
            identity_id=identity.id,
            first="assistant",
        )
        for _ in range(20)
    ]
    received = await asyncio.gather(*many)
    assert len({one.conversation.id for one in received}) == 1
    assert [one.fresh for one in received].count(True) == 1


async def test_a_closed_conversation_reopens_when_the_customer_writes(database, dana_writes, li, clock):
    received = await dana_writes("Where is my kettle?")
    await database.write(close, by(li, clock), received.conversation.id)
    again = await dana_writes("It still has not come.")
    assert again.conversation.id == received.conversation.id
    assert again.conversation.status == "open"
    assert (await types(database, again.conversation.id))[-1] == "StatusChanged"


async def test_after_two_weeks_a_new_conversation_begins(database, dana_writes, li, clock):
    received = await dana_writes("Where is my kettle?")
    await database.write(close, by(li, clock), received.conversation.id)
    clock.go_on(15 * DAY)
    later = await dana_writes("Another question")
    assert later.conversation.id != received.conversation.id
    assert later.conversation.number == received.conversation.number + 1


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "x" * 20_001])
async def test_what_says_nothing_or_far_too_much_is_refused_and_leaves_no_trace(database, dana_writes, dana, text):
    with pytest.raises(BadInput):
        await dana_writes(text)
    assert await database.read(store.of_customer, dana[0].id) == []
