"""Mail in a conversation: who may write into it, whom it wakes, and what becomes of the answers."""

import msgspec
import pytest

from goodword.conversations import (
    Draft,
    Letter,
    Party,
    bounced,
    close,
    delivered,
    delivery_failed,
    letters,
    receive,
    reply,
    resend,
    store,
)
from goodword.conversations.transcript import transcript
from goodword.conversations.visible import to_customer
from goodword.customers import identify
from goodword.platform.clock import DAY, HOUR, MINUTE
from goodword.platform.errors import BadInput, Conflict, NotFound
from goodword.platform.events import SYSTEM, Actor, Stamp, latest
from tests.conversations.conftest import CHAT, by

pytestmark = pytest.mark.anyio

OUT_OF_OFFICE = Letter(subject="Out of office", automatic="reply")


async def writes(database, clock, person, text, letter, **more):
    customer, identity = person
    stamp = Stamp(clock.go_on(1_000), Actor("customer", customer.id, customer.name))
    return await database.write(
        receive,
        stamp,
        Draft(f"mail-{clock.now()}", text, letter=letter),
        channel=CHAT,
        customer=customer.ref,
        identity_id=identity.id,
        first="queue",
        **more,
    )


@pytest.fixture
async def omar(database, clock):
    system = Stamp(clock.now(), SYSTEM)
    return await database.write(identify, system, kind="email", value="omar@diallo.example", name="Omar Diallo")


async def events(database, conversation_id):
    return await database.read(latest, conversation_id, 100)


async def test_a_colleague_of_the_customer_answers_in_the_same_conversation(database, clock, dana, omar):
    first = await writes(database, clock, dana, "Where is the order?", Letter(subject="Order 7"), thread="t1")
    second = await writes(database, clock, omar, "I would like to know, too.", Letter(), into=first.conversation.id)
    assert second.conversation.id == first.conversation.id
    assert second.conversation.customer_id == dana[0].id
    assert second.message.author.name == "Omar Diallo"


async def test_what_was_closed_long_ago_is_followed_by_a_new_conversation(database, clock, dana, li):
    first = await writes(database, clock, dana, "Where is the order?", Letter(subject="Order 7"), thread="t1")
    await database.write(close, by(li, clock), first.conversation.id)
    into = {"into": first.conversation.id, "reopened_within": DAY, "thread": "t2"}
    clock.go_on(DAY - HOUR)
    assert not (await writes(database, clock, dana, "Thank you", Letter(), **into)).opened
    await database.write(close, by(li, clock), first.conversation.id)
    clock.go_on(DAY + HOUR)
    late = await writes(database, clock, dana, "It broke.", Letter(), **into)
    assert late.opened
    [opened, _] = await events(database, late.conversation.id)
    assert opened.fact().follows.number == first.conversation.number


async def test_a_machines_answer_wakes_nobody(database, clock, dana, li):
    first = await writes(database, clock, dana, "Where is the order?", Letter(subject="Order 7"), thread="t1")
    id = first.conversation.id
    await database.write(reply, by(li, clock), id, Draft("r1", "On its way."))
    await database.write(close, by(li, clock), id)
    clock.go_on(90 * DAY)
    answer = await writes(database, clock, dana, "I am away.", OUT_OF_OFFICE, into=id, reopened_within=DAY)
    assert answer.quiet
    assert answer.conversation.id == id
    assert (answer.conversation.status, answer.conversation.waiting_since) == ("closed", None)
    assert answer.conversation.unread == 1


async def test_a_letter_may_be_empty_and_is_known_by_its_subject(database, clock, dana):
    received = await writes(database, clock, dana, "", Letter(subject="(see picture)"), subject="(see picture)")
    row = await database.read(store.get, received.conversation.id)
    assert row.subject == "(see picture)"
    assert received.message.text == ""


async def test_the_customer_is_not_told_whom_else_a_letter_went_to(database, clock, dana, li):
    letter = Letter(cc=(Party("boss@diallo.example"),), folded="> what we said in private")
    received = await writes(database, clock, dana, "Hello", letter)
    queued = await database.write(reply, by(li, clock), received.conversation.id, Draft("r1", "Hello Dana"))
    await database.write(delivered, Stamp(clock.now(), SYSTEM), queued.message.id, "x", "250 queued as 12AB")
    told = [to_customer(event) for event in await events(database, received.conversation.id)]
    assert not any(b"boss@diallo" in one or b"in private" in one or b"12AB" in one for one in told if one)
    said = [msgspec.json.decode(one)["data"]["message"]["text"] for one in told if one and b'"message":{' in one]
    assert said == ["Hello", "Hello Dana"]


async def test_a_reply_that_came_back_is_sent_again_and_only_then(database, clock, dana, li):
    received = await writes(database, clock, dana, "Hello", Letter(subject="Hello"))
    id, system = received.conversation.id, Stamp(clock.now(), SYSTEM)
    queued = await database.write(reply, by(li, clock), id, Draft("r1", "Hello Dana"))
    with pytest.raises(Conflict):
        await database.write(resend, by(li, clock), id, queued.message.id)
    await database.write(delivered, system, queued.message.id, None, "250 ok")
    for _ in range(2):
        await database.write(
            bounced, system, queued.message.id, recipient="dana@x.example", status="5.1.1", action="failed"
        )
    await database.write(resend, by(li, clock), id, queued.message.id)
    assert (await database.read(store.message_row, queued.message.id))["delivery"] == "queued"
    with pytest.raises(NotFound):
        await database.write(resend, by(li, clock), id, received.message.id)
    types = [event.type for event in await events(database, id)]
    assert types[-5:] == ["Delivered", "Bounced", "StatusChanged", "ReplyRequeued", "StatusChanged"]


