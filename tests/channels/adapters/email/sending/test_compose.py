"""A reply becomes a mail: the same bytes at every try, readable by every program, and nobody can slip anything in."""

import email
import html
import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from typing import Any

import msgspec
import pytest

from goodword.channels.adapters.email.parsing import parse
from goodword.channels.adapters.email.sending import Composed, Prepared, Quote, compose
from goodword.channels.adapters.email.sending.lines import line
from goodword.channels.adapters.email.tokens import (
    claims_in_addresses,
    claims_in_subject,
    is_loop_mark,
    is_proved,
    our_message,
    without_tokens,
)
from goodword.conversations.model import Attachment, Card, Choice, Letter, Party, Source
from goodword.platform.events import SYSTEM, Actor
from goodword.platform.i18n import LANGUAGES
from goodword.platform.words import clean
from tests.channels.adapters.email.outbounds import DANA, LETTER, MESSAGE_ID, SAGE, SECRET, message, outbound

FILES = "/files/fil_01k2aaaaaaaaaaaaaaaaaaaaaa/s"
PICTURE = Attachment("fil_01k2aaaaaaaaaaaaaaaaaaaaaa", "pot.png", "image/png", 4, f"{FILES}/pot.png")
BILL = Attachment("fil_01k2bbbbbbbbbbbbbbbbbbbbbb", "명세서 – Küche.pdf", "application/pdf", 4, "/files/x")
BYTES = {PICTURE.id: b"\x89PNG", BILL.id: b"%PDF"}
QUOTE = Quote("It drips.\n\nFrom the lid.", "Dana Evans", 1_699_999_000_000)


def read(composed: Composed) -> EmailMessage:
    found = email.message_from_bytes(composed.raw, policy=default)
    assert isinstance(found, EmailMessage)
    assert not [part.defects for part in found.walk() if part.defects]
    return found


def text_of(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def sent(**more: Any) -> EmailMessage:
    return read(compose(outbound(**more), BYTES))


def test_the_same_reply_is_the_same_mail_however_often_and_late_it_is_tried() -> None:
    said = message(attachments=(BILL,))
    first, later = compose(outbound(said, at=1), BYTES), compose(outbound(said, at=10**13), BYTES)
    assert first.raw == later.raw
    assert our_message(SECRET, "chn_1", first.message_id) == MESSAGE_ID


def test_it_leads_home_by_message_id_address_and_subject() -> None:
    mail = sent()
    assert our_message(SECRET, "chn_1", mail["Message-ID"]) == MESSAGE_ID
    conversation = "cnv_01k2aaaaaaaaaaaaaaaaaaaaaa"
    for claims in (claims_in_addresses([mail["Reply-To"].addresses[0].addr_spec]), claims_in_subject(mail["Subject"])):
        assert [claim.number for claim in claims] == [1234]
        assert is_proved(SECRET, claims[0], conversation)
    assert is_loop_mark(SECRET, "chn_1", mail["X-Goodword"])


def test_what_the_mailbox_does_not_want_stays_out() -> None:
    mail = sent(settings={"subject_token": False, "reply_delimiter": "none"})
    assert mail["Subject"] == "Re: Kettle leaks"
    assert mail["Reply-To"] is None


@pytest.mark.parametrize(
    "subject",
    ["Kettle leaks", "Re: AW: Kettle leaks", "RE:  re: Kettle leaks", "回复：Re: Kettle leaks", "SV[2]: Kettle leaks"],
)
def test_re_stands_there_once(subject: str) -> None:
    letter = msgspec.structs.replace(LETTER, subject=subject)
    assert sent(answers=letter, settings={"subject_token": False})["Subject"] == "Re: Kettle leaks"


def test_the_subject_of_a_thread_that_we_begin_is_in_the_customers_language() -> None:
    mail = sent(answers=None, subject="", language="fr", settings={"subject_token": False})
    assert mail["Subject"] == "Votre échange avec Fennel & Oak"


def test_a_long_thread_is_quoted_by_its_first_and_its_last_twenty_mails() -> None:
    ids = tuple(f"{place}.{'x' * 90}@customers.example" for place in range(40))
    mail = sent(prepared=Prepared(ids))
    assert mail["In-Reply-To"] == f"<{ids[-1]}>"
    assert mail["References"].split() == [f"<{id}>" for id in (ids[0], *ids[-20:])]


def test_a_message_id_that_no_header_can_hold_is_left_out() -> None:
    mail = sent(prepared=Prepared(("good@x.example", "bad id@x.example", "a>\r\nBcc: b@x.example", "ö@x.example")))
    assert mail["References"] == "<good@x.example>"
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("author", "settings", "expected"),
    [
        (message().author, {}, "Ada Silva (Fennel & Oak)"),
        (SAGE, {}, "Sage (Fennel & Oak)"),
        (SYSTEM, {}, "Fennel & Oak"),
        (message().author, {"sender_name": "{agent}, Oak’s kitchen"}, "Ada Silva, Oak’s kitchen"),
    ],
)
def test_it_says_who_writes(author: Any, settings: dict[str, str], expected: str) -> None:
    address = sent(said=message(author=author), settings=settings)["From"].addresses[0]
    assert (address.display_name, address.addr_spec) == (expected, "support@fennel-oak.example")


