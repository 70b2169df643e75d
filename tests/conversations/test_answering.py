"""Agents and the assistant answer, note, assign, put off and close."""

import pytest

from goodword.conversations import (
    Draft,
    Summary,
    add_note,
    assign,
    close,
    delivered,
    delivery_failed,
    give_back,
    read_by_agent,
    read_by_customer,
    reopen,
    reply,
    request_person,
    snooze,
    store,
    tag,
    take_over,
    tell_nobody_is_there,
    wait_in_queue,
    wake,
)
from goodword.platform.clock import HOUR
from goodword.platform.errors import BadInput, Forbidden, NotFound
from goodword.platform.events import SYSTEM, Actor, Stamp, latest
from tests.conversations.conftest import by

pytestmark = pytest.mark.anyio


async def facts(database, conversation_id, type_):
    return [e.fact() for e in await database.read(latest, conversation_id, 200) if e.type == type_]


@pytest.fixture
async def conversation(dana_writes):
    return (await dana_writes("Where is my kettle?")).conversation


async def test_an_agent_who_answers_takes_over_from_the_assistant(database, conversation, li, clock):
    answered = await database.write(reply, by(li, clock), conversation.id, Draft("r1", "Let me look."))
    now = answered.conversation
    assert (now.handler, now.assignee_id, now.status, now.unread, now.waiting_since) == (
        "agent",
        li.id,
        "waiting",
        0,
        None,
    )
    (assigned,) = await facts(database, conversation.id, "Assigned")
    assert (assigned.agent.name, assigned.reason) == ("Li Na", "taken")


async def test_the_same_reply_is_said_once(database, conversation, li, clock):
    first = await database.write(reply, by(li, clock), conversation.id, Draft("r1", "Let me look."))
    again = await database.write(reply, by(li, clock), conversation.id, Draft("r1", "Let me look."))
    assert again.message == first.message
    assert len(await facts(database, conversation.id, "ReplyQueued")) == 1


async def test_two_agents_may_use_the_same_client_id(database, conversation, li, jun, clock):
    await database.write(reply, by(li, clock), conversation.id, Draft("r1", "Let me look."))
    await database.write(reply, by(jun, clock), conversation.id, Draft("r1", "I know it."))
    assert len(await facts(database, conversation.id, "ReplyQueued")) == 2


async def test_a_note_changes_nothing_for_the_customer(database, conversation, li, clock):
    noted = await database.write(add_note, by(li, clock), conversation.id, Draft("n1", "Third time she asks."))
    assert noted.message.kind == "note"
    assert noted.conversation.waiting_since == conversation.waiting_since
    assert noted.conversation.assignee_id is None


async def test_an_analyst_may_look_and_not_answer(database, conversation, li, clock):
    analyst = Stamp(clock.now(), Actor("agent", "agt_x", "Analyst"), rights=frozenset({"conversations.read"}))
    for deed, *rest in (
        (reply, Draft("r1", "Hi")),
        (add_note, Draft("n1", "Hi")),
        (take_over,),
        (close,),
        (reopen,),
        (give_back,),
        (tag, ["vip"], []),
        (snooze, clock.now() + HOUR),
    ):
        with pytest.raises(Forbidden):
            await database.write(deed, analyst, conversation.id, *rest)
    assert len(await database.read(latest, conversation.id, 100)) == 2


async def test_a_conversation_is_assigned_released_and_given_back(database, conversation, li, jun, clock):
    assert (await database.write(assign, by(li, clock), conversation.id, agent_id=jun.id)).assignee_id == jun.id
    released = await database.write(assign, by(li, clock), conversation.id, agent_id=None)
    assert (released.assignee_id, released.handler) == (None, "queue")
    assert (await database.write(give_back, by(li, clock), conversation.id)).handler == "assistant"
    reasons = [one.reason for one in await facts(database, conversation.id, "Assigned")]
    assert reasons == ["assigned", "released"]


async def test_nobody_is_assigned_who_is_not_there(database, conversation, li, clock):
    with pytest.raises(BadInput):
        await database.write(assign, by(li, clock), conversation.id, agent_id="agt_nobody")


async def test_a_snoozed_conversation_wakes_at_its_time_and_not_before(database, conversation, li, clock):
    until = clock.now() + HOUR
    asleep = await database.write(snooze, by(li, clock), conversation.id, until)
    assert (asleep.status, asleep.snoozed_until) == ("snoozed", until)
    await database.write(wake, Stamp(until - 1, SYSTEM), conversation.id)
    assert (await database.read(store.get, conversation.id)).status == "snoozed"
    await database.write(wake, Stamp(until, SYSTEM), conversation.id)
    awake = await database.read(store.get, conversation.id)
    assert (awake.status, awake.snoozed_until) == ("open", None)


