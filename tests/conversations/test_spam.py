"""Rubbish is kept and wakes nobody; whoever sends it isn't told, and may be let in again."""

import pytest

from goodword.conversations import (
    add_note,
    inbox,
    mark_spam,
    move_up,
    reply,
    request_person,
    store,
    unmark_spam,
    wait_in_queue,
)
from goodword.conversations.filter import Filter
from goodword.conversations.model import Draft, Summary
from goodword.conversations.standing import standing_of
from goodword.conversations.visible import to_customer
from goodword.customers import block, get_customer, is_blocked, merge, unblock
from goodword.platform.clock import DAY, HOUR
from goodword.platform.errors import BadInput, Conflict
from goodword.platform.events import SYSTEM, Stamp, latest
from tests.conversations.conftest import by
from tests.conversations.doors import door, now, types
from tests.desks import house

pytestmark = pytest.mark.anyio


@pytest.fixture
async def gus(database, clock):
    return await door(database, clock, email="gus@post.example", name="Gus Brandt")


async def marked(database, clock, li, gus, first="queue"):
    id = (await gus.writes("Buy gold now!", first=first)).conversation.id
    await database.write(mark_spam, by(li, clock), id)
    return id


async def test_it_is_closed_leaves_the_queue_and_every_view_but_its_own(database, clock, li, gus):
    id = (await gus.writes("Buy gold now!")).conversation.id
    await database.write(wait_in_queue, by(li, clock), id, 1, None)
    spam = await database.write(mark_spam, by(li, clock), id)
    assert (spam.status, spam.handler, spam.spam, spam.queued_at, spam.unread) == ("closed", "nobody", True, None, 0)
    rows = {view: (await database.read(inbox.rows, Filter(view=view), li.id))[0] for view in ("all", "closed", "spam")}
    assert [row.id for row in rows["spam"]] == [id]
    assert rows["all"] == []


async def test_what_is_written_there_later_is_kept_and_wakes_nobody(database, clock, li, gus):
    id = await marked(database, clock, li, gus)
    received = await gus.writes("Gold! Gold!")
    assert received.conversation.id == id
    assert (received.conversation.status, received.conversation.unread) == ("closed", 0)
    assert received.conversation.waiting_since is None
    assert (await types(database, id))[-1] == "MessageReceived"
    clock.go_on(30 * DAY)
    assert (await gus.writes("Still gold")).conversation.id == id


async def test_nobody_can_be_asked_for_and_nothing_answered_there(database, clock, li, gus):
    id = await marked(database, clock, li, gus)
    await database.write(request_person, Stamp(clock.now(), SYSTEM), id, "asked", Summary())
    assert "HandoverRequested" not in await types(database, id)
    with pytest.raises(Conflict, match="spam"):
        await database.write(reply, by(li, clock), id, Draft("r1", "No."))
    await database.write(add_note, by(li, clock), id, Draft("n1", "The third this week."))
    await database.write(move_up, by(li, clock), id, 1, None)
    assert (await now(database, id)).status == "closed"


async def test_taking_it_out_makes_it_what_it_was(database, clock, li, gus):
    id = (await gus.writes("Buy gold now!")).conversation.id
    await database.write(reply, by(li, clock), id, Draft("r1", "What do you mean?"))
    await gus.writes("A golden kettle.")
    before, line = await now(database, id), await database.read(standing_of, id)
    await database.write(mark_spam, by(li, clock), id)
    after = await database.write(unmark_spam, by(li, clock), id)
    assert (after.status, after.handler, after.assignee_id) == (before.status, "agent", li.id)
    assert await database.read(standing_of, id) == line
    fact = next(e for e in reversed(await database.read(latest, id, 9)) if e.type == "UnmarkedSpam").fact()
    assert fact.standing == line


async def test_what_was_written_meanwhile_then_waits_for_a_person(database, clock, li, gus):
    id = await marked(database, clock, li, gus, first="assistant")
    await gus.writes("I mean a golden kettle.")
    after = await database.write(unmark_spam, by(li, clock), id)
    assert (after.status, after.handler, after.unread) == ("open", "queue", 2)
    assert after.waiting_since is not None
    assert "Assigned" in await types(database, id)


async def test_marking_and_unmarking_twice_changes_nothing(database, clock, li, gus):
    id = await marked(database, clock, li, gus)
    await database.write(mark_spam, by(li, clock), id)
    await database.write(unmark_spam, by(li, clock), id)
    await database.write(unmark_spam, by(li, clock), id)
    assert [(await types(database, id)).count(one) for one in ("MarkedSpam", "UnmarkedSpam")] == [1, 1]


async def test_the_customer_is_told_nothing_of_it(database, clock, li, gus):
    id = await marked(database, clock, li, gus)
    await database.write(unmark_spam, by(li, clock), id)
    told = [e.type for e in await database.read(latest, id, 50) if to_customer(e)]
    assert not {"MarkedSpam", "UnmarkedSpam"} & set(told)
    assert "StatusChanged" not in told


