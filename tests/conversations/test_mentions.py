"""Colleagues are called in notes; and who answers at the same time as another is told before it is sent."""

import pytest

from goodword.conversations import add_note, inbox, merge, read_by_agent, reply
from goodword.conversations.model import Draft
from goodword.platform.errors import BadInput, Conflict
from goodword.platform.events import SYSTEM, Stamp, latest
from goodword.staff import disable
from tests.conversations.conftest import by
from tests.conversations.doors import TILL, door, now
from tests.desks import house

pytestmark = pytest.mark.anyio


async def test_whoever_is_called_finds_it_until_he_has_read_it(database, clock, li, jun, dana_writes):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    note = await database.write(add_note, by(jun, clock), id, Draft("n1", "@Li do you know?"), [li.id, li.id])
    assert [one.name for one in note.message.mentions] == ["Li Na"]
    assert (await database.read(inbox.row, id, li.id)).mentioned == "new"
    await database.write(read_by_agent, by(li, clock), id, note.seq)
    assert (await database.read(inbox.row, id, li.id)).mentioned == "seen"
    fact = next(e for e in await database.read(latest, id, 5) if e.type == "NoteAdded").fact()
    assert [one.id for one in fact.message.mentions] == [li.id]


async def test_nobody_calls_himself_or_somebody_who_is_not_there(database, clock, li, jun, dana_writes):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    await database.write(add_note, by(li, clock), id, Draft("n1", "@Li remember"), [li.id])
    assert (await database.read(inbox.row, id, li.id)).mentioned is None
    with pytest.raises(BadInput, match="agent"):
        await database.write(add_note, by(li, clock), id, Draft("n2", "@nobody"), ["agt_nobody"])
    await database.write(disable, Stamp(clock.now(), SYSTEM), jun.id)
    with pytest.raises(BadInput, match="agent"):
        await database.write(add_note, by(li, clock), id, Draft("n3", "@Jun"), [jun.id])
    with pytest.raises(BadInput, match="too_many_mentions"):
        await database.write(add_note, by(li, clock), id, Draft("n4", "@all"), [f"agt_{one}" for one in range(21)])


async def test_an_answer_that_crosses_a_colleagues_is_held_back(database, clock, li, jun, dana_writes):
    received = await dana_writes("Where is my kettle?")
    id, seen = received.conversation.id, received.seq
    await database.write(reply, by(jun, clock), id, Draft("r1", "It comes tomorrow."), seen_seq=seen)
    with pytest.raises(Conflict, match="answered_meanwhile") as caught:
        await database.write(reply, by(li, clock), id, Draft("r2", "It is on its way."), seen_seq=seen)
    assert caught.value.facts["name"] == "Jun Park"
    sent = await database.write(reply, by(li, clock), id, Draft("r2", "It is on its way."))
    assert sent.fresh


async def test_ones_own_answers_and_the_customers_words_hold_nothing_back(database, clock, li, dana_writes):
    received = await dana_writes("Where is my kettle?")
    id, seen = received.conversation.id, received.seq
    await database.write(reply, by(li, clock), id, Draft("r1", "I am looking."), seen_seq=seen)
    await dana_writes("Thanks!")
    await database.write(reply, by(li, clock), id, Draft("r2", "It comes tomorrow."), seen_seq=seen)


async def test_an_answer_that_went_out_is_not_held_back_when_it_is_sent_again(database, clock, li, jun, dana_writes):
    received = await dana_writes("Where is my kettle?")
    id, seen = received.conversation.id, received.seq
    first = await database.write(reply, by(li, clock), id, Draft("r1", "I am looking."), seen_seq=seen)
    await database.write(reply, by(jun, clock), id, Draft("r1", "It comes tomorrow."))
    again = await database.write(reply, by(li, clock), id, Draft("r1", "I am looking."), seen_seq=seen)
    assert (again.seq, again.fresh) == (first.seq, False)


async def test_a_colleague_who_answered_what_was_merged_in_counts_too(database, clock, li, jun):
    chat, till = await door(database, clock), await door(database, clock, TILL)
    source, target = (await chat.writes("Kettle?")).conversation.id, (await till.writes("Kettle!")).conversation.id
    seen = (await now(database, target)).seq
    await database.write(reply, by(jun, clock), source, Draft("r1", "It comes tomorrow."))
    await database.write(merge, by(jun, clock), source, target)
    with pytest.raises(Conflict, match="answered_meanwhile"):
        await database.write(reply, by(li, clock), target, Draft("r2", "On its way."), seen_seq=seen)


async def test_at_the_desk_the_answer_comes_back_with_a_sentence(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        said = (await (await desk.visitor()).says("Where is my kettle?")).json()
        id = said["conversation_id"]
        li, jun = await desk.signed_in("li"), await desk.signed_in("jun")
        body = {"client_id": "r1", "text": "It comes tomorrow.", "seen_seq": said["seq"]}
        assert (await jun.post(f"/api/v1/conversations/{id}/replies", json=body)).status_code == 202
        held = await li.post(f"/api/v1/conversations/{id}/replies", json=body)
        assert held.status_code == 409
        assert "Jun Park" in held.json()["detail"]
        note = {"client_id": "n1", "text": "@Jun thanks", "mentions": [desk.agents["jun"].id]}
        written = await li.post(f"/api/v1/conversations/{id}/notes", json=note)
        assert [one["name"] for one in written.json()["message"]["mentions"]] == ["Jun Park"]