def test_only_machines_say_that_they_are_machines() -> None:
    assert sent()["Auto-Submitted"] is None
    for author in (SAGE, SYSTEM):
        mail = sent(said=message(author=author))
        assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")


def test_it_goes_to_who_wrote_last_with_those_he_had_reading_along_and_never_to_ourselves() -> None:
    yuna, gus = Party("yuna@customers.example", "박유나"), Party("gus@customers.example")
    ours = (Party("Support@Fennel-Oak.example"), Party("support+7.0123456789abcdef@fennel-oak.example"))
    letter = Letter("x", sender=gus, reply_to=DANA, to=(*ours, yuna, DANA), cc=(yuna, gus, *ours))
    composed = compose(outbound(answers=letter), {})
    assert (composed.to, composed.cc) == ((DANA.address,), (yuna.address, gus.address))
    assert [one.addr_spec for one in read(composed)["Cc"].addresses] == [yuna.address, gus.address]


def test_whoever_answers_may_choose_the_readers() -> None:
    chosen = message(letter=Letter(to=(Party("gus@customers.example"),), cc=(DANA,)))
    composed = compose(outbound(chosen), {})
    assert (composed.to, composed.cc) == (("gus@customers.example",), (DANA.address,))


def test_a_letter_without_a_sender_is_answered_to_the_customer() -> None:
    assert compose(outbound(answers=Letter("x")), {}).to == (DANA.address,)


