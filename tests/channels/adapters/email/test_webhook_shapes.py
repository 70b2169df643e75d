"""What providers post, made the bytes of a mail again."""

import base64
import json

import pytest

from goodword.channels.adapters.email.mime.structure import read_entity
from goodword.channels.adapters.email.webhooks import NoMail, unpacked
from goodword.channels.adapters.email.webhooks.forms import read_form
from goodword.channels.contract import Unreadable

MIME = b"From: Dana <dana@customers.example>\r\nTo: help@fennel-oak.example\r\nSubject: X\r\n\r\nIt is cracked.\xe9\r\n"
HEADERS = [
    ["Received", "by mx.fennel-oak.example"],
    ["From", "Camille Roy <camille@customers.example>"],
    ["To", "help@fennel-oak.example"],
    ["Subject", "Théière"],
    ["Message-Id", "<m1@customers.example>"],
    ["Content-Type", 'multipart/mixed; boundary="x"'],
]
PIXEL = b"\x89PNG\r\n\x1a\n\x00 --b\r\n--not-a-boundary"


def multipart(fields: dict[str, bytes | str], files: dict[str, tuple[str, str, bytes]] | None = None) -> bytes:
    boundary = b"--------9f8e"
    parts = []
    for name, value in fields.items():
        content = value.encode() if isinstance(value, str) else value
        parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content)
    for name, (file, kind, content) in (files or {}).items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(head.encode() + content)
    return b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def sns(message: dict, **more) -> bytes:
    return json.dumps({"Type": "Notification", "Message": json.dumps(message), **more}).encode()


def ses(content: bytes, encoding: str) -> bytes:
    text = base64.b64encode(content).decode() if encoding == "BASE64" else content.decode()
    receipt = {"recipients": ["help@fennel-oak.example"], "action": {"type": "SNS", "encoding": encoding}}
    return sns({"notificationType": "Received", "receipt": receipt, "content": text, "mail": {"source": "x"}})


def leaves(raw: bytes) -> list:
    return [entity for entity in read_entity(raw).walk() if not entity.children]


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        ("mailgun", multipart({"recipient": "help+7@fennel-oak.example", "body-mime": MIME, "token": "t"})),
        ("sendgrid", multipart({"envelope": '{"to":["help+7@fennel-oak.example"]}', "email": MIME})),
        (
            "postmark",
            json.dumps({"RawEmail": MIME.decode("latin-1"), "OriginalRecipient": "a@b", "From": "x"}).encode(),
        ),
        ("ses", ses(MIME, "BASE64")),
    ],
)
def test_a_mail_that_is_there_whole_is_what_it_was_below_the_addresses_of_its_envelope(shape, body):
    raw = unpacked(shape, body)
    assert raw.startswith(b"X-Original-To: ")
    rest = raw.partition(b"\r\n")[2]
    assert rest == (MIME.decode("latin-1").encode() if shape == "postmark" else MIME)


@pytest.mark.parametrize("shape", ["mailgun", "sendgrid", "postmark"])
def test_of_its_parts_a_mail_is_put_together_with_headers_texts_and_files(shape):
    raw = unpacked(shape, IN_PARTS[shape])
    mail = read_entity(raw)
    assert mail.header("message-id") == b"<m1@customers.example>"
    assert mail.header("subject").decode() == "Théière"
    assert len(mail.all("content-type")) == 1
    plain, html, picture = leaves(raw)
    assert (plain.content_type, plain.body.decode()) == ("text/plain", "Le couvercle est fêlé.")
    assert (html.content_type, html.body.decode()) == ("text/html", "<p>Le couvercle</p>")
    assert (picture.content_type, picture.body, picture.content_id) == ("image/png", PIXEL, "lid@x")
    assert unpacked(shape, IN_PARTS[shape]) == raw


IN_PARTS = {
    "mailgun": multipart(
        {
            "recipient": "help@fennel-oak.example",
            "message-headers": json.dumps(HEADERS),
            "body-plain": "Le couvercle est fêlé.",
            "body-html": "<p>Le couvercle</p>",
            "content-id-map": '{"<lid@x>": "attachment-1"}',
        },
        {"attachment-1": ("fêlé.png", "image/png", PIXEL)},
    ),
    "sendgrid": multipart(
        {
            "headers": "".join(f"{name}: {value}\n" for name, value in HEADERS if name != "Subject"),
            "subject": "Théière",
            "text": "Le couvercle est fêlé.".encode("latin-1"),
            "html": "<p>Le couvercle</p>",
            "charsets": '{"text":"iso-8859-1","subject":"UTF-8"}',
            "content-ids": '{"lid@x":"attachment1"}',
            "envelope": "{}",
        },
        {"attachment1": ("fêlé.png", "image/png", PIXEL)},
    ),
    "postmark": json.dumps(
        {
            "From": "Camille Roy <camille@customers.example>",
            "To": "help@fennel-oak.example",
            "Subject": "Théière",
            "Headers": [{"Name": "Message-ID", "Value": "<m1@customers.example>"}],
            "TextBody": "Le couvercle est fêlé.",
            "HtmlBody": "<p>Le couvercle</p>",
            "Attachments": [
                {
                    "Name": "fêlé.png",
                    "ContentType": "image/png",
                    "ContentID": "lid@x",
                    "Content": base64.b64encode(PIXEL).decode(),
                }
            ],
        }
    ).encode(),
}


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        ("ses", sns({"notificationType": "Delivery"})),
        ("ses", json.dumps({"Type": "Notification", "Message": "Successfully validated SNS topic"}).encode()),
        ("postmark", json.dumps({"RecordType": "Bounce", "ID": 42}).encode()),
        ("mailgun", multipart({"event": "delivered", "domain": "x"})),
        ("sendgrid", multipart({"text": "x"})),
    ],
)
def test_news_of_something_else_is_no_mail(shape, body):
    with pytest.raises(NoMail):
        unpacked(shape, body)


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        ("ses", sns({"notificationType": "Received", "receipt": {"action": {"type": "S3"}}})),
        ("ses", b"{"),
        ("postmark", b"\xff"),
        ("postmark", b"[]"),
        ("mailgun", multipart({"message-headers": "not json"})),
        ("mailgun", b"recipient=x&body-plain=y"),
        ("sendgrid", multipart({"from": "x", "charsets": "["})),
    ],
)
def test_what_makes_no_sense_waits_for_a_person(shape, body):
    with pytest.raises(Unreadable):
        unpacked(shape, body)


def test_a_header_cannot_be_slipped_in():
    form = {"message-headers": json.dumps([["Subject", "x\r\nBcc: all@x"], ["Bad\r\nName", "y"]]), "body-plain": "z"}
    evil = {"attachment-1": ('x"\r\nX-Evil: 1', "text/html\r\nX-Evil: 1", b"boo")}
    raw = unpacked("mailgun", multipart({**form, "recipient": "a@b\r\nX-Evil: 1"}, evil))
    names = {name.lower() for entity in read_entity(raw).walk() for name, _ in entity.headers}
    assert not names & {"bcc", "bad", "x-evil"}


def test_forms_of_both_kinds_are_read_and_the_first_value_counts():
    assert read_form(b"a=1&b=%C3%A9+x&a=2").fields == {"a": b"1", "b": "é x".encode()}
    assert read_form(multipart({"a": b"1\r\n--x"})).fields == {"a": b"1\r\n--x"}
    for broken in (
        b"",
        b"--",
        b"--x\r\n",
        b"--x\r\nContent-Disposition: form-data\r\n\r\n",
        b"&=&&" * 2_000,
        b"\xff" * 9,
    ):
        read_form(broken)
