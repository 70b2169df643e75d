"""What a message said is taken out of it, and is nowhere any more."""

import pytest

from goodword.assistant.model import Decision
from goodword.assistant.store import keep as keep_decision
from goodword.conversations import (
    Attachment,
    Draft,
    Intake,
    Letter,
    Party,
    Source,
    Summary,
    add_note,
    delivered,
    delivery_failed,
    give_intake,
    intake_of,
    letters,
    merge,
    receive,
    remove_message,
    reply,
    request_person,
    schedule_reply,
    send_scheduled,
    split,
    store,
    unmerge,
    unsplit,
)
from goodword.conversations.actions.remove_message import OWN_WITHIN
from goodword.conversations.inbox import row as inbox_row
from goodword.conversations.model import KnownFact, Said
from goodword.conversations.search import read_query
from goodword.conversations.search.conditions import Scope
from goodword.conversations.search.finding import find
from goodword.conversations.transcript import transcript
from goodword.conversations.visible import to_customer
from goodword.platform.audit import link_settled, verify
from goodword.platform.clock import MINUTE
from goodword.platform.errors import Forbidden, NotFound
from goodword.platform.events import SYSTEM, Actor, Stamp, latest
from tests.conversations.conftest import CHAT, by
from tests.conversations.doors import door, types

pytestmark = pytest.mark.anyio
SECRET = "4929-1111-8888"
SAYS = f"My card is {SECRET}, please charge it"


async def everything(database):
    """All that the tables hold, as text, by table; the hidden parts of the search apart."""

    async def read(tx):
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_terms%'"
            if tx.engine == "sqlite"
            else "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()"
        )
        found = {}
        for one in await tx.rows(names):
            column = f"SELECT * FROM {one['name']}"
            found[one["name"]] = "\n".join(str(tuple(dict(row).values())) for row in await tx.rows(column))
        return found

    return await database.read(read)


async def where(database, words):
    return sorted(name for name, text in (await everything(database)).items() if words in text)


async def found(database, words):
    async def look(tx):
        hits, _ = await find(tx, read_query(words), Scope(), now=1 << 41)
        return hits

    return await database.read(look)


async def is_sound(database):
    await link_settled(database)
    verdict = await verify(database)
    return verdict.sound and verdict.checked > 0 and verdict.waiting == 0


def may(agent, clock, *rights):
    stamp = by(agent, clock)
    return Stamp(stamp.at, stamp.actor, rights=agent.rights | {"conversations.remove", *rights})


async def removed(database, said, stamp, conversation_id=None):
    await database.write(remove_message, stamp, conversation_id or said.conversation.id, said.message.id)


async def test_of_a_message_nothing_is_left_but_who_said_it_and_when(database, clock, dana_writes, li):
    said = await dana_writes(SAYS)
    assert "messages" in await where(database, SECRET)
    assert await found(database, SECRET)
    stamp = may(li, clock)
    await removed(database, said, stamp)
    assert await where(database, SECRET) == []
    assert await found(database, SECRET) == []
    message = await database.read(letters.message_by_id, said.message.id)
    assert (message.id, message.author, message.at, message.text) == (
        said.message.id,
        said.message.author,
        said.message.at,
        "",
    )
    assert (message.removed.by, message.removed.at) == (stamp.actor, stamp.at)
    assert await is_sound(database)


async def test_also_before_the_chain_has_come_to_it_and_long_after(database, clock, dana_writes, li):
    first = await dana_writes(SAYS)
    await link_settled(database)
    second = await dana_writes(f"{SAYS} again")
    for said in (first, second):
        await removed(database, said, may(li, clock))
    assert await is_sound(database)
    assert await where(database, SECRET) == []


async def test_it_is_removed_once(database, clock, dana_writes, li):
    said = await dana_writes(SAYS)
    await removed(database, said, may(li, clock))
    before = await types(database, said.conversation.id)
    await removed(database, said, may(li, clock))
    assert await types(database, said.conversation.id) == before
    assert before.count("MessageRemoved") == 1


