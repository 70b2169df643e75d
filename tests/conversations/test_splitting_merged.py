"""What came in with a conversation that was merged is split off again: message by message, wherever it stands."""

import pytest

from goodword.conversations import Summary, merge, reply, request_person, split, unmerge, unsplit
from goodword.conversations.merges import get as brought
from goodword.conversations.model import Draft
from goodword.platform.errors import BadInput, Conflict
from goodword.platform.events import SYSTEM, Actor, Stamp, latest
from tests.conversations.conftest import by
from tests.conversations.doors import TILL, now, shown, types

pytestmark = pytest.mark.anyio


@pytest.fixture
async def joined(database, clock, li, chat, till):
    """A chat into which two things were merged that the same customer had said at the till: ids of all."""
    kettle = await chat.writes("Where is my kettle?")
    knife = await till.writes("May I return a knife?", thread="t1")
    lid = await till.writes("And a lid is missing.", thread="t1")
    await database.write(merge, by(li, clock), knife.conversation.id, kettle.conversation.id)
    return kettle.conversation.id, knife.conversation.id, [one.message.id for one in (kettle, knife, lid)]


async def test_a_message_that_came_with_a_merged_one_is_moved(database, clock, li, joined):
    id, source, (_, knife, _) = joined
    new = await database.write(split, by(li, clock), id, [knife])
    assert await shown(database, id) == ["Where is my kettle?", "And a lid is missing."]
    assert await shown(database, new.id) == ["May I return a knife?"]
    assert (new.channel.id, new.split_from, new.assignee_id) == (TILL.id, source, li.id)


async def test_each_keeps_its_part_of_what_waits_and_was_merged(database, clock, li, joined):
    id, source, (_, knife, _) = joined
    before = await now(database, id)
    new = await database.write(split, by(li, clock), id, [knife])
    old, left = await now(database, id), await database.read(brought, source)
    assert (before.unread, old.unread, new.unread, left.unread) == (3, 2, 1, 1)
    assert (old.waiting_since, left.waiting_since > new.waiting_since) == (before.waiting_since, True)
    alone = await database.write(unmerge, by(li, clock), source)
    assert (alone.unread, await shown(database, source)) == (1, ["And a lid is missing."])
    assert ((await now(database, id)).unread, (await now(database, id)).waiting_since) == (1, before.waiting_since)


async def test_with_the_last_that_waited_the_old_one_waits_no_more(database, clock, li, chat, till):
    kettle = await chat.writes("Where is my kettle?")
    await database.write(reply, by(li, clock), kettle.conversation.id, Draft("r1", "Tomorrow."))
    knife = await till.writes("May I return a knife?", thread="t1")
    await database.write(merge, by(li, clock), knife.conversation.id, kettle.conversation.id)
    lid = await chat.writes("And the lid?")
    new = await database.write(split, by(li, clock), kettle.conversation.id, [knife.message.id])
    old = await now(database, kettle.conversation.id)
    assert (old.waiting_since, new.waiting_since) == (lid.message.at, knife.message.at)
    last = await database.write(split, by(li, clock), kettle.conversation.id, [lid.message.id])
    old = await now(database, kettle.conversation.id)
    assert (old.waiting_since, old.unread, last.waiting_since) == (None, 0, lid.message.at)


async def test_who_waits_for_a_person_waits_on_though_a_message_is_moved(database, clock, li, chat):
    """Since he asked for one, which is later than what he wrote."""
    kettle = await chat.writes("Where is my kettle?", first="assistant")
    knife = await chat.writes("And may I return a knife?")
    assistant = Stamp(clock.go_on(1_000), Actor("assistant", "assistant", "Sage"))
    await database.write(reply, assistant, kettle.conversation.id, Draft("r1", "I will fetch somebody."))
    stamp = Stamp(clock.go_on(1_000), SYSTEM)
    before = await database.write(request_person, stamp, kettle.conversation.id, "asked", Summary())
    new = await database.write(split, by(li, clock), kettle.conversation.id, [knife.message.id])
    after = await now(database, kettle.conversation.id)
    assert (before.waiting_since, after.waiting_since, new.waiting_since) == (stamp.at, stamp.at, None)


