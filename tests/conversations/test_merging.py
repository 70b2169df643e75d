"""Two conversations of one customer become one, and two again, in any order, and nobody is forgotten."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodword.conversations import close, merge, read_by_agent, reopen, reply, snooze, store, tag, unmerge
from goodword.conversations.model import Draft
from goodword.conversations.standing import standing_of
from goodword.platform.clock import DAY, HOUR
from goodword.platform.errors import BadInput, Conflict
from goodword.platform.events import latest
from tests.conversations.conftest import by
from tests.conversations.doors import TILL, door, now, shown, types

pytestmark = pytest.mark.anyio


async def two(chat, till):
    """Dana asks in the chat, and again at the till."""
    asked, again = await chat.writes("Where is my kettle?"), await till.writes("My kettle has not come.", thread="t1")
    return asked.conversation.id, again.conversation.id


async def test_the_target_shows_both_in_the_order_in_which_they_were_said(database, clock, li, chat, till):
    source, target = await two(chat, till)
    await till.writes("It is the red one.", thread="t1")
    await database.write(merge, by(li, clock), source, target)
    assert await shown(database, target) == ["Where is my kettle?", "My kettle has not come.", "It is the red one."]
    assert (await now(database, source)).status == "closed"
    assert (await now(database, source)).merged_into == target
    joined = (await database.read(latest, target, 1))[0].fact()
    assert (joined.source.id, joined.messages) == (source, 1)


async def test_what_waited_in_the_source_waits_in_the_target(database, clock, li, chat, till):
    source, target = await two(chat, till)
    since = (await now(database, source)).waiting_since
    merged = await database.write(merge, by(li, clock), source, target)
    assert (merged.unread, merged.waiting_since) == (2, since)
    assert ((await now(database, source)).unread, (await now(database, source)).waiting_since) == (0, None)


async def test_the_event_says_how_the_line_stands_so_that_clients_need_not_ask(database, clock, li, chat, till):
    source, target = await two(chat, till)
    await database.write(merge, by(li, clock), source, target)
    event = next(e for e in await database.read(latest, target, 5) if e.type == "ConversationJoined")
    assert event.fact().standing == await database.read(standing_of, target)
    await database.write(unmerge, by(li, clock), source)
    left = (await database.read(latest, target, 1))[0]
    assert (left.type, left.fact().standing) == ("ConversationLeft", await database.read(standing_of, target))


async def test_undoing_it_makes_both_what_they_were(database, clock, li, chat, till):
    source, target = await two(chat, till)
    await database.write(snooze, by(li, clock), target, clock.now() + HOUR)
    before = [await now(database, id) for id in (source, target)]
    lines = [await database.read(standing_of, id) for id in (source, target)]
    await database.write(merge, by(li, clock), source, target)
    assert (await now(database, target)).status == "open"
    await database.write(unmerge, by(li, clock), source)
    after = [await now(database, id) for id in (source, target)]
    assert [await database.read(standing_of, id) for id in (source, target)] == lines
    assert after[0].status == before[0].status
    assert after[0].merged_into is None
    # Whoever put it off is told again: the time may be over by now.
    assert after[1].status == "open"


async def test_what_was_answered_meanwhile_waits_no_more_afterwards(database, clock, li, chat, till):
    source, target = await two(chat, till)
    await database.write(merge, by(li, clock), source, target)
    await database.write(reply, by(li, clock), target, Draft("r1", "It comes tomorrow."))
    alone = await database.write(unmerge, by(li, clock), source)
    assert (alone.unread, alone.waiting_since) == (0, None)
    assert (await now(database, target)).waiting_since is None


async def test_what_was_read_meanwhile_is_not_unread_afterwards(database, clock, li, chat, till):
    source, target = await two(chat, till)
    merged = await database.write(merge, by(li, clock), source, target)
    await database.write(read_by_agent, by(li, clock), target, merged.seq)
    alone = await database.write(unmerge, by(li, clock), source)
    assert (alone.unread, (await now(database, target)).unread) == (0, 0)
    assert alone.waiting_since is not None


async def test_of_three_in_a_chain_the_last_shows_all_and_any_may_leave(database, clock, li, chat, till):
    a, b = await two(chat, till)
    c = (await till.writes("And the lid is missing.", thread="t2")).conversation.id
    await database.write(merge, by(li, clock), a, b)
    await database.write(merge, by(li, clock), b, c)
    assert len(await shown(database, c)) == 3
    assert (await now(database, c)).unread == 3
    await database.write(unmerge, by(li, clock), a)
    assert await shown(database, c) == ["My kettle has not come.", "And the lid is missing."]
    assert (await now(database, c)).unread == 2
    assert (await now(database, a)).unread == 1
    await database.write(unmerge, by(li, clock), b)
    assert await shown(database, c) == ["And the lid is missing."]
    assert ((await now(database, b)).unread, (await now(database, c)).unread) == (1, 1)


async def test_it_refuses_itself_a_stranger_and_what_was_merged_already(database, clock, li, chat, till):
    source, target = await two(chat, till)
    gus = await door(database, clock, email="gus@post.example", name="Gus Brandt")
    other = (await gus.writes("The knife is blunt.")).conversation.id
    with pytest.raises(BadInput, match="merge_itself"):
        await database.write(merge, by(li, clock), source, source)
    with pytest.raises(BadInput, match="merge_customers_first"):
        await database.write(merge, by(li, clock), source, other)
    await database.write(merge, by(li, clock), source, target)
    with pytest.raises(Conflict, match="merged"):
        await database.write(merge, by(li, clock), source, target)
    with pytest.raises(Conflict, match="merged"):
        await database.write(merge, by(li, clock), target, source)
    with pytest.raises(Conflict, match="merged"):
        await database.write(reply, by(li, clock), source, Draft("r1", "Hello?"))
    with pytest.raises(Conflict, match="merged"):
        await database.write(reopen, by(li, clock), source)
    await database.write(unmerge, by(li, clock), source)
    with pytest.raises(Conflict, match="unmerged"):
        await database.write(unmerge, by(li, clock), source)


async def test_tags_go_along_and_those_it_brought_leave_again(database, clock, li, chat, till):
    source, target = await two(chat, till)
    await database.write(tag, by(li, clock), source, ["kettle", "late"], [])
    await database.write(tag, by(li, clock), target, ["late"], [])
    await database.write(merge, by(li, clock), source, target)
    assert await database.read(store.tags, target) == ["kettle", "late"]
    await database.write(unmerge, by(li, clock), source)
    assert await database.read(store.tags, target) == ["late"]
    assert await database.read(store.tags, source) == ["kettle", "late"]


async def test_open_work_opens_a_closed_target_and_brings_its_owner(database, clock, li, jun, chat, till):
    source, target = await two(chat, till)
    await database.write(close, by(jun, clock), target)
    await database.write(reply, by(li, clock), source, Draft("r1", "I am looking."))
    merged = await database.write(merge, by(jun, clock), source, target)
    assert (merged.status, merged.assignee_id) == ("open", li.id)


async def test_who_writes_on_through_another_door_gets_his_own_conversation_back(database, clock, li, chat, till):
    source, target = await two(chat, till)
    await database.write(merge, by(li, clock), source, target)
    received = await chat.writes("Hello?")
    assert received.conversation.id == source
    assert (received.conversation.status, received.conversation.merged_into) == ("open", None)
    assert "Hello?" not in await shown(database, target)
    assert (await now(database, target)).unread == 1


async def test_who_writes_on_through_the_same_door_goes_on_in_the_target(database, clock, li, chat):
    first = await chat.writes("Where is my kettle?")
    await database.write(close, by(li, clock), first.conversation.id)
    clock.go_on(15 * DAY)
    second = await chat.writes("It still has not come.")
    await database.write(merge, by(li, clock), second.conversation.id, first.conversation.id)
    third = await chat.writes("Hello?")
    assert third.conversation.id == first.conversation.id
    assert await shown(database, first.conversation.id) == ["Where is my kettle?", "It still has not come.", "Hello?"]


async def test_a_merged_conversation_leaves_the_queue_and_returns_to_a_person(database, clock, li, chat, till):
    from goodword.conversations import wait_in_queue

    source, target = await two(chat, till)
    await database.write(wait_in_queue, by(li, clock), source, 1, None)
    await database.write(merge, by(li, clock), source, target)
    assert (await now(database, source)).queued_at is None
    assert "LeftQueue" in await types(database, source)
    await database.write(unmerge, by(li, clock), source)
    assigned = [e for e in await database.read(latest, source, 10) if e.type == "Assigned"]
    assert assigned[-1].fact().agent is None


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 3)),
        st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("unmerge"), st.integers(0, 3)),
        st.tuples(st.just("reply"), st.integers(0, 3)),
        st.tuples(st.just("read"), st.integers(0, 3)),
        st.tuples(st.just("close"), st.integers(0, 3)),
    ),
    max_size=14,
)


async def _walk(database, clock, li, doors, ids, steps):
    said: dict[str, list[str]] = {id: [] for id in ids}
    for place, step in enumerate(steps):
        try:
            match step:
                case ("write", one):
                    received = await doors[one].writes(f"w{place}", thread=f"t{one}")
                    said.setdefault(received.conversation.id, []).append(f"w{place}")
                case ("merge", one, other):
                    await database.write(merge, by(li, clock), ids[one], ids[other])
                case ("unmerge", one):
                    await database.write(unmerge, by(li, clock), ids[one])
                case ("reply", one):
                    await database.write(reply, by(li, clock), ids[one], Draft(f"r{place}", f"r{place}"))
                    said[ids[one]].append(f"r{place}")
                case ("read", one):
                    await database.write(read_by_agent, by(li, clock), ids[one], 1 << 60)
                case ("close", one):
                    await database.write(close, by(li, clock), ids[one])
        except (BadInput, Conflict):
            continue
    return said


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_whatever_is_merged_and_parted_nothing_is_lost_doubled_or_forgotten(database, clock, li, steps):
    """Four conversations of one customer, two doors; afterwards everything is parted."""
    key = f"{clock.go_on(1_000)}@post.example"
    chat, till = await door(database, clock, email=key), await door(database, clock, TILL, email=key)
    doors = [chat, chat, till, till]
    first = [await one.writes(f"first{place}", thread=f"t{place}") for place, one in enumerate(doors)]
    ids = [one.conversation.id for one in first]
    said = await _walk(database, clock, li, doors, ids, steps)
    everything = sorted(text for texts in said.values() for text in texts) + [f"first{i}" for i in range(4)]

    roots = [id for id in ids if (await now(database, id)).merged_into is None]
    lines = [text for id in roots for text in await shown(database, id)]
    assert sorted(lines) == sorted(everything)

    unread = sum([(await now(database, id)).unread for id in ids])
    for id in ids:
        if (await now(database, id)).merged_into:
            await database.write(unmerge, by(li, clock), id)
    for place, id in enumerate(ids):
        stands = await now(database, id)
        assert set(await shown(database, id)) == {f"first{place}", *said[id]}
        assert stands.unread >= 0
        assert (await database.read(standing_of, id)).preview.text == (await shown(database, id))[-1]
        if stands.unread and stands.status != "closed":
            assert stands.waiting_since is not None or "r" in "".join(said[id])
    assert sum([(await now(database, id)).unread for id in ids]) == unread


async def test_many_who_merge_part_and_write_at_once_leave_everything_in_one_place(database, clock, li, chat, till):
    """Each may lose his race with a ``Conflict``; nothing may hang, be lost or be doubled."""
    source, target = await two(chat, till)
    third = (await till.writes("And the lid is missing.", thread="t2")).conversation.id
    pairs = [(source, target), (target, third), (third, source), (target, source), (source, third)]
    stamp = by(li, clock)
    deeds = [database.write(merge, stamp, *pair) for pair in pairs]
    deeds += [database.write(unmerge, stamp, id) for id in (source, target, third)]
    deeds += [chat.writes("Hello?"), till.writes("Hello??", thread="t1")]
    for outcome in await asyncio.wait_for(asyncio.gather(*deeds, return_exceptions=True), 20):
        assert not isinstance(outcome, Exception) or isinstance(outcome, Conflict | BadInput), repr(outcome)
    roots = [id for id in (source, target, third) if (await now(database, id)).merged_into is None]
    assert roots
    lines = [text for id in roots for text in await shown(database, id)]
    assert sorted(lines) == sorted(
        ["Where is my kettle?", "My kettle has not come.", "And the lid is missing.", "Hello?", "Hello??"]
    )