async def test_who_removed_what_stands_in_the_log_without_the_words(database, clock, dana_writes, li):
    said = await dana_writes(SAYS)
    await removed(database, said, may(li, clock))
    told = (await database.read(latest, said.conversation.id, 1))[0]
    assert (told.type, told.actor.name) == ("MessageRemoved", "Li Na")
    fact = told.fact()
    assert (fact.message_id, fact.by_customer, fact.kind) == (said.message.id, True, "message")
    assert [one.type for one in await database.read(latest, "audit", 5)] == ["EventRedacted"]


async def test_the_line_in_the_list_says_only_that_there_was_a_message(database, clock, dana_writes, li):
    said = await dana_writes(SAYS)
    await removed(database, said, may(li, clock))
    shown = (await database.read(inbox_row, said.conversation.id)).preview
    assert (shown.text, shown.kind, shown.author_kind, shown.at) == ("", "removed", "customer", said.message.at)


async def test_the_line_goes_on_showing_what_was_said_later(database, clock, dana_writes, li):
    said = await dana_writes(SAYS)
    await dana_writes("Sorry, wrong number")
    await removed(database, said, may(li, clock))
    shown = (await database.read(inbox_row, said.conversation.id)).preview
    assert (shown.text, shown.kind) == ("Sorry, wrong number", "message")
    assert (await database.read(latest, said.conversation.id, 1))[0].fact().preview is None


async def test_the_subject_of_the_conversation_is_found_on(database, clock, li):
    dana = await door(database, clock)
    stamp = Stamp(clock.go_on(1_000), Actor("customer", dana.customer.id, "Dana Evans"))
    opened = await database.write(
        receive,
        stamp,
        Draft("one", SAYS),
        channel=CHAT,
        customer=dana.customer.ref,
        identity_id=dana.identity.id,
        first="queue",
        subject="Copper kettle",
    )
    await removed(database, opened, may(li, clock))
    assert await found(database, "charge") == []
    hits = await found(database, "copper kettle")
    assert [(hit.kind, hit.message_id) for hit in hits] == [("subject", opened.message.id)]


async def test_an_agent_takes_his_own_back_within_a_quarter_of_an_hour(database, clock, dana_writes, li, jun):
    heard = await dana_writes("Hello")
    one = await database.write(reply, by(li, clock), heard.conversation.id, Draft("r1", SAYS))
    note = await database.write(add_note, by(li, clock), heard.conversation.id, Draft("n1", SAYS))
    with pytest.raises(Forbidden):
        await removed(database, one, by(jun, clock))
    with pytest.raises(Forbidden):
        await removed(database, heard, by(li, clock))
    await removed(database, one, by(li, clock))
    clock.go_on(OWN_WITHIN)
    with pytest.raises(Forbidden):
        await removed(database, note, by(li, clock))
    await removed(database, note, may(jun, clock))
    assert await where(database, SECRET) == []


async def test_only_what_stands_in_this_time_line_is_removed(database, clock, dana_writes, li):
    said = await dana_writes("Hello")
    other = await (await door(database, clock)).writes(SAYS)
    with pytest.raises(NotFound):
        await removed(database, other, may(li, clock), said.conversation.id)
    with pytest.raises(NotFound):
        await database.write(remove_message, may(li, clock), said.conversation.id, "msg_none")


async def test_a_reply_that_has_not_left_is_never_sent(database, clock, dana_writes, li):
    heard = await dana_writes("Hello")
    said = await database.write(reply, by(li, clock), heard.conversation.id, Draft("r1", SAYS))
    await removed(database, said, by(li, clock))
    row = await database.read(store.message_row, said.message.id)
    assert row["delivery"] == "withdrawn"
    # Whoever was handing it over in that moment, and failed, is not to try again.
    await database.write(delivery_failed, Stamp(clock.now(), SYSTEM), said.message.id, "later", clock.now() + MINUTE)
    assert (await database.read(store.message_row, said.message.id))["delivery"] == "withdrawn"
    assert await database.read(letters.unfetched, heard.conversation.id) == []
    assert await database.read(store.undelivered_until, heard.conversation.id, 1 << 60) == []


