"""Every way in which the parts of a mail are put together wrongly, and what a person would still want to read."""

import base64

import pytest

from goodword.channels.adapters.email.mime.structure import DEEPEST, MOST_PARTS, read_entity
from goodword.channels.adapters.email.parsing import parse

DANA = b"From: Dana Evans <dana@customers.example>\nSubject: The kettle\n"


def multipart(body: bytes, kind: bytes = b"mixed", boundary: bytes = b"tea") -> bytes:
    return DANA + b'Content-Type: multipart/%s; boundary="%s"\n\n%s' % (kind, boundary, body)


def test_a_plain_mail_has_its_headers_and_its_text():
    entity = read_entity(DANA + b"X-Folded: one\n two\n\tthree\n\nIt leaks.\n")

    assert entity.header("x-folded") == b"one two\tthree"
    assert entity.body == b"It leaks.\n"
    assert entity.content_type == "text/plain"


@pytest.mark.parametrize("line_break", [b"\n", b"\r\n", b"\r", b"\r\r\n"])
def test_any_line_break_will_do(line_break: bytes):
    raw = multipart(
        b"--tea\nContent-Type: text/plain\n\nIt leaks.\n--tea\nContent-Type: image/png; name=a.png\n\nP\n--tea--\n"
    )

    mail = parse(raw.replace(b"\n", line_break))

    assert (mail.sender.address, mail.subject, mail.text) == ("dana@customers.example", "The kettle", "It leaks.")
    assert [part.name for part in mail.attachments] == ["a.png"]


@pytest.mark.parametrize(
    "lead",
    [
        b"From dana@customers.example Sat Jan 31 10:00:00 2026\n",
        b">From dana@customers.example Sat Jan 31 10:00:00 2026\n",
        b"\n\n",
        b"\xef\xbb\xbf",
        b"This line is junk\n",
        b"220 welcome\nand another\n",
    ],
)
def test_junk_above_the_headers_is_passed_over(lead: bytes):
    mail = parse(lead + DANA + b"\nIt leaks.\n")

    assert (mail.sender.address, mail.subject, mail.text) == ("dana@customers.example", "The kettle", "It leaks.")


def test_a_line_that_is_no_header_does_not_hide_the_ones_below():
    mail = parse(b"Subject: The kettle\nthat leaks\nFrom: dana@customers.example\n\nHelp.")

    assert mail.sender.address == "dana@customers.example"
    assert mail.text == "Help."
    assert "junk_in_headers" in mail.troubles


def test_text_begins_where_no_header_goes_on_although_the_blank_line_is_missing():
    mail = parse(DANA + b"Hello,\nmy kettle leaks.\n\nDana")

    assert mail.text == "Hello,\nmy kettle leaks.\n\nDana"
    assert "no_blank_line" in mail.troubles


def test_parts_are_found_although_the_blank_line_above_them_is_missing():
    raw = DANA + b"Content-Type: multipart/mixed; boundary=tea\n--tea\nContent-Type: text/plain\n\nIt leaks.\n--tea--\n"

    assert parse(raw).text == "It leaks."


@pytest.mark.parametrize("raw", [b"", b"\n", b"\r", b"\0", b":", b" ", b"--\n", b"From:", b"\xff\xfe", b"\xef\xbb\xbf"])
def test_next_to_nothing_is_a_mail(raw: bytes):
    assert parse(raw).sender.address == ""


def test_bytes_without_any_header_are_text():
    assert parse(b"Just a few words,\nin two lines.").text == "Just a few words,\nin two lines."


def test_a_missing_last_delimiter_loses_nothing():
    mail = parse(multipart(b"--tea\n\nIt leaks.\n--tea\nContent-Type: image/png; name=a.png\n\nPNG"))

    assert mail.text == "It leaks."
    assert mail.attachments[0].content == b"PNG"


def test_boundaries_that_begin_alike_are_told_apart():
    inner = b"Content-Type: multipart/alternative; boundary=teapot\n\n--teapot\n\nIt leaks.\n--teapot--\n"

    mail = parse(multipart(b"--tea\n" + inner + b"--tea\nContent-Type: image/png; name=a.png\n\nP\n--tea--"))

    assert mail.text == "It leaks."
    assert [part.name for part in mail.attachments] == ["a.png"]


