"""A customer wrote of two things at once: the other one becomes a conversation of its own, and he notices nothing."""

import pytest

from goodword.app import subscriptions
from goodword.conversations import merge, reply, split, unmerge, unsplit
from goodword.conversations.model import Draft
from goodword.conversations.standing import standing_of
from goodword.conversations.visible import to_customer
from goodword.platform.db import open_database
from goodword.platform.errors import BadInput, Conflict, NotFound
from goodword.platform.events import latest
from tests.conversations.conftest import by
from tests.conversations.doors import TILL, door, now, shown, types

pytestmark = pytest.mark.anyio


@pytest.fixture
async def chat(database, clock):
    return await door(database, clock)


@pytest.fixture
async def asked(chat):
    """Two things in one conversation: its id, and the ids of the messages."""
    first = await chat.writes("Where is my kettle?")
    second = await chat.writes("And may I return a knife?")
    third = await chat.writes("It is blunt.")
    return first.conversation.id, [one.message.id for one in (first, second, third)]


async def test_the_messages_are_shown_in_the_new_one_and_no_more_in_the_old(database, clock, li, asked):
    id, messages = asked
    new = await database.write(split, by(li, clock), id, messages[1:])
    assert await shown(database, id) == ["Where is my kettle?"]
    assert await shown(database, new.id) == ["And may I return a knife?", "It is blunt."]
    assert (new.assignee_id, new.handler, new.split_from) == (li.id, "agent", id)
    assert (await types(database, new.id))[:2] == ["ConversationOpened", "MessagesMovedHere"]


async def test_each_keeps_its_part_of_what_waits(database, clock, li, asked):
    id, messages = asked
    new = await database.write(split, by(li, clock), id, messages[1:])
    old = await now(database, id)
    assert (old.unread, new.unread) == (1, 2)
    assert old.waiting_since < new.waiting_since
    moved = next(e for e in await database.read(latest, new.id, 10) if e.type == "MessagesMovedHere").fact()
    assert [one.id for one in moved.messages] == messages[1:]
    assert moved.standing.preview.text == "It is blunt."
    off = (await database.read(latest, id, 1))[0].fact()
    assert off.standing == await database.read(standing_of, id)


async def test_what_was_answered_before_it_was_split_off_waits_nowhere(database, clock, li, chat, asked):
    id, messages = asked
    await database.write(reply, by(li, clock), id, Draft("r1", "It comes tomorrow; and of course you may."))
    await chat.writes("Thanks! And the lid?")
    new = await database.write(split, by(li, clock), id, messages[1:])
    old = await now(database, id)
    assert (new.unread, new.waiting_since) == (0, None)
    assert old.unread == 1
    assert old.waiting_since is not None


async def test_the_customer_sees_nothing_vanish_and_nothing_twice(database, clock, li, asked):
    id, messages = asked
    new = await database.write(split, by(li, clock), id, messages[1:])
    told = [e for stream in (id, new.id) for e in await database.read(latest, stream, 100) if to_customer(e)]
    assert [e.type for e in told].count("MessageReceived") == 3
    assert not {"MessagesMovedHere", "MessagesSplitOff", "ConversationOpened"} & {
        e.type for e in told if e.stream == new.id
    }


async def test_moved_messages_set_nothing_off_again(database_url, database, clock, li, asked):
    id, messages = asked
    reacting = await open_database(database_url, subscriptions())
    await reacting.write(split, by(li, clock), id, messages[1:])

    async def kinds(tx):
        return {row["kind"] for row in await tx.rows("SELECT kind FROM jobs")}

    assert "understanding.understand_message" not in await reacting.read(kinds)
    await reacting.close()


async def test_he_goes_on_in_the_old_one_until_an_agent_speaks_in_the_new(database, clock, li, chat, asked):
    id, messages = asked
    new = await database.write(split, by(li, clock), id, messages[1:])
    assert (await chat.writes("Hello?")).conversation.id == id
    await database.write(reply, by(li, clock), new.id, Draft("r1", "Have you got the receipt?"))
    assert (await chat.writes("Yes, here.")).conversation.id == new.id
    await database.write(reply, by(li, clock), id, Draft("r2", "Your kettle comes tomorrow."))
    assert (await chat.writes("Good.")).conversation.id == id


