"""A mail becomes a message of its own sender, once, with everything it brought."""

import base64

import pytest

from goodword.conversations.model import LONGEST_TEXT
from tests.channels.adapters.email.mailroom import DANA, GUS, MAILBOX, Mailroom, mail

pytestmark = pytest.mark.anyio
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="
)


async def test_a_mail_begins_a_conversation_of_who_wrote_it(room: Mailroom):
    taken = await room.takes(mail("The lid is cracked.", cc=GUS))
    assert taken.state == "taken"
    opened = await room.conversation(taken.conversation_id)
    assert opened["customer"]["name"] == "Dana Evans"
    assert opened["conversation"]["subject"] == "My kettle"
    message = (await room.messages(taken.conversation_id))[0]
    assert message["text"] == "The lid is cracked."
    letter = message["letter"]
    assert (letter["subject"], letter["arrival_id"]) == ("My kettle", taken.id)
    assert letter["sender"] == {"address": "dana@customers.example", "name": "Dana Evans"}
    assert [party["address"] for party in letter["to"] + letter["cc"]] == [MAILBOX, "gus@customers.example"]


async def test_the_same_mail_comes_once_however_often_and_by_whatever_way(room: Mailroom):
    first = mail("Hello")
    ways = [first, first.replace(b"\r\n", b"\n"), b"Received: by another server\r\n" + first, first]
    taken = [await room.takes(way) for way in ways]
    assert len({one.message_id for one in taken}) == 1
    assert await room.count() == 1


async def test_different_mails_with_the_same_message_id_are_both_kept(room: Mailroom):
    """Some programs give every mail the same Message-ID."""
    one = await room.takes(mail("Order 1 is late", sender=DANA, id="1@shop"))
    two = await room.takes(mail("Order 2 is late", sender=GUS, id="1@shop"))
    three = await room.takes(mail("Order 3 is late", sender=DANA, id="1@shop"))
    assert len({one.conversation_id, two.conversation_id, three.conversation_id}) == 3
    assert await room.count() == 3


async def test_without_a_message_id_nothing_is_lost_nor_doubled(room: Mailroom):
    same = mail("Please call me", id=None)
    for raw in (same, same, b"Received: later\r\n" + same, mail("Please call me", id=None, date="Tue, 29 Sep 2026")):
        await room.takes(raw)
    assert await room.count() == 3


@pytest.mark.parametrize("sender", [None, "", "Somebody", "<>", "undisclosed-recipients:;", "a b c@", "@x"])
async def test_a_mail_from_nobody_that_can_be_answered_is_taken_in_all_the_same(room: Mailroom, sender):
    taken = await room.takes(mail("The shop is on fire", sender=sender))
    assert taken.state == "taken", (taken.reason, taken.detail)
    assert [one["text"] for one in await room.messages(taken.conversation_id)] == ["The shop is on fire"]
    again = await room.takes(mail("And the shed", sender=sender))
    assert again.conversation_id != taken.conversation_id


async def test_names_and_words_that_no_database_can_hold_are_taken_in(room: Mailroom):
    raw = mail("a\x00b \ud800".encode("utf-8", "replace").decode(), sender="Da\x00na <dana@customers.example>")
    taken = await room.takes(raw + b"\xff\xfe\x00\xed\xa0\x80")
    assert taken.state == "taken", taken.detail
    (await room.messages(taken.conversation_id))[0]["text"].encode()


async def test_what_it_quotes_and_signs_with_is_folded_and_kept(room: Mailroom):
    text = "It is broken again.\r\n\r\nOn Tue, 29 Sep 2026, Help wrote:\r\n> We send you a new one.\r\n> Li\r\n"
    taken = await room.takes(mail(text))
    message = (await room.messages(taken.conversation_id))[0]
    assert message["text"] == "It is broken again."
    assert "> We send you a new one." in message["letter"]["folded"]


async def test_of_a_text_that_is_too_long_the_beginning_is_shown_and_the_rest_is_a_click_away(room: Mailroom):
    text = "\r\n".join(f"Line {n} of my story." for n in range(5_000))
    taken = await room.takes(mail(text))
    message = (await room.messages(taken.conversation_id))[0]
    assert message["letter"]["shortened"]
    assert len(message["text"]) <= LONGEST_TEXT
    li = await room.house.signed_in("li")
    whole = (await li.get(f"/api/v1/arrivals/{taken.id}/letter")).json()["text"]
    assert "Line 4999 of my story." in whole


