"""What is chosen as the words of a mail, and how it is put down."""

import pytest

from goodword.channels.adapters.email.parsing import parse

TEXT = b"Content-Type: text/plain; charset=utf-8\n\n"
HTML = b"Content-Type: text/html; charset=utf-8\n\n"


def mixed(*parts: bytes, kind: bytes = b"mixed", boundary: bytes = b"tea") -> bytes:
    body = b"".join(b"--" + boundary + b"\n" + part + b"\n" for part in parts)
    return b"Content-Type: multipart/" + kind + b"; boundary=" + boundary + b"\n\n" + body + b"--" + boundary + b"--\n"


def test_of_alternatives_both_sides_are_kept():
    mail = parse(mixed(TEXT + b"It leaks.", HTML + b"<p>It <b>leaks</b>.</p>", kind=b"alternative"))

    assert (mail.text, mail.html, mail.attachments) == ("It leaks.", "<p>It <b>leaks</b>.</p>", ())


def test_html_alone_is_read_as_text():
    assert parse(HTML + b"<p>It leaks.</p><p>Dana</p>").text == "It leaks.\n\nDana"


@pytest.mark.parametrize("stub", [b"", b" \n", b"\xc2\xa0", b"Your mail program cannot show HTML."])
def test_a_stub_gives_way_to_what_the_html_says(stub: bytes):
    letter = b"<p>" + b"The kettle that I bought in your shop on Monday has begun to leak. " * 12 + b"</p>"

    mail = parse(mixed(TEXT + stub, HTML + letter, kind=b"alternative"))

    assert mail.text.startswith("The kettle that I bought")


def test_text_in_several_parts_is_all_read():
    mail = parse(
        mixed(TEXT + b"It leaks.", b"Content-Type: image/png; name=leak.png\n\nPNG", TEXT + b"Sent by a list.")
    )

    assert mail.text == "It leaks.\n\nSent by a list."
    assert [part.name for part in mail.attachments] == ["leak.png"]


def test_text_and_html_below_each_other_are_both_read():
    mail = parse(mixed(TEXT + b"It leaks.", HTML + b"<p>A footer of the company.</p>"))

    assert mail.text == "It leaks.\n\nA footer of the company."
    assert "It leaks." in mail.html


def test_the_same_twice_is_read_once_although_the_sender_calls_it_mixed():
    mail = parse(mixed(TEXT + b"It leaks.", HTML + b"<p>It leaks.</p>"))

    assert (mail.text, mail.html) == ("It leaks.", "<p>It leaks.</p>")


def test_the_picture_of_related_html_is_a_file():
    picture = b"Content-Type: image/png\nContent-ID: <leak@customers.example>\nContent-Disposition: inline\n\nPNG"
    related = mixed(
        HTML + b'<p>It leaks <img src="cid:leak@customers.example"></p>', picture, kind=b"related", boundary=b"pot"
    )

    mail = parse(mixed(TEXT + b"It leaks", related, kind=b"alternative"))

    assert mail.text == "It leaks"
    assert 'src="cid:leak@customers.example"' in mail.html
    assert [(part.content_id, part.inline, part.name) for part in mail.attachments] == [
        ("leak@customers.example", True, "image.png")
    ]


def test_a_text_that_is_attached_is_a_file():
    mail = parse(mixed(TEXT + b"It leaks.", b"Content-Disposition: attachment; filename=log.txt\n\ndrip"))

    assert mail.text == "It leaks."
    assert [part.name for part in mail.attachments] == ["log.txt"]


def test_a_lone_text_with_a_name_is_read_and_is_a_file():
    mail = parse(mixed(b'Content-Disposition: inline; filename="letter.txt"\n\nIt leaks.'))

    assert mail.text == "It leaks."
    assert [part.name for part in mail.attachments] == ["letter.txt"]


def test_signed_mail_is_read_and_its_signature_kept():
    signature = b"Content-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----"

    mail = parse(mixed(TEXT + b"It leaks.", signature, kind=b"signed"))

    assert mail.text == "It leaks."
    assert [(part.name, part.content) for part in mail.attachments] == [
        ("signature.asc", b"-----BEGIN PGP SIGNATURE-----")
    ]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (b"application/ms-tnef", "winmail.dat"),
        (b"application/pkcs7-mime", "smime.p7m"),
        (b"application/pgp-encrypted", "encrypted.txt"),
        (b"text/calendar; method=REQUEST", "invitation.ics"),
        (b"application/x-nobody-knows", "file.bin"),
    ],
)
def test_what_we_cannot_open_is_kept_as_it_is(kind: bytes, name: str):
    mail = parse(b"Content-Type: " + kind + b"\n\n\x00\x01kept")

    assert mail.text == ""
    assert [(part.name, part.content) for part in mail.attachments] == [(name, b"\x00\x01kept")]


