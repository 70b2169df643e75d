"""The mails of the demo, as bytes: written here as its customers' programs and other people's servers write them."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from html import escape
from typing import Final, Literal

import msgspec

from goodword.conversations.model import Mood
from goodword.platform.clock import DAY, HOUR, MINUTE, SECOND
from goodword.rig.cast import CUSTOMERS, MAIL, CastCustomer
from goodword.rig.demo.material import company

Ending = Literal["closed", "waiting", "unread", "deferred", "bounced", "queue"]

ADDRESS: Final = str(MAIL.settings["address"])
SERVER: Final = "mx.fennel-oak.example"
WROTE: Final = {
    "en": "On {day} at {time}, {who} wrote:",
    "fr": "Le {day} à {time}, {who} a écrit :",
    "ko": "{day} {time}, {who}님이 작성:",
}


class Turn(msgspec.Struct, frozen=True):
    """``minutes`` after the first, or before now; ``sender`` where another than the customer wrote."""

    who: Literal["customer", "agent"]
    minutes: int
    text: str
    quotes: bool = False
    sender: str = msgspec.field(default="", name="from")


class Correspondence(msgspec.Struct, frozen=True):
    """Mails to and fro. It began ``days`` ago, or its last word was said ``minutes_ago``."""

    key: str
    customer: str
    agent: str
    topic: str
    mood: Mood
    tags: tuple[str, ...]
    ending: Ending
    subject: str
    turns: tuple[Turn, ...]
    days: int = 0
    hour: int = 0
    minutes_ago: int = 0
    cc: tuple[str, ...] = ()
    charset: str = "utf-8"
    html: bool = False
    doubtful: bool = False

    @property
    def writer(self) -> CastCustomer:
        return next(one for one in CUSTOMERS if one.key == self.customer)

    def at(self, now: int, turn: int) -> int:
        began = (
            (now - self.days * DAY) // DAY * DAY + self.hour * HOUR if self.days else now - self.minutes_ago * MINUTE
        )
        return began + self.turns[turn].minutes * MINUTE


@cache
def correspondence() -> tuple[Correspondence, ...]:
    return msgspec.json.decode(company().joinpath("mail.json").read_bytes(), type=tuple[Correspondence, ...])


def written(thread: Correspondence, place: int, now: int) -> bytes:
    """What the customer's program sent, with what our own server wrote above it."""
    turn, at = thread.turns[place], thread.at(now, place)
    author = turn.sender or formataddr((thread.writer.name, thread.writer.email))
    mail = _mail(at, thread.subject if place == 0 else f"Re: {thread.subject}", author)
    if turn.sender or thread.cc:
        mail["Cc"] = formataddr((thread.writer.name, thread.writer.email)) if turn.sender else ", ".join(thread.cc)
    mail["Message-ID"] = _message_id(thread, place)
    if place:
        mail["In-Reply-To"] = mail["References"] = _message_id(thread, 0)
    mail["Authentication-Results"] = _checked(thread, turn)
    _fill(mail, turn.text + (_quoted(thread, place, now) if turn.quotes else ""), thread)
    return bytes(mail)


def returned(thread: Correspondence, at: int) -> bytes:
    """The report of the customer's server, which could not keep our answer (RFC 3464)."""
    recipient = thread.writer.email
    return _report(at, recipient, "5.2.2", f"552 5.2.2 <{recipient}>: mailbox full", f"{thread.key}-returned")


def backscatter(at: int) -> bytes:
    """A server returns to us what somebody else sent in our name."""
    words = "550 5.1.1 <oldfriend@elsewhere.example>: no such user"
    return _report(at, "oldfriend@elsewhere.example", "5.1.1", words, "backscatter")


def broken() -> bytes:
    """What a provider posted and nobody can read: it breaks off."""
    return b'{"From": "Gus Brandt <gus@customers.example>", "Subject": "Re: Spare lid", "TextBody": "The lid fi'


def _mail(at: int, subject: str, sender: str) -> EmailMessage:
    mail = EmailMessage(SMTP)
    moment = format_datetime(datetime.fromtimestamp(at / SECOND, UTC))
    mail["Return-Path"] = f"<{parseaddr(sender)[1]}>"
    mail["Received"] = f"from mail.example by {SERVER} with ESMTPS; {moment}"
    mail["Date"] = moment
    mail["From"] = sender
    mail["To"] = ADDRESS
    mail["Subject"] = subject
    return mail


def _fill(mail: EmailMessage, text: str, thread: Correspondence) -> None:
    mail.set_content(text, charset=thread.charset)
    if thread.html:
        lines = "<br>".join(escape(line) for line in text.splitlines())
        mail.add_alternative(f"<div style='font-size:15px'>{lines}</div>", subtype="html", charset=thread.charset)


def _checked(thread: Correspondence, turn: Turn) -> str:
    domain = parseaddr(turn.sender or thread.writer.email)[1].rpartition("@")[2]
    verdict = "fail" if thread.doubtful else "pass"
    return f"{SERVER}; dmarc={verdict} header.from={domain}"


def _quoted(thread: Correspondence, place: int, now: int) -> str:
    answered = max(before for before in range(place) if thread.turns[before].who == "agent")
    moment = datetime.fromtimestamp(thread.at(now, answered) / SECOND, UTC)
    facts = {"day": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M}", "who": f"Fennel & Oak <{ADDRESS}>"}
    lines = [f"> {line}".rstrip() for line in thread.turns[answered].text.splitlines()]
    return "\n".join(["", "", WROTE[thread.writer.language].format(**facts), *lines])


def _message_id(thread: Correspondence, place: int) -> str:
    return f"<{thread.key}.{place}@customers.example>"


def _report(at: int, recipient: str, status: str, words: str, name: str) -> bytes:
    moment = format_datetime(datetime.fromtimestamp(at / SECOND, UTC))
    domain = recipient.rpartition("@")[2]
    return f"""Return-Path: <>
Received: from mx.{domain} by {SERVER} with ESMTPS; {moment}
Date: {moment}
From: Mail Delivery System <mailer-daemon@{domain}>
To: {ADDRESS}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{name}@{domain}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_{name}"

--=_{name}
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered to {recipient}.

{words}

--=_{name}
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.{domain}

Final-Recipient: rfc822; {recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {words}

--=_{name}--
""".replace("\n", "\r\n").encode()