async def test_a_channel_with_threads_answers_in_the_thread_of_the_new_one(database, clock, li):
    till = await door(database, clock, TILL)
    first = await till.writes("Where is my kettle?", thread="t1")
    second = await till.writes("And a knife is blunt.", thread="t1")
    new = await database.write(split, by(li, clock), first.conversation.id, [second.message.id])
    assert new.thread not in ("", "t1")
    assert (await till.writes("Here is a picture.", thread=new.thread)).conversation.id == new.id
    assert (await till.writes("And the kettle?", thread="t1")).conversation.id == first.conversation.id


async def test_undoing_it_brings_everything_back_once(database, clock, li, chat, asked):
    id, messages = asked
    before = await now(database, id)
    new = await database.write(split, by(li, clock), id, messages[1:])
    await database.write(unsplit, by(li, clock), id, new.id)
    texts = ["Where is my kettle?", "And may I return a knife?", "It is blunt."]
    assert await shown(database, id) == texts
    after = await now(database, id)
    assert (after.unread, after.waiting_since, after.status) == (before.unread, before.waiting_since, before.status)
    assert (await now(database, new.id)).merged_into == id
    with pytest.raises(Conflict):
        await database.write(unsplit, by(li, clock), id, new.id)


async def test_what_was_said_in_the_new_one_meanwhile_comes_along(database, clock, li, chat, asked):
    id, messages = asked
    new = await database.write(split, by(li, clock), id, messages[1:])
    await database.write(reply, by(li, clock), new.id, Draft("r1", "Have you got the receipt?"))
    await chat.writes("Yes, here.")
    await database.write(unsplit, by(li, clock), id, new.id)
    assert await shown(database, id) == [
        "Where is my kettle?",
        "And may I return a knife?",
        "It is blunt.",
        "Have you got the receipt?",
        "Yes, here.",
    ]
    assert (await chat.writes("And?")).conversation.id == id


async def test_merging_the_two_by_hand_shows_each_message_once(database, clock, li, asked):
    id, messages = asked
    new = await database.write(split, by(li, clock), id, messages[1:])
    await database.write(merge, by(li, clock), new.id, id)
    assert await shown(database, id) == ["Where is my kettle?", "And may I return a knife?", "It is blunt."]
    await database.write(unmerge, by(li, clock), new.id)
    assert await shown(database, id) == ["Where is my kettle?"]


async def test_a_split_of_a_split_and_its_undoing(database, clock, li, asked):
    id, messages = asked
    second = await database.write(split, by(li, clock), id, messages[1:])
    third = await database.write(split, by(li, clock), second.id, messages[2:])
    assert [await shown(database, one) for one in (second.id, third.id)] == [
        ["And may I return a knife?"],
        ["It is blunt."],
    ]
    await database.write(unsplit, by(li, clock), second.id, third.id)
    await database.write(unsplit, by(li, clock), id, second.id)
    assert await shown(database, id) == ["Where is my kettle?", "And may I return a knife?", "It is blunt."]


async def test_it_refuses_nothing_everything_and_what_is_elsewhere(database, clock, li, chat, asked):
    id, messages = asked
    with pytest.raises(BadInput, match="split_nothing"):
        await database.write(split, by(li, clock), id, [])
    with pytest.raises(BadInput, match="split_all"):
        await database.write(split, by(li, clock), id, messages)
    with pytest.raises(NotFound):
        await database.write(split, by(li, clock), id, ["msg_nowhere"])
    new = await database.write(split, by(li, clock), id, messages[1:])
    with pytest.raises(NotFound):
        await database.write(split, by(li, clock), id, [messages[1]])
    with pytest.raises(Conflict):
        await database.write(unsplit, by(li, clock), new.id, id)
