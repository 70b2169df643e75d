"""Colleagues talk beside a conversation: only they see it, and whoever is called hears of it."""

import msgspec
import pytest

from goodword.conversations import close_side_thread, inbox, merge, say_aside, start_side_thread
from goodword.conversations.model import Draft
from goodword.conversations.visible import to_customer
from goodword.platform.errors import BadInput, Forbidden, NotFound
from goodword.platform.events import Actor, latest
from tests.conversations.conftest import by
from tests.conversations.doors import TILL, door, types

pytestmark = pytest.mark.anyio


async def begun(database, clock, li, jun, id, client_id="c1"):
    draft = Draft(client_id, "Do we still have the red one?")
    return await database.write(start_side_thread, by(li, clock), id, "  Stock\nof kettles ", [jun.id], draft)


async def test_it_has_a_title_members_and_a_first_message(database, clock, li, jun, dana_writes):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    thread = await begun(database, clock, li, jun, id)
    assert (thread.title, [one.name for one in thread.members]) == ("Stock of kettles", ["Jun Park"])
    started, said = [e.fact() for e in await database.read(latest, id, 2)]
    assert started.thread_id == said.thread_id == thread.id
    assert said.message.text == "Do we still have the red one?"


async def test_its_members_are_called_and_whoever_speaks_is_not(database, clock, li, jun, dana_writes):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    thread = await begun(database, clock, li, jun, id)
    assert (await database.read(inbox.row, id, jun.id)).mentioned == "new"
    assert (await database.read(inbox.row, id, li.id)).mentioned is None
    await database.write(say_aside, by(jun, clock), id, thread.id, Draft("c2", "Two of them."))
    assert (await database.read(inbox.row, id, li.id)).mentioned is None


async def test_the_customer_sees_nothing_of_it_and_his_line_in_the_list_stays(database, clock, li, jun, dana_writes):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    thread = await begun(database, clock, li, jun, id)
    await database.write(say_aside, by(jun, clock), id, thread.id, Draft("c2", "Two of them."))
    await database.write(close_side_thread, by(jun, clock), id, thread.id)
    aside = [e for e in await database.read(latest, id, 20) if e.type.startswith("SideThread")]
    assert len(aside) == 4
    assert not any(to_customer(event) for event in aside)
    assert (await database.read(inbox.row, id, li.id)).preview.text == "Where is my kettle?"


async def test_the_same_is_begun_and_said_once(database, clock, li, jun, dana_writes):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    first, again = await begun(database, clock, li, jun, id), await begun(database, clock, li, jun, id)
    assert first.id == again.id
    for _ in range(2):
        await database.write(say_aside, by(jun, clock), id, first.id, Draft("c2", "Two of them."))
    assert (await types(database, id)).count("SideThreadSaid") == 2


async def test_whoever_speaks_in_a_closed_one_opens_it(database, clock, li, jun, dana_writes):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    thread = await begun(database, clock, li, jun, id)
    for _ in range(2):
        await database.write(close_side_thread, by(li, clock), id, thread.id)
    assert (await types(database, id)).count("SideThreadClosed") == 1
    await database.write(say_aside, by(jun, clock), id, thread.id, Draft("c3", "One more thing."))
    await database.write(close_side_thread, by(li, clock), id, thread.id)
    assert (await types(database, id)).count("SideThreadClosed") == 2


async def test_it_can_be_gone_on_with_from_the_conversation_into_which_its_own_was_merged(database, clock, li, jun):
    chat, till = await door(database, clock), await door(database, clock, TILL)
    source, target = (await chat.writes("Kettle?")).conversation.id, (await till.writes("Kettle!")).conversation.id
    thread = await begun(database, clock, li, jun, source)
    await database.write(merge, by(li, clock), source, target)
    await database.write(say_aside, by(jun, clock), target, thread.id, Draft("c2", "Two of them."))
    assert (await types(database, source))[-1] == "SideThreadSaid"


async def test_it_refuses_strangers_emptiness_and_threads_of_elsewhere(database, clock, li, jun, dana_writes):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    with pytest.raises(BadInput, match="agent"):
        await database.write(start_side_thread, by(li, clock), id, "Stock", ["agt_nobody"], Draft("c1", "?"))
    with pytest.raises(BadInput, match="title"):
        await database.write(start_side_thread, by(li, clock), id, " ", [jun.id], Draft("c1", "?"))
    with pytest.raises(BadInput, match="text_empty"):
        await database.write(start_side_thread, by(li, clock), id, "Stock", [jun.id], Draft("c1", " "))
    thread = await begun(database, clock, li, jun, id)
    gus = await door(database, clock, email="gus@post.example", name="Gus Brandt")
    elsewhere = (await gus.writes("The knife is blunt.")).conversation.id
    with pytest.raises(NotFound):
        await database.write(say_aside, by(li, clock), elsewhere, thread.id, Draft("c4", "Hello?"))


async def test_whoever_was_called_may_speak_there_though_he_answers_no_customers(database, clock, li, jun, dana_writes):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    thread = await begun(database, clock, li, jun, id)
    reading = msgspec.structs.replace(by(jun, clock), rights=frozenset({"conversations.read"}))
    await database.write(say_aside, reading, id, thread.id, Draft("c2", "Two of them."))
    stranger = msgspec.structs.replace(reading, actor=Actor("agent", "agt_mei", "Mei-ling Chen"))
    with pytest.raises(Forbidden):
        await database.write(say_aside, stranger, id, thread.id, Draft("c3", "Three."))