def test_two_multiparts_with_one_boundary_are_read():
    inner = b"Content-Type: multipart/alternative; boundary=tea\n\n--tea\n\nIt leaks.\n--tea--\n"

    mail = parse(multipart(b"--tea\n" + inner + b"--tea\nContent-Type: image/png; name=a.png\n\nP\n--tea--"))

    assert mail.text == "It leaks."
    assert [part.name for part in mail.attachments] == ["a.png"]


def test_parts_below_the_last_delimiter_are_kept():
    mail = parse(
        multipart(b"--tea\n\nIt leaks.\n--tea--\n\n--tea\nContent-Type: image/png; name=a.png\n\nP\n--tea--\n")
    )

    assert [part.name for part in mail.attachments] == ["a.png"]


@pytest.mark.parametrize(
    "content_type", [b"multipart/mixed", b"multipart/mixed; boundary=", b"multipart/mixed; boundary=x"]
)
def test_parts_are_found_without_their_boundary(content_type: bytes):
    raw = DANA + b"Content-Type: " + content_type + b"\n\n--tea\nContent-Type: text/plain\n\nIt leaks.\n--tea--\n"

    mail = parse(raw)

    assert mail.text == "It leaks."
    assert "wrong_boundary" in mail.troubles


def test_a_multipart_without_parts_is_text():
    mail = parse(multipart(b"It leaks, and nobody has put me into a part.\n"))

    assert mail.text == "It leaks, and nobody has put me into a part."


def test_parts_that_were_encoded_together_are_found():
    hidden = base64.encodebytes(b"--tea\nContent-Type: text/plain\n\nIt leaks.\n--tea--\n")

    mail = parse(DANA + b"Content-Type: multipart/mixed; boundary=tea\nContent-Transfer-Encoding: base64\n\n" + hidden)

    assert mail.text == "It leaks."


def test_a_delimiter_left_behind_is_not_read_out():
    mail = parse(
        multipart(
            b"--tea\nContent-Type: text/plain\n\nIt leaks.\n--pot--\n"
            b"--tea\nContent-Type: multipart/mixed; boundary=pot\n\n\n--tea--"
        )
    )

    assert mail.text == "It leaks."


def test_preamble_and_epilogue_are_not_read_out():
    mail = parse(multipart(b"You need a better mail program.\n--tea\n\nIt leaks.\n--tea--\nSent by a list.\n"))

    assert mail.text == "It leaks."


@pytest.mark.parametrize("encoding", [b"7bit", b"base64"])
def test_a_mail_inside_is_a_file_named_after_its_subject(encoding: bytes):
    inside = b"From: kim@customers.example\nSubject: =?utf-8?Q?Bestellung_=C3=BC=3A?=\n\nInside.\n"
    body = base64.encodebytes(inside) if encoding == b"base64" else inside
    part = b"--tea\nContent-Type: message/rfc822\nContent-Transfer-Encoding: " + encoding + b"\n\n" + body

    mail = parse(multipart(b"--tea\n\nIt leaks.\n" + part + b"--tea--\n"))

    assert mail.text == "It leaks."
    assert [(file.name, file.content_type) for file in mail.attachments] == [("Bestellung ü_.eml", "message/rfc822")]
    assert b"Inside." in mail.attachments[0].content


def test_parts_of_a_digest_are_mails():
    mail = parse(multipart(b"--tea\n\nSubject: One\n\nA\n--tea\n\nSubject: Two\n\nB\n--tea--", kind=b"digest"))

    assert [part.name for part in mail.attachments] == ["One.eml", "Two.eml"]


def test_depth_is_bounded():
    levels = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(10_000))

    entity = read_entity(DANA + levels + b"\nbottom\n")

    depth, inner = 0, entity
    while inner.children:
        depth, inner = depth + 1, inner.children[-1]
    assert depth <= DEEPEST
    assert "too_deep" in parse(DANA + levels + b"\nbottom\n").troubles


def test_the_number_of_parts_is_bounded():
    mail = parse(multipart(b"--tea\nContent-Type: image/png; name=a.png\n\nP\n" * 100_000))

    assert MOST_PARTS - 2 <= len(mail.attachments) <= MOST_PARTS
    assert "too_many_parts" in mail.troubles
