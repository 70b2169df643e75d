"""A reply that did not get through is seen in the list until somebody does something about it."""

import pytest

from goodword.conversations import Draft, bounced, close, delivered, delivery_failed, inbox, reply, resend, store
from goodword.platform.events import SYSTEM, Actor, Stamp
from tests.conversations.conftest import by

pytestmark = pytest.mark.anyio


async def mark(database, conversation_id):
    return (await database.read(inbox.row, conversation_id)).undelivered


async def answered(database, clock, li, conversation_id, key="a1"):
    return (await database.write(reply, by(li, clock), conversation_id, Draft(key, "Tomorrow."))).message.id


async def returns(database, clock, message_id):
    stamp = Stamp(clock.go_on(1_000), SYSTEM)
    gone = {"recipient": "dana@customers.example", "status": "5.1.1", "action": "failed"}
    await database.write(lambda tx: bounced(tx, stamp, message_id, **gone))


async def test_one_that_is_tried_again_is_not_lost_yet(database, clock, dana_writes, li):
    conversation = (await dana_writes("Where is it?")).conversation.id
    message = await answered(database, clock, li, conversation)
    stamp = Stamp(clock.go_on(1_000), SYSTEM)
    await database.write(delivery_failed, stamp, message, "timeout", clock.now() + 60_000)
    assert await mark(database, conversation) is None
    await database.write(delivery_failed, stamp, message, "timeout", None)
    assert await mark(database, conversation) == message


async def test_sending_it_again_takes_the_mark_away_and_another_failure_brings_it_back(
    database, clock, dana_writes, li
):
    conversation = (await dana_writes("Where is it?")).conversation.id
    message = await answered(database, clock, li, conversation)
    await returns(database, clock, message)
    assert await mark(database, conversation) == message
    await database.write(resend, by(li, clock), conversation, message)
    assert await mark(database, conversation) is None
    await returns(database, clock, message)
    assert await mark(database, conversation) == message


async def test_another_reply_of_an_agent_takes_the_mark_away(database, clock, dana_writes, li):
    conversation = (await dana_writes("Where is it?")).conversation.id
    await returns(database, clock, await answered(database, clock, li, conversation))
    await answered(database, clock, li, conversation, "a2")
    assert await mark(database, conversation) is None


async def test_that_another_one_arrived_says_nothing_of_the_lost_one(database, clock, dana_writes, li):
    conversation = (await dana_writes("Where is it?")).conversation.id
    first, second = [await answered(database, clock, li, conversation, key) for key in ("a1", "a2")]
    await returns(database, clock, first)
    await database.write(delivered, Stamp(clock.go_on(1_000), SYSTEM), second)
    assert await mark(database, conversation) == first
    await database.write(delivered, Stamp(clock.go_on(1_000), SYSTEM), first)
    assert await mark(database, conversation) is None


async def test_what_an_agent_had_closed_is_work_again(database, clock, dana_writes, li):
    conversation = (await dana_writes("Where is it?")).conversation.id
    message = await answered(database, clock, li, conversation)
    await database.write(close, by(li, clock), conversation)
    await returns(database, clock, message)
    row = await database.read(inbox.row, conversation)
    assert (row.status, row.assignee.name) == ("open", "Li Na")
    await database.write(resend, by(li, clock), conversation, message)
    assert (await database.read(inbox.row, conversation)).status == "waiting"


async def test_what_a_program_said_in_vain_makes_no_work(database, clock, dana_writes):
    conversation = (await dana_writes("Where is it?")).conversation.id
    stamp = Stamp(clock.go_on(1_000), Actor("assistant", None, "Sage"))
    message = (await database.write(reply, stamp, conversation, Draft("p1", "Here is the answer."))).message.id
    await returns(database, clock, message)
    row = await database.read(inbox.row, conversation)
    assert (row.status, row.undelivered) == ("waiting", message)


@pytest.mark.parametrize(("reason", "handler"), [("no_relay", "queue"), ("braked", "queue"), ("machine", "assistant")])
async def test_whom_the_assistant_could_not_answer_waits_for_a_person(database, clock, dana_writes, reason, handler):
    conversation = (await dana_writes("Where is it?")).conversation.id
    sage = Stamp(clock.go_on(1_000), Actor("assistant", "assistant", "Sage"))
    answer = await database.write(reply, sage, conversation, Draft("a1", "On its way."))
    await database.write(delivery_failed, Stamp(clock.go_on(1_000), SYSTEM), answer.message.id, reason, None)
    stands = await database.read(store.get, conversation)
    assert stands.handler == handler
    assert (stands.waiting_since is not None) == (handler == "queue")