async def test_whoever_is_blocked_is_kept_and_answered_by_nobody(database, clock, li, gus):
    await database.write(block, by(li, clock), gus.customer.id)
    received = await gus.writes("Buy gold now!")
    assert (received.conversation.spam, received.conversation.status) == (True, "closed")
    assert (received.conversation.unread, received.conversation.handler) == (0, "nobody")
    order = await types(database, received.conversation.id)
    assert order.index("MarkedSpam") < order.index("MessageReceived")


async def test_a_running_conversation_of_his_becomes_spam_when_he_writes_on(database, clock, li, gus):
    id = (await gus.writes("Hello")).conversation.id
    await database.write(block, by(li, clock), gus.customer.id)
    assert not (await now(database, id)).spam
    received = await gus.writes("Gold!")
    assert (received.conversation.id, received.conversation.spam) == (id, True)


async def test_the_block_of_an_hour_ends_after_an_hour(database, clock, li, gus):
    await database.write(block, by(li, clock), gus.customer.id, clock.now() + HOUR)
    assert await database.read(is_blocked, gus.identity.id, clock.now() + HOUR - 2_000)
    assert not await database.read(is_blocked, gus.identity.id, clock.now() + HOUR)
    with pytest.raises(BadInput, match="until_past"):
        await database.write(block, by(li, clock), gus.customer.id, clock.now())


async def test_a_blocked_stranger_stays_blocked_under_the_record_of_somebody_else(database, clock, li, gus, dana):
    """He claims an address and is merged; neither is he free, nor is whoever he claimed to be blocked."""
    customer, identity = dana
    await database.write(block, by(li, clock), gus.customer.id)
    await database.write(merge, Stamp(clock.now(), SYSTEM), gus.customer.id, customer.id)
    assert await database.read(is_blocked, gus.identity.id, clock.now())
    assert not await database.read(is_blocked, identity.id, clock.now())
    await database.write(unblock, by(li, clock), customer.id)
    assert not await database.read(is_blocked, gus.identity.id, clock.now())


async def test_blocking_twice_tells_it_once(database, clock, li, gus):
    for _ in range(2):
        await database.write(block, by(li, clock), gus.customer.id)
    for _ in range(2):
        await database.write(unblock, by(li, clock), gus.customer.id)
    told = await types(database, gus.customer.id)
    assert (told.count("CustomerBlocked"), told.count("CustomerUnblocked")) == (1, 1)
    assert (await database.read(get_customer, gus.customer.id)).blocked is None


async def test_at_the_desk_a_blocked_visitor_gets_no_answer_and_is_let_in_again(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        gus = await desk.visitor()
        id = (await gus.says("Buy gold now!")).json()["conversation_id"]
        li = await desk.signed_in("li")
        answer = await li.post(f"/api/v1/conversations/{id}/spam", json={"on": True, "block": True})
        assert answer.status_code == 200
        row = answer.json()["conversation"]
        card = (await li.get(f"/api/v1/customers/{row['customer']['id']}")).json()
        assert card["blocked"]["until"] is None
        await gus.news()
        await gus.says("Gold!")
        await gus.says("I want to talk to a person")
        await desk.settle()
        told = [event["type"] for event in await gus.news()]
        assert set(told) == {"MessageReceived"}
        again = await desk.visitor(token=gus.opened["token"])
        assert (again.opened["conversation"]["status"], again.opened["conversation"]["handler"]) == (
            "open",
            "assistant",
        )

        await li.post(f"/api/v1/customers/{row['customer']['id']}/unblock")
        await desk.settle()
        row = (await li.get(f"/api/v1/conversations/{id}")).json()["conversation"]
        assert (row["spam"], row["status"], row["unread"]) == (False, "open", 3)
        await gus.says("Thank you")
        assert (await desk.desk.services.database.read(store.get, id)).unread == 4


async def test_at_the_desk_a_block_for_an_hour_is_over_by_itself(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        gus = await desk.visitor()
        id = (await gus.says("Hello")).json()["conversation_id"]
        await desk.settle()
        li = await desk.signed_in("li")
        customer = (await li.get(f"/api/v1/conversations/{id}")).json()["customer"]["id"]
        await li.post(f"/api/v1/customers/{customer}/block", json={"until": clock.now() + HOUR})
        await gus.says("Gold!")
        await desk.settle()
        assert (await li.get(f"/api/v1/conversations/{id}")).json()["conversation"]["spam"]
        clock.go_on(HOUR)
        await desk.settle()
        row = (await li.get(f"/api/v1/conversations/{id}")).json()["conversation"]
        assert (row["spam"], row["status"]) == (False, "open")
        assert (await li.get(f"/api/v1/customers/{customer}")).json()["blocked"] is None


async def test_a_stranger_cannot_block(database, clock, li, gus):
    from goodword.platform.errors import Forbidden

    nobody = Stamp(clock.now(), by(li, clock).actor, rights=frozenset())
    with pytest.raises(Forbidden):
        await database.write(block, nobody, gus.customer.id)
    with pytest.raises(Forbidden):
        await database.write(unblock, nobody, gus.customer.id)