NAMES = [
    "Dana Evans",
    'Gus "the Knife" Brandt',
    "김민준, 고객지원",
    "Camille Roy (Évry)",
    "林怡君" * 20,
    "Omar\r\nBcc: evil@x.example",
    "a@b.example, c",
    "=?utf-8?q?x?=",
    "\u202egnp.exe",
    "名字;" * 30,
    "O’Neil, <x@y> Ltd",
    "back\\slash",
    "word" * 50,
    "many words " * 20,
    "👩🏽‍🍳" * 20,
    "\x00\ud800",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_and_subject_arrives_as_one_line_and_adds_no_header(name: str) -> None:
    letter = Letter(f"{name} {name}", sender=Party(DANA.address, name), to=(Party("gus@customers.example", name),))
    composed = compose(outbound(message(attachments=(BILL,)), answers=letter, company=name), BYTES)
    mail = read(composed)
    assert composed.raw.isascii()
    head, _, body = composed.raw.partition(b"\r\n\r\n")
    assert max(len(line) for line in head.split(b"\r\n")) <= 90
    assert max(len(line) for line in body.split(b"\r\n")) <= 200
    assert b"\n" not in composed.raw.replace(b"\r\n", b"")
    assert [one.addr_spec for one in mail["To"].addresses] == [DANA.address]
    assert [one.addr_spec for one in mail["Cc"].addresses] == ["gus@customers.example"]
    assert mail["Bcc"] is None
    assert as_others_read(composed.raw, "To") == [(line(name), DANA.address)]
    subject = email.message_from_bytes(composed.raw)["Subject"].replace("\r\n", "")
    assert str(make_header(decode_header(subject))).startswith(f"Re: {line(name)} {line(name)}"[:200])


def as_others_read(raw: bytes, header: str) -> list[tuple[str, str]]:
    """By the older of the two readers in the standard library, whose names have no blanks of its own."""
    found = getaddresses([email.message_from_bytes(raw)[header].replace("\r\n", "")])
    return [(str(make_header(decode_header(name))), address) for name, address in found]


@pytest.mark.parametrize("name", NAMES)
def test_we_read_ourselves_as_we_meant_it(name: str) -> None:
    letter = Letter(name, sender=Party(DANA.address, name), cc=(Party("gus@customers.example", name),))
    said = message(f"Hello {name}\n\nSincerely", attachments=(BILL, PICTURE))
    prepared = Prepared(("a@customers.example", "b@customers.example"), QUOTE)
    composed = compose(outbound(said, answers=letter, company="회사 & Küche", prepared=prepared), BYTES)
    mail = parse(composed.raw)
    assert mail.troubles == ()
    assert (mail.message_id, mail.references) == (composed.message_id, prepared.references)
    assert (mail.sender.name, mail.to[0].address) == ("Ada Silva (회사 & Küche)", DANA.address)
    assert (mail.to[0].name, mail.cc[0].name) == (line(name), line(name))
    assert without_tokens(mail.subject) == f"Re: {line(name)}".strip()
    assert mail.reply_text.split() == clean(said.text).split()
    assert "It drips." in mail.folded
    assert [(part.name, part.content) for part in mail.attachments] == [
        (BILL.name, b"%PDF"),
        (PICTURE.name, b"\x89PNG"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_we_quote_and_sign_with_is_folded_by_ourselves_in_every_language(language: str) -> None:
    signed = {"signature": "{agent}\n{company}"}
    mail = parse(compose(outbound(language=language, settings=signed, prepared=Prepared((), QUOTE)), {}).raw)
    assert mail.reply_text.strip() == "Please send us a picture."
    assert "It drips." in mail.folded
    assert "Fennel & Oak" in mail.folded


def test_names_of_files_arrive_as_they_are() -> None:
    mail = sent(said=message(attachments=(BILL, PICTURE)))
    assert [(part.get_filename(), part.get_content()) for part in mail.iter_attachments()] == [
        ("명세서 – Küche.pdf", b"%PDF"),
        ("pot.png", b"\x89PNG"),
    ]


def test_a_picture_in_the_text_is_shown_there_and_not_attached_once_more() -> None:
    mail = sent(said=message(f"Look:\n\n![the lid]({PICTURE.url})", attachments=(PICTURE, BILL)))
    html = text_of(mail, "html")
    (inside,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert f'src="cid:{inside["Content-ID"].strip("<>")}"' in html
    assert inside.get_content_disposition() == "inline"
    assert [part.get_filename() for part in mail.iter_attachments()] == [BILL.name]
    assert "[the lid]" in text_of(mail, "plain")


def test_nothing_is_fetched_from_elsewhere_and_nothing_runs() -> None:
    evil = "<script>x()</script> <img src=x onerror=y> [a](javascript:z) ![t](https://track.example/p.gif) **b<u>**"
    html = text_of(sent(said=message(evil)), "html")
    assert not re.search(r"<script|<img|href=\"javascript|<u>", html)
    assert 'href="https://track.example/p.gif"' in html


def test_marks_that_people_mean_are_shown_and_others_stay_as_they_were() -> None:
    address = "https://shop.example/a_b_c?x=1&y=2"
    said = f"**Sorry** for that:\n- one\n- two\n\nsee {address}.\n2 * 3 * 4\nName\n----\n    far in\n#1234"
    html = text_of(sent(said=message(said)), "html")
    assert "<strong>Sorry</strong>" in html
    assert html.count("<li>") == 2
    assert '<a href="https://shop.example/a_b_c?x=1&amp;y=2">https://shop.example/a_b_c?x=1&amp;y=2</a>.' in html
    assert "2 * 3 * 4" in html
    assert "<h2" not in html
    assert "<code" not in html
    assert "#1234" in html
    assert said.split("\n")[0] in text_of(sent(said=message(said)), "plain")


def test_what_the_assistant_adds_stands_below_as_words_and_links() -> None:
    said = message(
        "Which one?",
        author=SAGE,
        choices=(Choice("a", "The lid"), Choice("b", "The base")),
        sources=tuple(Source("art_1", "Descaling", part, "/help/en/descaling") for part in ("How", "Why")),
        cards=(Card("Kettle 2", "1.7 litres", url="https://shop.example/k2"),),
    )
    for kind in ("plain", "html"):
        words = text_of(sent(said=said), kind)
        for part in ("The lid", "The base", "Kettle 2", "https://shop.example/k2"):
            assert part in words
        assert len(re.findall(r"https://desk\.fennel-oak\.example/help/en/descaling(?![^<]*\">)", words)) == 1
    assert "/help/" not in text_of(sent(said=said, public_url=""), "plain")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "On 2023-11-14 at 21:56 UTC, Dana Evans wrote:"),
        ("fr", "Le 14/11/2023 à 21:56 (UTC), Dana Evans a écrit :"),
        ("ko", "2023년 11월 14일 21:56 (UTC), Dana Evans 님이 작성:"),
        ("zh-Hans", "Dana Evans 于 2023年11月14日 21:56 (UTC) 写道："),
        ("zh-Hant", "Dana Evans 於 2023年11月14日 21:56 (UTC) 寫道："),
    ],
)
def test_what_she_wrote_stands_below_in_her_language(language: str, line: str) -> None:
    mail = sent(prepared=Prepared((), QUOTE), language=language)
    assert f"{line}\n> It drips.\n>\n> From the lid.\n" in text_of(mail, "plain")
    assert line in text_of(mail, "html")
    assert f'lang="{language}"' in text_of(mail, "html")


def test_a_very_long_letter_is_quoted_in_part() -> None:
    assert len(compose(outbound(prepared=Prepared((), Quote("long " * 100_000, "Dana", 0))), {}).raw) < 60_000


def test_the_signature_is_the_agents_in_the_customers_language() -> None:
    settings = {"signature": {"en": "{agent}\n{company}", "fr": "{agent}, pour {company}"}}
    assert "-- \nAda Silva, pour Fennel & Oak\n" in text_of(sent(settings=settings, language="fr"), "plain")
    assert "Ada Silva<br>\nFennel &amp; Oak</div>" in text_of(sent(settings=settings), "html")


def test_a_reader_whose_address_not_every_server_can_write_keeps_nothing_from_being_sent() -> None:
    along = Letter("x", sender=DANA, cc=(Party("émile@customers.example"), Party("gus@bücher.example")))
    composed = compose(outbound(answers=along), {})
    assert (composed.cc, composed.utf8) == (("gus@xn--bcher-kva.example",), False)
    assert composed.raw.isascii()


def test_who_has_such_an_address_is_written_to_nevertheless() -> None:
    composed = compose(outbound(answers=Letter("x", sender=Party("émile@customers.example"))), {})
    assert (composed.to, composed.utf8) == (("émile@customers.example",), True)
    assert "To: émile@customers.example\r\n".encode() in composed.raw


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_passed_on_stands_below_under_heads_in_the_conversations_language(language: str) -> None:
    letter = msgspec.structs.replace(
        LETTER, subject="Re: Kettle leaks", folded="> before\n-- \nDana", cc=(Party("g@x.example"),)
    )
    original = message("It drips.\n*really*", author=Actor("customer", "cus_1", "Dana Evans"), letter=letter)
    chosen = message("See below.", letter=Letter(to=(Party("help@pottery.example"),), forwards=original.id))
    mail = sent(said=chosen, forwards=original, language=language, settings={"subject_token": False})
    assert mail["Subject"] == "Fwd: Kettle leaks"
    assert (mail["In-Reply-To"], mail["References"]) == (None, "<first@customers.example>")
    for kind in ("plain", "html"):
        shown = html.unescape(text_of(mail, kind))
        for part in ("See below.", "Dana Evans <dana@customers.example>", "g@x.example", "*really*", "> before"):
            assert part in shown, (kind, part)
        assert "{" not in shown
        assert "forwarded." not in shown
    read = parse(bytes(mail))
    assert (read.reply_text.startswith("See below."), "2023-11-14 22:13 UTC" in read.text) == (True, True)


def test_what_we_had_said_ourselves_is_passed_on_as_ours_and_once_more_forwarded_as_fwd_once() -> None:
    before = Letter("Fwd: Re: FW: Kettle leaks", bcc=(Party("chief@x.example"),))
    original = message("We have **none** left.", letter=before)
    chosen = message("", letter=Letter(to=(Party("help@pottery.example"),), forwards=original.id))
    mail = sent(said=chosen, forwards=original, settings={"subject_token": False})
    assert mail["Subject"] == "Fwd: Kettle leaks"
    assert "From: Ada Silva <support@fennel-oak.example>" in text_of(mail, "plain")
    assert "chief@" not in str(mail)


def test_who_reads_unseen_is_on_the_envelope_and_nowhere_else() -> None:
    boss = Party("chief@fennel-oak.example", "Noor Haddad")
    chosen = Letter("As I said", to=(DANA,), cc=(Party("gus@customers.example"),), bcc=(boss, DANA))
    composed = compose(outbound(message(letter=chosen)), {})
    assert composed.bcc == (boss.address,)
    assert b"chief" not in composed.raw
    assert b"Noor" not in composed.raw
    assert str(read(composed)["Subject"]).startswith("As I said [#1234-")
    following = compose(outbound(goes_on=chosen), {})
    assert (following.to, following.cc, following.bcc) == ((DANA.address,), ("gus@customers.example",), ())
    assert str(read(following)["Subject"]).startswith("Re: As I said [#1234-")


def test_an_address_that_only_some_servers_can_write_is_kept_where_an_agent_chose_it() -> None:
    chosen = Letter(to=(DANA,), bcc=(Party("노어@fennel-oak.example"),))
    composed = compose(outbound(message(letter=chosen)), {})
    assert (composed.utf8, composed.bcc) == (True, ("노어@fennel-oak.example",))
