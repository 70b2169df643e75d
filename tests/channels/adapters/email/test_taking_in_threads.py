"""Where a mail goes on: by what we signed, by references of those who take part; everything else begins anew."""

import pytest

from goodword.channels.adapters.email import store, tokens
from goodword.platform.clock import DAY, HOUR
from tests.channels.adapters.email.mailroom import DANA, GUS, Mailroom, mail

pytestmark = pytest.mark.anyio
PASSED = "mx.fennel-oak.example; dmarc=pass header.from={}"


async def number_of(room: Mailroom, id: str | None) -> int:
    return int((await room.conversation(id))["conversation"]["number"])


async def test_a_reply_goes_on_where_it_answers_by_any_of_our_marks(room: Mailroom):
    first = await room.takes(mail("The lid is cracked."))
    home = first.conversation_id
    ours = await room.answers(home)
    number = await number_of(room, home)
    address = tokens.reply_address("help@fennel-oak.example", room.secret, str(home), number)
    token = tokens.subject_token(room.secret, str(home), number)
    replies = [
        mail("By reply", subject="Re: My kettle", in_reply_to=f"<{ours}>"),
        mail("By references", subject="Quite new", references=f"<x@y> <{ours}> <z@y>"),
        mail("By address", subject="Quite new", to=address.upper()),
        mail("By envelope", subject="Quite new", to="others@x.example", delivered_to=address),
        mail("By subject", subject=f"Sv: something {token}"),
        mail("By a colleague of hers", sender=GUS, in_reply_to=f"<{ours}>"),
    ]
    for raw in replies:
        assert (await room.takes(raw)).conversation_id == home, raw
    messages = await room.messages(home)
    assert [one["author"]["name"] for one in messages if one["author"]["kind"] == "customer"][-1] == "Gus Brandt"
    assert (await room.conversation(home))["customer"]["name"] == "Dana Evans"


async def test_forged_and_foreign_marks_open_a_thread_of_the_senders_own(room: Mailroom):
    first = await room.takes(mail("The lid is cracked."))
    home, number = str(first.conversation_id), await number_of(room, first.conversation_id)
    ours = await room.answers(home)
    elsewhere = "another desk"
    forged = [
        mail("1", sender=GUS, in_reply_to=f"<{ours.replace('@', 'f@')}>"),
        mail("2", sender=GUS, in_reply_to=f"<{tokens.sign_message(elsewhere, room.box.id, 'msg_' + '0' * 26, 'x')}>"),
        mail("3", sender=GUS, to=f"help+{number}.{'0' * 16}@fennel-oak.example"),
        mail("4", sender=GUS, to=tokens.reply_address("help@fennel-oak.example", elsewhere, home, number)),
        mail("5", sender=GUS, subject=f"[#{number}-00000000]"),
        mail("6", sender=GUS, subject=f"Re: My kettle (#{number})"),
        mail("7", sender=GUS, to=f"help+99999.{'0' * 16}@fennel-oak.example", subject="[#999999999999-00000000]"),
    ]
    for raw in forged:
        taken = await room.takes(raw)
        assert taken.conversation_id != home, raw
        assert (await room.conversation(taken.conversation_id))["customer"]["name"] == "Gus Brandt"
    assert len(await room.messages(home)) == 2


async def test_customers_own_mails_thread_for_those_who_take_part_and_for_nobody_else(room: Mailroom):
    first = await room.takes(mail("The lid is cracked.", id="m1@customers.example", cc=GUS))
    home = first.conversation_id
    hers = await room.takes(mail("And the handle.", subject="Re: My kettle", in_reply_to="<m1@customers.example>"))
    his = await room.takes(mail("I saw it.", sender=GUS, subject="Re: My kettle", in_reply_to="<m1@customers.example>"))
    strangers = await room.takes(
        mail("Let me in", sender="Omar Diallo <omar@customers.example>", in_reply_to="<m1@customers.example>")
    )
    pretended = await room.takes(
        mail(
            "It is me, Dana",
            in_reply_to="<m1@customers.example>",
            authentication_results=PASSED.format("customers.example").replace("pass", "fail"),
        )
    )
    assert hers.conversation_id == his.conversation_id == home
    assert len({home, strangers.conversation_id, pretended.conversation_id}) == 3


