"""Delivery reports as RFC 3464 has them, and as they are sent."""

import base64

import pytest

from goodword.channels.adapters.email.model import Bounce
from goodword.channels.adapters.email.parsing import parse

FAILED = """Final-Recipient: rfc822; dana@customers.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <dana@customers.example>: no such
 person"""
ORIGINAL = """Message-ID: <msg-7.0a1b@fennel-oak.example>
From: care@fennel-oak.example
To: dana@customers.example
Subject: Kettle"""
SYSTEM = "From: Mail Delivery System <MAILER-DAEMON@mx.customers.example>\nSubject: Undelivered Mail Returned to Sender"


def report(
    status: str,
    kind: str = "message/delivery-status",
    outer: str = "multipart/report; report-type=delivery-status",
    original: str = f"Content-Type: message/rfc822\n\n{ORIGINAL}\n\nHello",
    headers: str = SYSTEM,
) -> Bounce | None:
    parts = ["Content-Type: text/plain\n\nYour mail came back.", f"Content-Type: {kind}\n\n{status}", original]
    body = "".join(f"--b\n{part}\n" for part in parts)
    head = f'{headers}\nTo: care@fennel-oak.example\nMIME-Version: 1.0\nContent-Type: {outer}; boundary="b"'
    return parse(f"{head}\n\n{body}--b--\n".encode()).bounce


def test_a_report_tells_whom_why_and_which_mail() -> None:
    assert report(f"Reporting-MTA: dns; mx.customers.example\n\n{FAILED}") == Bounce(
        recipient="dana@customers.example",
        status="5.1.1",
        action="failed",
        diagnostic="550 5.1.1 <dana@customers.example>: no such person",
        message_id="msg-7.0a1b@fennel-oak.example",
    )


@pytest.mark.parametrize(
    "status",
    [
        FAILED,
        f"Reporting-MTA: dns; mx\n\n\n\n{FAILED}",
        f"Reporting-MTA: dns; mx\n{FAILED}",
        FAILED.replace("\n", "\r\n"),
        FAILED.replace("Final-Recipient: rfc822; ", "final-recipient:RFC822;<").replace("example\nA", "example>\nA"),
        FAILED.replace("Final", "Original"),
        FAILED.replace("Action: failed\n", ""),
        FAILED.replace("Status: 5.1.1\n", ""),
        FAILED.replace("failed", "Failed (bad destination mailbox address)"),
    ],
)
def test_a_report_may_be_broken(status: str) -> None:
    bounce = report(status)
    assert bounce
    assert (bounce.recipient, bounce.status, bounce.action) == ("dana@customers.example", "5.1.1", "failed")


def test_a_report_may_be_encoded_or_international() -> None:
    encoded = base64.encodebytes(FAILED.encode()).decode()
    assert report(encoded, kind="message/delivery-status\nContent-Transfer-Encoding: base64") == report(FAILED)
    assert report(FAILED, kind="message/global-delivery-status") == report(FAILED)


@pytest.mark.parametrize("outer", ["multipart/report", "multipart/mixed", "multipart/report; report-type=x"])
def test_its_type_may_be_missing(outer: str) -> None:
    assert report(FAILED, outer=outer) == report(FAILED)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_what_arrived_has_not_bounced(action: str) -> None:
    assert report(FAILED.replace("failed", action).replace("5.1.1", "2.0.0")) is None


def test_the_gravest_of_several_recipients_counts() -> None:
    arrived = FAILED.replace("failed", "delivered").replace("5.1.1", "2.1.5").replace("dana", "gus")
    late = FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.1").replace("dana", "omar")
    both = report(f"{arrived}\n\n{late}\n\n{FAILED}")
    assert both
    assert both.recipient == "dana@customers.example"
    delayed = report(f"{arrived}\n\n{late}")
    assert delayed
    assert (delayed.recipient, delayed.action, delayed.status) == (
        "omar@customers.example",
        "delayed",
        "4.4.1",
    )


def test_the_other_server_knows_better_than_the_one_that_reports() -> None:
    bounce = report(FAILED.replace("smtp; 550 5.1.1", "smtp; 550 5.7.1 blocked"))
    assert bounce
    assert bounce.status == "5.7.1"