def test_an_invitation_among_alternatives_is_a_file():
    mail = parse(mixed(TEXT + b"Tea?", b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR", kind=b"alternative"))

    assert mail.text == "Tea?"
    assert [part.name for part in mail.attachments] == ["invitation.ics"]


@pytest.mark.parametrize(
    ("fields", "body", "text"),
    [
        (
            "format=flowed",
            "A long line that \nflows on.\nAnd stops.\n-- \nDana",
            "A long line that flows on.\nAnd stops.\n-- \nDana",
        ),
        ("format=flowed; delsp=yes", "なが \nい。", "ながい。"),
        ("format=flowed", " >not quoted", ">not quoted"),
        ("format=flowed", "> quoted \n> stays", "> quoted \n> stays"),
        ("format=fixed", "A line \nbreaks", "A line \nbreaks"),
    ],
)
def test_flowing_lines_are_joined(fields: str, body: str, text: str):
    raw = f"Content-Type: text/plain; charset=utf-8; {fields}\n\n{body}".encode()

    assert parse(raw).text == text


@pytest.mark.parametrize(
    "kind", [b"text/enriched", b"text/markdown", b"text/x-nobody-knows", b"text", b"TEXT/PLAIN;", b"garbage"]
)
def test_text_of_any_kind_is_read(kind: bytes):
    assert parse(b"Content-Type: " + kind + b"\n\nIt leaks.").text == "It leaks."


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        (b"base64", b"SXQgbGVha3Mu", "It leaks."),
        (b"BASE64", b"SXQg\r\nbGVh\r\nIGtzLg==", "It lea ks."),
        (b"base64", b"SXQg=\nbGVha3M=\n", "It leaks"),
        (b"base64", b"SXQgbGVha3Mu\n\n-- \nSent by a list, with words below.", "It leaks."),
        (b"base64", b"SXQgbGVha3M", "It leaks"),
        (
            b"base64",
            b"It leaks, and nobody has encoded it. Really not!",
            "It leaks, and nobody has encoded it. Really not!",
        ),
        (b'"quoted-printable"', b"It=20lea=\nks.", "It leaks."),
        (b"quoted-printable", b"It lea= \r\nks =C3=A9 =ZZ 1=2", "It leaks é =ZZ 1=2"),
        (b"x-uuencode", b"begin 644 a.txt\n)270@;&5A:W,N\n`\nend\n", "It leaks."),
        (b"8bit", "théière".encode(), "théière"),
        (b"x-nobody-knows", b"It leaks.", "It leaks."),
        (b"", b"It leaks.", "It leaks."),
    ],
)
def test_transfer_encodings_are_undone_however_they_are_damaged(encoding: bytes, body: bytes, text: str):
    assert parse(b"Content-Transfer-Encoding: " + encoding + b"\n\n" + body).text == text


def test_what_is_new_in_a_reply_is_of_its_text():
    quoted = "It leaks again.\n\nOn Mon, 2 Feb 2026 at 10:00, Care <care@fennel-oak.example> wrote:\n> Is it mended?\n"

    mail = parse(f"Subject: Re: The kettle\n\n{quoted}".encode())

    assert mail.reply_text == "It leaks again."
    assert "Is it mended?" in mail.folded


def test_html_that_is_called_text_is_read_as_html():
    mail = parse(TEXT + b"\n<html><body><p>It leaks.</p></body></html>")

    assert (mail.text, mail.html) == ("It leaks.", "<p>It leaks.</p>")


def test_a_mail_that_is_nothing_but_another_one_is_read():
    mail = parse(b"Content-Type: message/rfc822\n\nSubject: The kettle\n\nIt leaks.\n")

    assert mail.text == "It leaks."
    assert [part.name for part in mail.attachments] == ["The kettle.eml"]


def test_a_file_in_the_text_is_taken_out_of_it():
    mail = parse(b"See below.\n\nbegin 644 leak.txt\n)270@;&5A:W,N\n`\nend\n\nDana")

    assert mail.text == "See below.\n\n\nDana"
    assert [(part.name, part.content) for part in mail.attachments] == [("leak.txt", b"It leaks.")]


@pytest.mark.parametrize("text", ["begin 644 the day\nwith tea\nend", "begin 644 a.txt\n)270@;&5A:W,N", "begin\nend"])
def test_words_that_look_like_a_file_stay_words(text: str):
    assert parse(f"\n{text}".encode()).text == text