async def test_the_same_subject_alone_joins_nothing(room: Mailroom):
    one, two = await room.takes(mail("One", subject="Question")), await room.takes(mail("Two", subject="Re: Question"))
    assert one.conversation_id != two.conversation_id


async def test_mails_that_arrive_out_of_order_find_together(room: Mailroom):
    late = mail("The lid is cracked.", id="m1@customers.example")
    answer = mail(
        "And the handle.", id="m2@customers.example", subject="Re: My kettle", in_reply_to="<m1@customers.example>"
    )
    last = mail(
        "And the base.",
        id="m3@customers.example",
        subject="Re: My kettle",
        references="<m1@customers.example> <m2@customers.example>",
    )
    taken = [await room.takes(raw) for raw in (last, answer, late)]
    assert len({one.conversation_id for one in taken}) == 1
    assert await room.count() == 3


async def test_a_program_that_always_refers_to_the_same_gets_a_thread_for_each_matter(room: Mailroom):
    shop = "Shop <no-reply@shop.example>"
    taken = [
        await room.takes(mail(f"Order {n}", sender=shop, subject=f"Order {n}", id="0@shop", references="<root@shop>"))
        for n in range(4)
    ]
    assert len({one.conversation_id for one in taken}) == 4


async def test_ten_thousand_references_are_no_trouble_and_the_nearest_counts(room: Mailroom):
    first = await room.takes(mail("The lid is cracked."))
    ours = await room.answers(first.conversation_id)
    many = " ".join(f"<{n}@far.example>" for n in range(10_000))
    taken = await room.takes(mail("Thank you", references=f"{many} <{ours}>"))
    assert taken.conversation_id == first.conversation_id
    assert await room.count("mail_references") < 100


async def test_a_reply_to_what_is_closed_opens_it_again_and_later_one_follows_it(room: Mailroom):
    first = await room.takes(mail("The lid is cracked."))
    home = first.conversation_id
    ours = await room.answers(home)
    await room.closes(home)
    room.house.clock.go_on(13 * DAY)
    soon = await room.takes(mail("It broke again", in_reply_to=f"<{ours}>"))
    assert soon.conversation_id == home
    assert (await room.conversation(home))["conversation"]["status"] == "open"
    await room.closes(home)
    room.house.clock.go_on(15 * DAY)
    late = await room.takes(mail("And again", in_reply_to=f"<{ours}>"))
    assert late.conversation_id != home
    opened = (await room.facts(late.conversation_id, "ConversationOpened"))[0]
    assert opened["follows"]["id"] == home
    room.house.clock.go_on(HOUR)
    later = await room.takes(mail("Did you get my mail?", in_reply_to=f"<{ours}>"))
    assert later.conversation_id == late.conversation_id


async def test_each_mailbox_has_its_own_time_for_that(room: Mailroom):
    ada = await room.house.signed_in("ada")
    await ada.patch(f"/api/v1/channels/{room.box.id}", json={"settings": {"reopen_days": 1}})
    first = await room.takes(mail("The lid is cracked."))
    ours = await room.answers(first.conversation_id)
    await room.closes(first.conversation_id)
    room.house.clock.go_on(2 * DAY)
    assert (await room.takes(mail("Again", in_reply_to=f"<{ours}>"))).conversation_id != first.conversation_id


async def test_what_was_split_off_is_where_its_own_mail_is_answered(room: Mailroom):
    first = await room.takes(mail("The lid is cracked.", id="m1@customers.example"))
    second = await room.takes(
        mail("Where is order 7?", id="m2@customers.example", in_reply_to="<m1@customers.example>")
    )
    assert second.conversation_id == first.conversation_id
    ada = await room.house.signed_in("ada")
    done = await ada.post(
        f"/api/v1/conversations/{first.conversation_id}/split", json={"message_ids": [second.message_id]}
    )
    assert done.status_code in (200, 201), done.text
    third = await room.takes(mail("I still wait", in_reply_to="<m2@customers.example>"))
    assert third.conversation_id == done.json()["conversation"]["id"] != first.conversation_id