@pytest.mark.parametrize(
    "original",
    [
        f"Content-Type: text/rfc822-headers\n\n{ORIGINAL}\n",
        f"Content-Type: message/global\n\n{ORIGINAL}\n\nHello",
        f"Content-Type: text/rfc822-headers\n\n{ORIGINAL.replace('ID: <', 'ID:' + chr(10) + ' <')}\n",
    ],
)
def test_the_mail_that_came_back_is_found_by_its_headers(original: str) -> None:
    bounce = report(FAILED, original=original)
    assert bounce
    assert bounce.message_id == "msg-7.0a1b@fennel-oak.example"


def test_a_person_who_passes_a_report_on_did_not_send_it() -> None:
    headers = "From: Dana Evans <dana@customers.example>\nSubject: Fwd: Undelivered Mail Returned to Sender"
    assert report(FAILED, outer="multipart/mixed", headers=headers) is None
    alone = "From: Dana Evans <dana@customers.example>\nSubject: Look at this"
    assert report(FAILED, outer="multipart/mixed", headers=alone) is None


def test_a_carried_report_is_not_this_mails_own() -> None:
    carried = f"Content-Type: message/rfc822\n\nContent-Type: message/delivery-status\n\n{FAILED}\n"
    headers = "From: Dana Evans <dana@customers.example>\nSubject: What is this?"
    assert report("x", kind="text/plain", outer="multipart/mixed", original=carried, headers=headers) is None


def test_read_receipts_and_complaints_are_no_bounces() -> None:
    receipt = "Final-Recipient: rfc822; dana@customers.example\nDisposition: manual-action/MDN-sent-manually; deleted"
    kinds = {
        "message/disposition-notification": "disposition-notification",
        "message/feedback-report": "feedback-report",
    }
    for kind, name in kinds.items():
        assert report(receipt, kind=kind, outer=f"multipart/report; report-type={name}") is None


def test_a_filter_that_refuses_in_the_form_of_a_receipt_is_understood() -> None:
    refused = (
        "Final-Recipient: rfc822; dana@customers.example\nOriginal-Message-ID: <msg-7.0a1b@fennel-oak.example>\n"
        "Disposition: automatic-action/MDN-sent-automatically; deleted"
    )
    form = {
        "kind": "message/disposition-notification",
        "outer": "multipart/report; report-type=disposition-notification",
    }
    sieve = "From: Mail Delivery Subsystem <postmaster@customers.example>\nSubject: Automatically rejected mail"
    bounce = report(refused, headers=sieve, **form)
    assert bounce
    assert (bounce.recipient, bounce.action) == ("dana@customers.example", "failed")
    unread = "From: Dana Evans <dana@customers.example>\nSubject: Not read: Your kettle"
    assert report(refused, headers=unread, **form) is None


def test_a_report_without_recipients_is_read_from_its_words() -> None:
    words = parse(
        b"From: Gate <gate@customers.example>\nSubject: Utilisateur inconnu\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nA message could not be delivered to:\ndana@customers.example\n"
        b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; gate.customers.example\n--b--\n"
    ).bounce
    assert words
    assert words.recipient == "dana@customers.example"


def note(told: str) -> Bounce | None:
    headers = "From: AWS <no-reply@sns.amazonaws.com>\nx-amz-sns-message-id: 1\nSubject: AWS Notification Message"
    return parse(
        f"{headers}\nContent-Type: text/plain\n\n{told}\n\n--\nTo stop these mails, visit us.\n".encode()
    ).bounce


def test_a_note_of_a_sending_service_is_understood() -> None:
    told = (
        '{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":'
        '"gus@customers.example","action":"failed","status":"5.2.2","diagnosticCode":"smtp; 552 5.2.2 full"}]},'
        '"mail":{"messageId":"0102","commonHeaders":{"messageId":"<msg-9.0a1b@fennel-oak.example>"}}}'
    )
    assert note(told) == Bounce(
        "gus@customers.example", "5.2.2", "failed", "552 5.2.2 full", "msg-9.0a1b@fennel-oak.example"
    )
    assert note('{"notificationType":"Delivery","mail":{}}') is None
    assert note('{"notificationType":"Bounce","bounce":[]}') is None
    assert note("{" * 5_000) is None


def test_a_giant_notice_is_read_in_bounded_time_and_length() -> None:
    raw = (
        b"From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n"
        + b"<dana@customers.example>: 550 "
        + b"no " * 400_000
    )
    bounce = parse(raw).bounce
    assert bounce
    assert len(bounce.diagnostic) <= 500