async def test_a_reply_that_had_left_stays_delivered_and_is_no_longer_lost(database, clock, dana_writes, li):
    heard = await dana_writes("Hello")
    gone = await database.write(reply, by(li, clock), heard.conversation.id, Draft("r1", SAYS))
    await database.write(delivered, Stamp(clock.now(), SYSTEM), gone.message.id)
    lost = await database.write(reply, by(li, clock), heard.conversation.id, Draft("r2", "Here you are"))
    await database.write(delivery_failed, Stamp(clock.now(), SYSTEM), lost.message.id, "refused", None)
    for said in (gone, lost):
        await removed(database, said, by(li, clock))
    assert (await database.read(store.message_row, gone.message.id))["delivery"] == "delivered"
    assert (await database.read(store.get, heard.conversation.id)).undelivered is None


async def test_a_scheduled_reply_forgets_what_it_was_to_say(database, clock, dana_writes, li):
    heard = await dana_writes("Hello")
    at = clock.now() + 5 * MINUTE
    id = await database.write(schedule_reply, by(li, clock), heard.conversation.id, Draft("s1", SAYS), at)
    clock.go_on(5 * MINUTE)
    await database.write(send_scheduled, Stamp(clock.now(), SYSTEM), id)
    said = next(e for e in await database.read(latest, heard.conversation.id, 9) if e.type == "ReplyQueued").fact()
    await database.write(remove_message, may(li, clock), heard.conversation.id, said.message.id)
    assert await where(database, SECRET) == []
    assert await is_sound(database)


async def test_a_hand_over_forgets_the_lines_that_quote_it(database, clock, dana_writes, li):
    said = await dana_writes(SAYS)
    kept = await dana_writes("The lid is broken since Monday")
    picture = Attachment("fil_1", "lid.jpg", "image/jpeg", 3, "/files/fil_1/x/lid.jpg")
    intake = Intake(what="The lid is broken since Monday", wish=SAYS, evidence=(picture,))
    await database.write(give_intake, Stamp(clock.now(), SYSTEM), said.conversation.id, intake)
    summary = Summary(
        asked=(Said(SAYS, said.message.id), Said("The lid is broken since Monday", kept.message.id)),
        facts=(KnownFact("card", SECRET, said.message.id),),
        intake=intake,
    )
    await database.write(request_person, Stamp(clock.now(), SYSTEM), said.conversation.id, "asked", summary)
    await removed(database, said, may(li, clock))
    assert await where(database, SECRET) == []
    events = await database.read(latest, said.conversation.id, 20)
    left = next(event for event in events if event.type == "HandoverRequested").fact().summary
    assert [line.message_id for line in left.asked] == [kept.message.id]
    assert (left.facts, left.intake.wish, left.intake.evidence) == ((), "", (picture,))
    known = await database.read(intake_of, said.conversation.id)
    assert (known.what, known.wish) == ("The lid is broken since Monday", "")
    assert await is_sound(database)


async def test_wherever_it_was_moved_it_is_forgotten(database, clock, dana_writes, li):
    stays = await dana_writes("Where is my kettle?")
    said = await dana_writes(SAYS)
    last = await dana_writes("And the lid?")
    new = await database.write(split, by(li, clock), stays.conversation.id, [said.message.id])
    await database.write(remove_message, may(li, clock), new.id, said.message.id)
    assert await where(database, SECRET) == []
    for id in (new.id, stays.conversation.id):
        assert (await types(database, id)).count("MessageRemoved") == 1
    assert (await database.read(inbox_row, new.id)).preview.kind == "removed"
    assert (await database.read(inbox_row, stays.conversation.id)).preview.text == "And the lid?"
    await database.write(unsplit, by(li, clock), stays.conversation.id, new.id)
    assert (await database.read(inbox_row, stays.conversation.id)).preview.text == "And the lid?"
    assert last.seq > said.seq
    assert await is_sound(database)