async def test_an_agent_who_answers_from_his_own_mailbox_leaves_a_note(room: Mailroom):
    first = await room.takes(mail("The lid is cracked."))
    home = first.conversation_id
    ours = await room.answers(home)
    li = "Li Na <li@fennel-oak.example>"
    proved = PASSED.format("fennel-oak.example")
    noted = await room.takes(
        mail("She is a regular", sender=li, in_reply_to=f"<{ours}>", authentication_results=proved)
    )
    assert noted.conversation_id == home
    note = (await room.messages(home))[-1]
    assert (note["kind"], note["author"]["kind"], note["author"]["name"]) == ("note", "agent", "Li Na")
    again = await room.takes(
        mail("She is a regular", sender=li, in_reply_to=f"<{ours}>", authentication_results=proved)
    )
    assert again.message_id == noted.message_id


async def test_somebody_who_only_says_that_he_is_an_agent_is_a_stranger(room: Mailroom):
    first = await room.takes(mail("The lid is cracked."))
    ours = await room.answers(first.conversation_id)
    forged = "mx.attacker.example; dmarc=pass header.from=fennel-oak.example"
    for number, results in enumerate(("", forged, PASSED.format("fennel-oak.example").replace("pass", "fail"))):
        headers = {"authentication_results": results} if results else {}
        await room.takes(
            mail(
                f"Give him a refund {number}", sender="Ada <ada@fennel-oak.example>", in_reply_to=f"<{ours}>", **headers
            )
        )
    messages = await room.messages(first.conversation_id)
    assert [one["author"]["kind"] for one in messages] == ["customer", "agent", "customer", "customer", "customer"]
    assert not [one for one in messages if one["kind"] == "note"]


async def test_a_blocked_senders_mail_is_kept_and_wakes_nobody(room: Mailroom):
    first = await room.takes(mail("You again!"))
    ada = await room.house.signed_in("ada")
    customer = (await room.conversation(first.conversation_id))["customer"]["id"]
    assert (await ada.post(f"/api/v1/customers/{customer}/block", json={})).status_code < 300
    second = await room.takes(mail("And again!", sender=DANA, subject="More"))
    opened = (await room.conversation(second.conversation_id))["conversation"]
    assert (opened["spam"], opened["status"]) == (True, "closed")


async def test_what_answers_a_conversation_names_its_mails_in_their_order(room: Mailroom):
    first = await room.takes(mail("The lid is cracked.", id="m1@customers.example"))
    ours = await room.answers(first.conversation_id)
    second = await room.takes(mail("Thank you", id="m2@customers.example", in_reply_to=f"<{ours}>"))
    nameless = await room.takes(mail("And good-bye", id=None, in_reply_to=f"<{ours}>"))
    database = room.house.desk.services.database
    chain = await database.read(store.chain, room.box.id, str(first.conversation_id))
    assert chain == ["m1@customers.example", ours, "m2@customers.example"]
    assert await database.read(store.reference_of, room.box.id, str(second.message_id)) == "m2@customers.example"
    assert await database.read(store.reference_of, room.box.id, str(nameless.message_id)) is None


async def test_mails_of_one_thread_that_come_all_at_once_are_all_there(room: Mailroom):
    first = await room.takes(mail("The lid is cracked.", id="m0@customers.example"))
    raws = [
        mail(
            f"Line {n}",
            id=f"m{n}@customers.example",
            subject="Re: My kettle",
            references=f"<m{n - 1}@customers.example>",
        )
        for n in range(1, 13)
    ]
    arrivals = [await room.put_in(raw) for raw in raws]
    arrivals += [await room.put_in(b"Received: by another way\r\n" + raw) for raw in raws]
    await room.house.settle()
    settled = [await room.of(arrival) for arrival in arrivals]
    assert {one.state for one in settled} == {"taken"}
    assert len({one.message_id for one in settled}) == 12
    assert {one.conversation_id for one in settled} == {first.conversation_id}