async def test_a_snoozed_conversation_wakes_when_the_customer_writes(database, conversation, dana_writes, li, clock):
    await database.write(snooze, by(li, clock), conversation.id, clock.now() + HOUR)
    assert (await dana_writes("Any news?")).conversation.status == "open"


async def test_nothing_is_put_off_into_the_past(database, conversation, li, clock):
    with pytest.raises(BadInput):
        await database.write(snooze, by(li, clock), conversation.id, clock.now() - 1)


async def test_closing_leaves_the_queue_and_reopening_is_work_again(database, conversation, li, clock):
    await database.write(wait_in_queue, Stamp(clock.now(), SYSTEM), conversation.id, 1, None)
    closed = await database.write(close, by(li, clock), conversation.id)
    assert (closed.status, closed.queued_at, closed.unread, closed.waiting_since) == ("closed", None, 0, None)
    assert (await database.write(reopen, by(li, clock), conversation.id)).status == "open"


async def test_a_person_is_requested_once(database, conversation, clock):
    stamp = Stamp(clock.now(), SYSTEM)
    await database.write(request_person, stamp, conversation.id, "asked", Summary())
    await database.write(wait_in_queue, stamp, conversation.id, 1, None)
    await database.write(request_person, stamp, conversation.id, "asked", Summary())
    assert len(await facts(database, conversation.id, "HandoverRequested")) == 1


async def test_when_nobody_is_there_the_conversation_keeps_its_place(database, conversation, li, clock):
    stamp = Stamp(clock.now(), SYSTEM)
    await database.write(request_person, stamp, conversation.id, "asked", Summary())
    await database.write(tell_nobody_is_there, stamp, conversation.id, None)
    waiting = await database.read(store.get, conversation.id)
    assert (waiting.handler, waiting.queued_at) == ("nobody", stamp.at)
    taken = await database.write(take_over, by(li, clock), conversation.id)
    assert (taken.handler, taken.queued_at) == ("agent", None)


async def test_read_marks_only_move_forward(database, conversation, dana_writes, li, clock):
    seq = conversation.seq
    await database.write(read_by_agent, by(li, clock), conversation.id, seq + 1_000)
    await database.write(read_by_agent, by(li, clock), conversation.id, 1)
    marked = await database.read(store.get, conversation.id)
    assert (marked.unread, marked.agent_read_seq) == (0, seq)
    customer = Stamp(clock.now(), Actor("customer", marked.customer_id, "Dana Evans"))
    await database.write(read_by_customer, customer, conversation.id, seq)
    await database.write(read_by_customer, customer, conversation.id, seq)
    assert len(await facts(database, conversation.id, "ReadByCustomer")) == 1


async def test_delivery_is_told_once_for_each_state(database, conversation, li, clock):
    answered = await database.write(reply, by(li, clock), conversation.id, Draft("r1", "Let me look."))
    stamp, id = Stamp(clock.now(), SYSTEM), answered.message.id
    await database.write(delivery_failed, stamp, id, "status_503", clock.now() + 1_000)
    await database.write(delivery_failed, stamp, id, "status_503", clock.now() + 2_000)
    await database.write(delivered, stamp, id, "x-1")
    await database.write(delivered, stamp, id, "x-1")
    assert len(await facts(database, conversation.id, "DeliveryFailed")) == 1
    assert [one.external_id for one in await facts(database, conversation.id, "Delivered")] == ["x-1"]


async def test_tags_are_put_on_once_and_taken_off(database, conversation, li, clock):
    await database.write(tag, by(li, clock), conversation.id, ["delivery", " delivery ", "送货"], [])
    await database.write(tag, by(li, clock), conversation.id, [], ["delivery"])
    assert await database.read(store.tags, conversation.id) == ["送货"]
    with pytest.raises(BadInput):
        await database.write(tag, by(li, clock), conversation.id, ["x" * 41], [])
    with pytest.raises(BadInput):
        await database.write(tag, by(li, clock), conversation.id, [f"t{n}" for n in range(31)], [])


async def test_there_is_no_answering_what_is_not_there(database, li, clock):
    with pytest.raises(NotFound):
        await database.write(reply, by(li, clock), "cnv_nothing", Draft("r1", "Hello?"))
