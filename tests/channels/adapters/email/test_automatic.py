"""Mail of programs, and mail of people which looks a little like it."""

import pytest

from goodword.channels.adapters.email.parsing import parse

DANA = "From: Dana Evans <dana@customers.example>"


def kind(headers: str, *, ours: frozenset[str] = frozenset(), body: str = "Hello") -> str:
    raw = f"{headers}\nTo: care@fennel-oak.example\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
    return parse(raw.encode(), ours=ours).automatic


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-replied (vacation)",
        "Auto-Submitted: auto-replied; owner-email=dana@customers.example",
        "X-Autoreply: yes",
        "X-Autorespond: 1",
        "X-Autoresponder: away",
        "Precedence: auto_reply",
        "X-POST-MessageClass: 9; Autoresponder",
        "Return-Path: <>\nIn-Reply-To: <1@fennel-oak.example>",
        "Subject: Out of Office\nX-Auto-Response-Suppress: All",
        "Subject: Away\nAuto-Submitted: auto-generated",
        "Subject: Vacation reply\nPrecedence: bulk",
        "Subject: Automatic reply: Your kettle\nIn-Reply-To: <1@fennel-oak.example>",
        "Subject: Automatische Antwort: Wasserkocher\nReferences: <1@fennel-oak.example>",
        "Subject: Réponse automatique : bouilloire\nX-Auto-Response-Suppress: All",
        "Subject: Abwesenheitsnotiz: Wasserkocher\nReturn-Path: <>",
        "Subject: 自动回复：水壶\nIn-Reply-To: <1@fennel-oak.example>",
        "Subject: 自動回覆: 水壺\nIn-Reply-To: <1@fennel-oak.example>",
        "Subject: 자동 회신: 주전자\nIn-Reply-To: <1@fennel-oak.example>",
        "Subject: 부재중\nReturn-Path: <>",
        "Subject: 不在通知\nX-Auto-Response-Suppress: OOF, AutoReply",
        "Subject: Respuesta automática: hervidor\nIn-Reply-To: <1@fennel-oak.example>",
        "Subject: Автоответ: чайник\nIn-Reply-To: <1@fennel-oak.example>",
    ],
)
def test_answers_of_programs_are_replies(headers: str) -> None:
    assert kind(f"{DANA}\n{headers}") == "reply"


@pytest.mark.parametrize(
    "headers",
    [
        "Subject: Automatic reply: how do I turn it off?",
        "Subject: Re: Automatic reply: Your kettle\nIn-Reply-To: <1@fennel-oak.example>",
        "Subject: Antw: Abwesenheitsnotiz\nX-Auto-Response-Suppress: All\nIn-Reply-To: <1@fennel-oak.example>",
        "Subject: Out of office hours?\nX-Auto-Response-Suppress: All",
        "Subject: Auto: ein neuer Halter\nX-Mailer: iPhone Mail",
        "Subject: 不在通知が入っていました",
        "Subject: 부재중이라고 하네요",
        "Subject: Kettle\nX-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply",
        "Subject: Kettle\nAuto-Submitted: no",
        "Subject: Kettle\nAuto-Submitted: no\nReturn-Path: <>",
        "Subject: Kettle\nPrecedence: normal",
        "Subject: Re: Kettle\nX-Goodword: 1.2",
        "Subject: Re: Kettle\nX-Zammad-FQDN: desk.clients.example",
        "Subject: Urlaub im März\nReturn-Path: <dana@customers.example>",
    ],
)
def test_people_are_people(headers: str) -> None:
    assert kind(f"{DANA}\n{headers}") == ""


@pytest.mark.parametrize(
    "headers",
    [
        f"{DANA}\nAuto-Submitted: auto-generated",
        f"{DANA}\nAuto-Submitted: auto-notified",
        f"{DANA}\nReturn-Path: <>",
        f"{DANA}\nX-Loop: care@fennel-oak.example",
        f"{DANA}\nX-RT-Loop-Prevention: rt.clients.example\nX-Auto-Response-Suppress: All",
        f"{DANA}\nX-Zammad-FQDN: desk.clients.example\nSubject: Thank you for contacting us: your kettle",
        f"{DANA}\nX-JIRA-FingerPrint: 8f",
        f"{DANA}\nX-FreeScout-Mail-Type: auto.reply",
        "From: Shop <no-reply@shop.example>\nSubject: Your parcel",
    ],
)
def test_other_mail_of_programs_is_a_notice(headers: str) -> None:
    assert kind(headers) == "notice"


def test_who_can_be_answered_elsewhere_is_no_nobody() -> None:
    assert kind("From: Form <noreply@shop.example>\nReply-To: Omar <omar@clients.example>\nSubject: Kettle") == ""


@pytest.mark.parametrize(
    "headers",
    ["List-Id: <kettles.lists.example>", "List-Unsubscribe: <mailto:leave@lists.example>", "Precedence: list"],
)
def test_mail_to_many_is_a_lists(headers: str) -> None:
    assert kind(f"{DANA}\n{headers}") == "list"


def test_a_group_that_forwards_our_own_mail_is_no_list() -> None:
    group = f"{DANA}\nPrecedence: list\nList-Id: <care.fennel-oak.example>\nList-Post: <mailto:care@fennel-oak.example>"
    assert kind(group, ours=frozenset({"Care@fennel-oak.example"})) == ""
    assert kind(group, ours=frozenset({"sales@fennel-oak.example"})) == "list"


def report_of(name: str) -> str:
    head = f"{DANA}\nSubject: Report\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type={name}; boundary=b"
    parts = f"--b\nContent-Type: text/plain\n\nHello\n--b\nContent-Type: message/{name}\n\nVersion: 1\n--b--\n"
    return parse(f"{head}\n\n{parts}".encode()).automatic


def test_complaints_and_receipts_are_known_by_their_form() -> None:
    assert report_of("feedback-report") == "feedback"
    assert report_of("disposition-notification") == "reply"
    hotmail = "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.4"
    assert kind(hotmail) == "feedback"
    service = "From: AWS <no-reply@sns.amazonaws.com>\nx-amz-sns-message-id: 1"
    assert kind(service, body='{"notificationType":"Complaint"}') == "feedback"


def test_an_answer_of_a_calendar_is_a_reply() -> None:
    head = f"{DANA}\nSubject: Accepted: a call\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b"
    answered = "--b\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n--b--\n"
    assert parse(f"{head}\n\n{answered}".encode()).automatic == "reply"
    assert parse(f"{head}\n\n{answered.replace('REPLY', 'REQUEST')}".encode()).automatic == ""