async def test_messages_of_both_go_to_where_the_customer_wrote_last(database, clock, li, chat, joined):
    id, _, (kettle, knife, _) = joined
    new = await database.write(split, by(li, clock), id, [kettle, knife])
    assert await shown(database, new.id) == ["Where is my kettle?", "May I return a knife?"]
    assert await shown(database, id) == ["And a lid is missing."]
    assert new.channel.id == TILL.id
    assert (await types(database, new.id)).count("MessagesMovedHere") == 2
    (off,) = [e.fact() for e in await database.read(latest, id, 50) if e.type == "MessagesSplitOff"]
    assert (set(off.message_ids), off.standing.preview.text) == ({kettle, knife}, "And a lid is missing.")


async def test_undoing_it_puts_each_back_where_it_was(database, clock, li, joined):
    id, source, (kettle, knife, _) = joined
    before, part = await now(database, id), await database.read(brought, source)
    new = await database.write(split, by(li, clock), id, [kettle, knife])
    await database.write(unsplit, by(li, clock), id, new.id)
    assert await shown(database, id) == ["Where is my kettle?", "May I return a knife?", "And a lid is missing."]
    after, again = await now(database, id), await database.read(brought, source)
    assert (after.unread, after.waiting_since) == (before.unread, before.waiting_since)
    assert (again.unread, again.waiting_since) == (part.unread, part.waiting_since)
    await database.write(unmerge, by(li, clock), source)
    assert await shown(database, source) == ["May I return a knife?", "And a lid is missing."]
    assert await shown(database, id) == ["Where is my kettle?"]


async def test_where_the_source_stands_alone_again_the_messages_stay_with_the_new_one(database, clock, li, joined):
    id, source, (_, knife, _) = joined
    new = await database.write(split, by(li, clock), id, [knife])
    await database.write(unmerge, by(li, clock), source)
    with pytest.raises(Conflict):
        await database.write(unsplit, by(li, clock), id, new.id)
    await database.write(unsplit, by(li, clock), source, new.id)
    assert await shown(database, source) == ["May I return a knife?", "And a lid is missing."]
    assert await shown(database, id) == ["Where is my kettle?"]


async def test_what_lies_two_merges_deep_is_moved_too(database, clock, li, chat, till, joined):
    id, _, (kettle, knife, _) = joined
    top = await till.writes("A third thing.", thread="t2")
    await database.write(merge, by(li, clock), id, top.conversation.id)
    before = await now(database, top.conversation.id)
    new = await database.write(split, by(li, clock), top.conversation.id, [kettle, knife])
    root, middle = await now(database, top.conversation.id), await database.read(brought, id)
    assert (before.unread, root.unread, middle.unread, new.unread) == (4, 2, 1, 2)
    assert await shown(database, top.conversation.id) == ["And a lid is missing.", "A third thing."]
    await database.write(unsplit, by(li, clock), top.conversation.id, new.id)
    root, middle = await now(database, top.conversation.id), await database.read(brought, id)
    assert (root.unread, middle.unread, root.waiting_since) == (4, 3, before.waiting_since)


async def test_what_he_answers_goes_where_an_agent_spoke_to_him(database, clock, li, chat):
    first = await chat.writes("Where is my kettle?")
    other = await chat.writes("A knife is blunt.", thread="other")
    await database.write(merge, by(li, clock), other.conversation.id, first.conversation.id)
    new = await database.write(split, by(li, clock), first.conversation.id, [other.message.id])
    await database.write(reply, by(li, clock), new.id, Draft("r1", "Have you got the receipt?"))
    assert (await chat.writes("Yes, here.", thread="other")).conversation.id == new.id


async def test_not_everything_can_be_taken_out_of_it(database, clock, li, joined):
    id, _, messages = joined
    with pytest.raises(BadInput, match="split_all"):
        await database.write(split, by(li, clock), id, messages)