async def test_a_merge_that_showed_it_forgets_it_too_and_so_does_one_that_was_undone(database, clock, li):
    chat = await door(database, clock)
    one = await chat.writes("Hello", thread="a")
    two = await chat.writes(SAYS, thread="b")
    for again in (False, True):
        await database.write(merge, by(li, clock), two.conversation.id, one.conversation.id)
        if not again:
            await database.write(unmerge, by(li, clock), two.conversation.id)
    assert (await database.read(inbox_row, one.conversation.id)).preview.text == SAYS
    await removed(database, two, may(li, clock), one.conversation.id)
    assert (await database.read(inbox_row, one.conversation.id)).preview.kind == "removed"
    assert await where(database, SECRET) == []
    assert await is_sound(database)


async def test_a_letter_keeps_who_wrote_to_whom_and_those_that_quote_it_lose_the_quote(database, clock, dana, li):
    customer, identity = dana
    party = Party("dana@customers.example", "Dana")

    async def comes(key, text, **more):
        stamp = Stamp(clock.go_on(1_000), Actor("customer", customer.id, customer.name))
        letter = Letter(sender=party, to=(Party("help@fennel-oak.example"),), **more)
        return await database.write(
            receive,
            stamp,
            Draft(key, text, letter=letter),
            channel=CHAT,
            customer=customer.ref,
            identity_id=identity.id,
            first="queue",
        )

    first = await comes("1", SAYS, subject=f"Card {SECRET}", arrival_id="arr_1", folded=f"-- \nDana {SECRET}")
    broken = SAYS.replace("please", "\n> please")
    second = await comes("2", "Did you get it?", subject="Re: Card", arrival_id="arr_2", folded=f"> {broken}\n")
    third = await comes("3", "Thanks", subject="Re: Card", arrival_id="arr_3", folded="> How are you?")
    await removed(database, first, may(li, clock))
    assert await where(database, SECRET) == []
    read = [(await database.read(letters.message_by_id, one.message.id)) for one in (first, second, third)]
    assert [one.letter.sender for one in read] == [party] * 3
    assert [one.letter.arrival_id for one in read] == [None, None, "arr_3"]
    assert [one.text for one in read] == ["", "Did you get it?", "Thanks"]
    told = (await database.read(latest, first.conversation.id, 1))[0].fact()
    assert told.quoted_in == (second.message.id,)


async def test_what_came_with_an_answer_goes_too(database, clock, dana_writes, li):
    heard = await dana_writes("Hello")
    source = Source("art_1", f"About {SECRET}", "", "/help/1")
    draft = Draft("r1", SAYS, sources=(source,))
    said = await database.write(reply, by(li, clock), heard.conversation.id, draft)
    await database.write(
        keep_decision,
        heard.conversation.id,
        heard.message.id,
        "Hello",
        Decision(kind="answer", rule="found", text="Look here"),
        {},
        event_id="evt_1",
        seq=1,
        reply_id=said.message.id,
        at=1,
    )
    await removed(database, said, by(li, clock))
    assert await where(database, SECRET) == []


async def test_the_customer_is_told_of_his_own_messages_and_of_no_note(database, clock, dana_writes, li):
    heard = await dana_writes(SAYS)
    note = await database.write(add_note, by(li, clock), heard.conversation.id, Draft("n1", SAYS))
    for said in (heard, note):
        await removed(database, said, may(li, clock))
    told = [to_customer(event) for event in await database.read(latest, heard.conversation.id, 20)]
    seen = b"\n".join(one for one in told if one)
    assert seen.count(b'"MessageRemoved"') == 1
    assert b'"preview"' not in seen
    assert note.message.id.encode() not in seen


async def test_a_transcript_says_that_it_was_removed(database, clock, dana_writes, li):
    said = await dana_writes(SAYS)
    await removed(database, said, may(li, clock))
    for format in ("txt", "html", "json"):
        taken = await database.read(transcript, said.conversation.id, format, for_customer=False)
        assert b"This message was removed." in taken.content
        assert SECRET.encode() not in taken.content
