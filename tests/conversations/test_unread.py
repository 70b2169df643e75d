"""What has been read can be made unread again: for everybody, and without the customer being told."""

import pytest

from goodword.conversations import (
    Draft,
    add_note,
    close,
    mark_spam,
    mark_unread,
    merge,
    merges,
    open_conversation,
    read_by_agent,
    reply,
    unmerge,
)
from goodword.conversations.visible import to_customer
from goodword.platform.errors import Conflict, Forbidden
from goodword.platform.events import SYSTEM, Stamp, latest
from tests.conversations.conftest import CHAT, by
from tests.conversations.doors import TILL, door, now, types
from tests.desks import house

pytestmark = pytest.mark.anyio
ALL = 1 << 62


async def read(database, id, li, clock, seq=ALL):
    await database.write(read_by_agent, by(li, clock), id, seq)


async def test_the_last_message_is_unread_again_until_somebody_reads_it(database, dana_writes, li, jun, clock):
    for words in ("Hello?", "Where is my kettle?"):
        id = (await dana_writes(words)).conversation.id
    await read(database, id, li, clock)
    assert (await now(database, id)).unread == 0
    await database.write(mark_unread, by(li, clock), id)
    conversation = await now(database, id)
    said = [event.seq for event in await database.read(latest, id, 200) if event.type == "MessageReceived"]
    assert conversation.unread == 1
    assert said[0] <= conversation.agent_read_seq < said[1]
    await read(database, id, jun, clock)
    assert (await now(database, id)).unread == 0
    assert (await types(database, id))[-3:] == ["ReadByAgent", "MarkedUnread", "ReadByAgent"]


async def test_also_after_an_answer_and_a_note(database, dana_writes, li, clock):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    await database.write(reply, by(li, clock), id, Draft("r1", "On its way"))
    await database.write(add_note, by(li, clock), id, Draft("n1", "I must look again tomorrow"))
    await database.write(mark_unread, by(li, clock), id)
    assert (await now(database, id)).unread == 1
    await dana_writes("And the lid?")
    assert (await now(database, id)).unread == 2


async def test_what_is_unread_stays_as_it_is(database, dana_writes, li, clock):
    for words in ("Hello?", "Where is my kettle?"):
        id = (await dana_writes(words)).conversation.id
    await database.write(mark_unread, by(li, clock), id)
    assert (await now(database, id)).unread == 2
    assert "MarkedUnread" not in await types(database, id)


async def test_the_customer_is_not_told(database, dana_writes, li, clock):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    await read(database, id, li, clock)
    await database.write(mark_unread, by(li, clock), id)
    event = (await database.read(latest, id, 1))[-1]
    assert event.type == "MarkedUnread"
    assert to_customer(event) is None


async def test_it_is_refused_where_there_is_nothing_to_read_or_nothing_to_do(database, dana, dana_writes, li, clock):
    customer, identity = dana
    opened = await database.write(
        open_conversation,
        Stamp(clock.now(), SYSTEM),
        channel=CHAT,
        customer=customer.ref,
        identity_id=identity.id,
        handler="agent",
        subject="We tried to reach you",
    )
    with pytest.raises(Conflict, match="nothing_received"):
        await database.write(mark_unread, by(li, clock), opened.id)
    id = (await dana_writes("Buy my pills")).conversation.id
    await database.write(mark_spam, by(li, clock), id)
    with pytest.raises(Conflict, match="spam"):
        await database.write(mark_unread, by(li, clock), id)
    with pytest.raises(Forbidden):
        await database.write(mark_unread, Stamp(clock.now(), by(li, clock).actor, rights=frozenset()), id)


async def test_what_is_closed_can_be_unread(database, dana_writes, li, clock):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    await database.write(close, by(li, clock), id)
    await database.write(mark_unread, by(li, clock), id)
    assert ((await now(database, id)).status, (await now(database, id)).unread) == ("closed", 1)


async def test_a_message_of_a_merged_conversation_goes_with_it_when_it_stands_alone(database, li, clock):
    chat, till = await door(database, clock), await door(database, clock, TILL)
    target = (await chat.writes("Where is my kettle?")).conversation.id
    source = (await till.writes("It is me again")).conversation.id
    await database.write(merge, by(li, clock), source, target)
    await read(database, target, li, clock)
    await database.write(mark_unread, by(li, clock), target)
    assert (await now(database, target)).unread == (await database.read(merges.get, source)).unread == 1
    with pytest.raises(Conflict, match="merged"):
        await database.write(mark_unread, by(li, clock), source)
    await database.write(unmerge, by(li, clock), source)
    assert ((await now(database, target)).unread, (await now(database, source)).unread) == (0, 1)


async def test_through_the_door_one_or_many(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        ids = [(await (await desk.visitor()).says("Where?")).json()["conversation_id"] for _ in range(3)]
        li = await desk.signed_in("li")
        for id in ids:
            seq = (await li.get(f"/api/v1/conversations/{id}")).json()["conversation"]["seq"]
            assert (await li.post(f"/api/v1/conversations/{id}/read", json={"seq": seq})).status_code == 204
        one = await li.post(f"/api/v1/conversations/{ids[0]}/unread")
        assert (one.status_code, one.json()["conversation"]["unread"]) == (200, 1)
        many = (await li.post("/api/v1/conversations/bulk", json={"ids": ids, "deed": {"name": "unread"}})).json()
        assert [row["unread"] for row in many["done"]] == [1, 1, 1]
        assert many["refused"] == []
