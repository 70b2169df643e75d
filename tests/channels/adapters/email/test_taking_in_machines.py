"""What machines send: bounces are tied to what they answer, the rest is kept and answered by no machine of ours."""

from pathlib import Path

import pytest

from goodword.channels.adapters.email import tokens
from goodword.platform.clock import DAY
from goodword.rig.clock import HandClock
from tests.channels.adapters.email.mailroom import DANA, MAILBOX, Mailroom, mail, mailroom

pytestmark = pytest.mark.anyio


def bounce(
    returned: str = "", recipient: str = "dana@customers.example", action: str = "failed", to: str = MAILBOX
) -> bytes:
    original = (
        f"Message-ID: <{returned}>\r\nFrom: {MAILBOX}\r\nTo: {recipient}\r\nSubject: Re: My kettle\r\n\r\nHello\r\n"
    )
    status = "5.1.1" if action == "failed" else "4.4.1"
    return (
        f"Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.customers.example>\r\nTo: {to}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f"Message-ID: <{action}{len(returned)}@mx.customers.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you.\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.customers.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 {status} No such person\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{original}\r\n--b--\r\n"
    ).encode()


async def sent(room: Mailroom) -> tuple[str, str]:
    """A conversation in which we have answered, and the Message-ID of that."""
    first = await room.takes(mail("The lid is cracked."))
    return str(first.conversation_id), await room.answers(first.conversation_id)


async def test_a_bounce_is_seen_at_the_reply_that_it_answers_and_wakes_nobody(room: Mailroom):
    home, ours = await sent(room)
    returned = await room.takes(bounce(ours))
    assert (returned.state, returned.conversation_id) == ("taken", home)
    told = (await room.facts(home, "Bounced"))[0]
    assert (told["recipient"], told["status"], told["action"]) == ("dana@customers.example", "5.1.1", "failed")
    assert "No such person" in told["detail"]
    assert told["arrival_id"] == returned.id
    assert told["message_id"] == (await room.messages(home))[-1]["id"]
    assert await room.count() == 1
    li = await room.house.signed_in("li")
    assert "sorry to have to inform you" in (await li.get(f"/api/v1/arrivals/{returned.id}/letter")).json()["text"]


@pytest.mark.parametrize("way", ["address", "recipient"])
async def test_a_bounce_that_has_lost_the_message_id_is_tied_all_the_same(room: Mailroom, way):
    home, _ = await sent(room)
    number = (await room.conversation(home))["conversation"]["number"]
    address = tokens.reply_address(MAILBOX, room.secret, home, number)
    raw = bounce("", to=address, recipient="x@elsewhere.example") if way == "address" else bounce("rewritten@relay")
    assert (await room.takes(raw)).conversation_id == home
    assert len(await room.facts(home, "Bounced")) == 1


async def test_a_bounce_of_nothing_of_ours_is_set_aside(room: Mailroom):
    home, ours = await sent(room)
    room.house.clock.go_on(8 * DAY)
    old = await room.takes(bounce("rewritten@relay"))
    forged = await room.takes(bounce(ours.replace(".", "0."), recipient="nobody@elsewhere.example"))
    assert [(one.state, one.reason) for one in (old, forged)] == [("aside", "bounce")] * 2
    assert await room.facts(home, "Bounced") == []


async def test_a_delay_is_no_bounce(room: Mailroom):
    home, ours = await sent(room)
    delayed = await room.takes(bounce(ours, action="delayed"))
    assert (delayed.state, delayed.reason, delayed.conversation_id) == ("aside", "delayed", home)
    assert await room.facts(home, "Bounced") == []


async def test_our_own_mail_that_comes_back_is_no_message(room: Mailroom):
    home, ours = await sent(room)
    by_id = await room.takes(mail("We send you a new one.", sender=f"Help <{MAILBOX}>", id=ours))
    mark = tokens.loop_mark(room.secret, room.box.id)
    by_mark = await room.takes(mail("We send you a new one.", sender=f"Help <{MAILBOX}>", x_goodword=mark))
    assert [(one.state, one.reason) for one in (by_id, by_mark)] == [("aside", "own_mail")] * 2
    other = await room.takes(mail("Not yours", x_goodword=tokens.loop_mark("another desk", room.box.id)))
    assert other.state == "taken"
    assert len(await room.messages(home)) == 2


async def test_an_out_of_office_goes_into_its_thread_and_opens_nothing_again(room: Mailroom):
    home, ours = await sent(room)
    await room.closes(home)
    away = mail(
        "I am at the sea.", subject="Automatic reply: My kettle", auto_submitted="auto-replied", in_reply_to=f"<{ours}>"
    )
    taken = await room.takes(away)
    assert taken.conversation_id == home
    assert (await room.conversation(home))["conversation"]["status"] == "closed"
    assert (await room.messages(home))[-1]["letter"]["automatic"] == "reply"


async def test_a_complaint_is_set_aside_beside_its_conversation(room: Mailroom):
    home, ours = await sent(room)
    raw = (
        f"From: feedback@isp.example\r\nTo: {MAILBOX}\r\nSubject: complaint\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is an abuse report.\r\n\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{ours}>\r\nSubject: Re: My kettle\r\n\r\nHello\r\n"
        "--b--\r\n"
    ).encode()
    complaint = await room.takes(raw)
    assert (complaint.state, complaint.reason) == ("aside", "feedback")
    assert await room.count() == 1
    assert complaint.conversation_id in (home, None)


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-generated"},
        {"auto_submitted": "auto-replied", "subject": "Out of office: your mail"},
        {"list_id": "<news.example>", "list_unsubscribe": "<mailto:x@news.example>", "precedence": "list"},
    ],
)
async def test_the_assistant_never_answers_a_machine(database_url, tmp_path: Path, clock: HandClock, headers):
    async with mailroom(tmp_path, database_url, clock, assistant_answers=True) as room:
        machine = await room.takes(mail("Your order has been shipped", sender="Shop <robot@shop.example>", **headers))
        person = await room.takes(mail("Where is my order?", sender=DANA))
        assert machine.state == "taken"
        assert {one["author"]["kind"] for one in await room.messages(machine.conversation_id)} == {"customer"}
        assert (await room.conversation(machine.conversation_id))["conversation"]["handler"] != "assistant"
        assert "assistant" in {one["author"]["kind"] for one in await room.messages(person.conversation_id)}