async def test_a_mail_without_words_is_a_letter_alone(room: Mailroom):
    taken = await room.takes(mail(""))
    message = (await room.messages(taken.conversation_id))[0]
    assert (message["text"], message["attachments"]) == ("", [])
    assert message["letter"]["subject"] == "My kettle"


def with_files(*files: tuple[str, str, bytes], html: str = "", sender: str = DANA) -> bytes:
    parts = [f"Content-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n".encode()] if html else []
    for name, kind, content in files:
        head = f"Content-Type: {kind}\r\nContent-ID: <{name}@x>\r\nContent-Transfer-Encoding: base64\r\n"
        head += f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
        parts.append(head.encode() + base64.encodebytes(content))
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"
    head = f"From: {sender}\r\nTo: {MAILBOX}\r\nSubject: Files\r\nMessage-ID: <files@x>\r\n"
    return head.encode() + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + body


async def test_files_come_with_it_and_only_harmless_ones_are_shown(room: Mailroom):
    files = [
        ("lid.png", "image/png", PIXEL),
        ("run.exe", "application/x-msdownload", b"MZ\x90"),
        ("x.html", "text/html", b"<b>"),
    ]
    taken = await room.takes(with_files(*files, ("empty.dat", "application/x-empty", b"")))
    found = (await room.messages(taken.conversation_id))[0]["attachments"]
    kinds = {one["name"]: one["content_type"] for one in found}
    unknown = "application/octet-stream"
    assert kinds == {"lid.png": "image/png", "run.exe": unknown, "x.html": unknown, "empty.dat": unknown}
    ada = await room.house.signed_in("ada")
    for one in found:
        answer = await ada.get(one["url"])
        shown = one["name"] == "lid.png"
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("inline" if shown else "attachment")
    assert (await ada.get(found[0]["url"])).content == PIXEL


async def test_more_files_than_a_message_may_have_come_with_a_mail(room: Mailroom):
    taken = await room.takes(with_files(*((f"{n}.txt", "text/x-log", b"%d" % n) for n in range(30))))
    assert len((await room.messages(taken.conversation_id))[0]["attachments"]) == 30


async def test_the_whole_letter_shows_its_own_pictures_and_asks_before_it_loads_others(room: Mailroom):
    html = (
        '<p onclick="x()">See <img src="cid:lid.png@x"><script>alert(1)</script></p>'
        '<img src="https://tracker.example/dana.gif" alt="spy"><a href="javascript:x()">here</a>'
    )
    taken = await room.takes(with_files(("lid.png", "image/png", PIXEL), html=html))
    li = await room.house.signed_in("li")
    letter = (await li.get(f"/api/v1/arrivals/{taken.id}/letter")).json()
    file = (await room.messages(taken.conversation_id))[0]["attachments"][0]
    assert f'src="{file["url"]}"' in letter["html"]
    assert 'data-src="https://tracker.example/dana.gif"' in letter["html"]
    assert letter["remote_images"] == 1
    for evil in ("script", "onclick", "javascript", ' src="https://tracker'):
        assert evil not in letter["html"]
    loaded = (await li.get(f"/api/v1/arrivals/{taken.id}/letter", params={"remote": "1"})).json()
    assert ' src="https://tracker.example/dana.gif"' in loaded["html"]
    assert ["Subject", "Files"] in letter["headers"]


async def test_what_a_form_sends_in_the_mailboxs_own_name_is_its_customers(room: Mailroom):
    taken = await room.takes(mail("Sent by your contact form", sender=f"Shop <{MAILBOX}>", reply_to=GUS))
    assert (await room.conversation(taken.conversation_id))["customer"]["name"] == "Gus Brandt"


async def test_a_sender_whose_check_failed_is_marked_and_nobody_is_verified_by_him(room: Mailroom):
    failed = "mx.fennel-oak.example; dmarc=fail header.from=customers.example"
    taken = await room.takes(mail("Send it to my new address", authentication_results=failed))
    assert (await room.messages(taken.conversation_id))[0]["letter"]["doubt"] == "sender_check"
    honest = await room.takes(mail("Hello", authentication_results=failed.replace("fail", "pass")))
    assert (await room.messages(honest.conversation_id))[0]["letter"]["doubt"] == ""


async def test_spam_is_kept_under_spam_and_waits_for_nobody(room: Mailroom):
    taken = await room.takes(mail("Cheap watches", x_spam_flag="YES", x_spam_status="Yes, score=15.0"))
    opened = (await room.conversation(taken.conversation_id))["conversation"]
    assert (opened["spam"], opened["status"]) == (True, "closed")
    assert "HandoverRequested" not in str(await room.conversation(taken.conversation_id))