async def test_a_long_wait_is_told_again_and_a_short_one_once(database, clock, dana, li):
    received = await writes(database, clock, dana, "Hello", Letter(subject="Hello"))
    queued = await database.write(reply, by(li, clock), received.conversation.id, Draft("r1", "Hello Dana"))
    for wait in (1_000, 2_000, HOUR, 2 * HOUR):
        at = clock.go_on(MINUTE)
        stamp = Stamp(at, SYSTEM)
        await database.write(delivery_failed, stamp, queued.message.id, "busy", at + wait, "451 come back later")
    told = [one.fact() for one in await events(database, received.conversation.id) if one.type == "DeliveryFailed"]
    assert [fact.retry_at is not None and fact.detail for fact in told] == ["451 come back later"] * 3


POTTERY = Party("help@pottery.example", "The pottery")


async def passes_on(database, clock, agent, first, **more):
    letter = Letter(to=(POTTERY,), forwards=first.message.id)
    return await database.write(
        reply, by(agent, clock), first.conversation.id, Draft("f1", "Can you help?", letter=letter)
    )


async def test_the_customer_sees_neither_who_else_reads_nor_what_was_passed_on(database, clock, dana, omar, li):
    first = await writes(database, clock, dana, "It leaks.", Letter(subject="My kettle"))
    id = first.conversation.id
    hidden = Letter(to=(Party("dana@customers.example"),), bcc=(Party("chief@fennel-oak.example", "Noor Haddad"),))
    await database.write(reply, by(li, clock), id, Draft("r1", "We look into it.", letter=hidden))
    await passes_on(database, clock, li, first)
    await writes(database, clock, omar, "Glue it.", Letter(outside=True), into=id)
    told = [seen for event in await events(database, id) if (seen := to_customer(event))]
    assert b"We look into it." in b"".join(told)
    for secret in (b"chief@", b"Noor", b"Can you help?", b"Glue it.", b"pottery"):
        assert secret not in b"".join(told), secret
    taken = await database.read(lambda tx: transcript(tx, id, for_customer=True))
    ours = await database.read(lambda tx: transcript(tx, id, for_customer=False))
    assert [one in taken.content for one in (b"We look into it.", b"Can you help?", b"Glue it.")] == [
        True,
        False,
        False,
    ]
    assert [one in ours.content for one in (b"We look into it.", b"Can you help?", b"Glue it.")] == [True, True, True]


async def test_what_is_passed_on_lets_the_customer_wait_and_takes_nothing_over(database, clock, dana, li, jun):
    first = await writes(database, clock, dana, "It leaks.", Letter(subject="My kettle"))
    passed = await passes_on(database, clock, li, first)
    names = ("status", "waiting_since", "unread", "handler", "assignee_id", "undelivered")
    assert [getattr(passed.conversation, name) for name in names] == [
        getattr(first.conversation, name) for name in names
    ]
    answer = Draft("r1", "Tomorrow.")
    await database.write(lambda tx: reply(tx, by(jun, clock), first.conversation.id, answer, seen_seq=first.seq))
    again = await passes_on(database, clock, jun, first)
    assert (again.conversation.assignee_id, again.conversation.status) == (jun.id, "waiting")


async def test_who_was_only_asked_for_help_does_not_wait_and_is_not_answered_by_himself(
    database, clock, dana, omar, li
):
    first = await writes(database, clock, dana, "It leaks.", Letter(subject="My kettle"))
    id = first.conversation.id
    await database.write(reply, by(li, clock), id, Draft("r1", "We look into it."))
    await passes_on(database, clock, li, first)
    heard = await writes(database, clock, omar, "Glue it.", Letter(outside=True), into=id)
    assert (heard.conversation.status, heard.conversation.unread) == ("open", 1)
    assert heard.conversation.waiting_since is None
    newest = await database.read(letters.last_words, id)
    assert newest.text == "It leaks."


async def test_an_agents_choice_of_readers_holds_until_the_customer_writes_again(database, clock, dana, li):
    first = await writes(database, clock, dana, "It leaks.", Letter(subject="My kettle"))
    id = first.conversation.id
    chosen = Letter(to=(POTTERY,))
    await database.write(reply, by(li, clock), id, Draft("r1", "Hello", letter=chosen))
    await passes_on(database, clock, li, first)
    assert await database.read(letters.last_addressing, id) == chosen
    await writes(database, clock, dana, "Away until Monday", OUT_OF_OFFICE, into=id)
    assert await database.read(letters.last_addressing, id) == chosen
    await writes(database, clock, dana, "And now?", Letter(), into=id)
    assert await database.read(letters.last_addressing, id) is None


async def test_an_agents_letter_must_say_something_unless_it_passes_something_on(database, clock, dana, li):
    first = await writes(database, clock, dana, "It leaks.", Letter(subject="My kettle"))
    id = first.conversation.id
    with pytest.raises(BadInput):
        await database.write(reply, by(li, clock), id, Draft("r1", " ", letter=Letter(to=(POTTERY,))))
    passing = Draft("f1", "", letter=Letter(to=(POTTERY,), forwards=first.message.id))
    assert (await database.write(reply, by(li, clock), id, passing)).fresh
