"""Whatever bytes come in, a mail comes out: soon, small, and in text that can be stored."""

import os
import random
import time
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from goodword.channels.adapters.email.model import Mail
from goodword.channels.adapters.email.parsing import parse

HEAD = b"From: Dana Evans <dana@customers.example>\nSubject: The kettle\n"
MULTIPART = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"
PIECES = [
    *(
        HEAD,
        MULTIPART,
        HTML,
        b"\n",
        b"\r\n",
        b"\r",
        b"\n\n",
        b"--b\n",
        b"--b--\n",
        b"\0",
        b"\xff",
        b"\x1b$B0l",
        b";",
        b":",
        b'"',
    ),
    *(
        b"Content-Type: ",
        b"multipart/alternative; boundary=c\n",
        b"text/plain; charset=",
        b"message/rfc822\n",
        b"utf-7\n",
        b"gb2312\n",
    ),
    *(
        b"Content-Transfer-Encoding: ",
        b"base64\n",
        b"quoted-printable\n",
        b"x-uuencode\n",
        b"begin 644 a\n",
        b"M=",
        b"=?utf-8?Q?",
        b"?=",
    ),
    *(
        b"Content-Disposition: attachment; filename*0*=",
        b"utf-8''%C3",
        b"<a href='",
        b"<p>",
        b"</p>",
        b"<!--",
        b"+2AA-",
        b"<a@b>",
    ),
    *(
        b"To: ",
        b"(",
        b")",
        b"<",
        b">",
        b",",
        b"References: ",
        b"Date: ",
        b"1 Jan 2026",
        b" ",
        b"> ",
        b"On wrote:\n",
        "张".encode(),
    ),
]


def check(mail: Mail) -> None:
    names = [(part.name, part.content_type, part.content_id) for part in mail.attachments]
    stored = msgspec.json.encode((msgspec.structs.replace(mail, attachments=()), names))

    assert rb"\u0000" not in stored
    assert all(part.name for part in mail.attachments)


@settings(deadline=None)
@given(some.binary(max_size=2_000))
def test_bytes_by_chance(raw: bytes):
    check(parse(raw))


@settings(max_examples=300, deadline=None)
@given(some.lists(some.sampled_from(PIECES) | some.binary(max_size=20), max_size=40))
def test_pieces_of_mails_in_any_order(pieces: list[bytes]):
    check(parse(b"".join(pieces)))


NASTY: dict[str, Callable[[], bytes]] = {
    "multiparts in each other": lambda: (
        HEAD + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(10_000))
    ),
    "mails in each other": lambda: HEAD + b"Content-Type: message/rfc822\n\n" * 10_000,
    "boundaries that begin alike": lambda: (
        HEAD
        + b"".join(
            b'Content-Type: multipart/mixed; boundary="%s"\n\n--%s\n' % (b"a" * n, b"a" * n) for n in range(1, 2_000)
        )
    ),
    "a hundred thousand parts": lambda: MULTIPART + b"--b\nContent-Disposition: attachment\n\nx\n" * 100_000,
    "almost delimiters": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=bb\n\n" + b"--bbb\n" * 1_000_000,
    "multiparts without parts": lambda: MULTIPART + b"--b\nContent-Type: multipart/mixed\n\nx\n" * 20_000,
    "a header of 5 MB": lambda: HEAD + b"X-A: " + b"a" * 5_000_000,
    "a million headers": lambda: b"X-A: a\n" * 1_000_000 + HEAD,
    "a header that goes on": lambda: HEAD + b"X-A: a\n" + b" a\n" * 1_000_000,
    "carriage returns": lambda: b"From: x\n" + b"\r" * 3_000_000,
    "encoded words that never end": lambda: b"Subject: " + b"=?utf-8?q?" * 100_000,
    "quotes that never end": lambda: b"To: " + b'"\\' * 300_000,
    "brackets that never end": lambda: b"To: " + b"[(<" * 100_000 + b"a@b.example",
    "addresses": lambda: b"To: " + b"a@b.example, " * 300_000,
    "parameters": lambda: b"Content-Type: text/plain" + b';a="\\' * 200_000,
    "references": lambda: b"References: " + b"<" * 300_000 + b"<a@b> " * 300_000,
    "20 MB of base64": lambda: (
        HEAD + b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + b"QUFB\n" * 4_000_000
    ),
    "base64 in a million pieces": lambda: HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"QQ==" * 1_000_000,
    "soft line breaks": lambda: HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"= \t" * 1_000_000,
    "one long line": lambda: HEAD + b"\n" + b"a" * 10_000_000,
    "quotes of quotes": lambda: HEAD + b"\n" + b"> " * 500_000,
    "greetings": lambda: HEAD + b"\n" + b"On Monday Dana wrote:\n" * 50_000,
    "accents": lambda: HEAD + b"\n" + "\u0301\u0316".encode() * 300_000,
    "noise": lambda: HEAD + b"\n" + random.Random(4).randbytes(1_000_000),
    "noise that is called Chinese": lambda: (
        HEAD + b"Content-Type: text/plain; charset=gb2312\n\n" + os.urandom(1_000_000)
    ),
    "escapes": lambda: HEAD + b"\n" + b"\x1b$B0l\x1b(B" * 100_000,
    "deep HTML": lambda: HTML + b"<div>" * 200_000,
    "deep lists": lambda: HTML + b"<ul><li>" * 100_000,
    "formatting left open": lambda: (
        HTML + b"<p>" + b"".join(b"<b a%d>" % n for n in range(3_000)) + b"</p><p>x" * 50_000
    ),
    "tags that never end": lambda: HTML + b"<a " * 300_000,
    "comments that never end": lambda: HTML + b"<!--" * 300_000,
    "attributes": lambda: HTML + b"<a " + b"".join(b"a%d=1 " % n for n in range(100_000)) + b">",
    "styles": lambda: HTML + b"<style>" * 100_000 + b"</style" * 100_000,
    "links on one line": lambda: HTML + b'x <a href="https://shop.example/">y</a>' * 20_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("case", NASTY)
def test_traps_cost_seconds_and_not_minutes(case: str):
    raw = NASTY[case]()
    before = time.process_time()

    mail = parse(raw)

    assert time.process_time() - before < 10
    check(mail)
