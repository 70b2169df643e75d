"""What providers post, made the bytes of a mail again."""

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from goodword.channels.adapters.email.webhooks.forms import Form, Upload, read_form
from goodword.channels.adapters.email.webhooks.rebuilding import Piece, rebuilt, with_recipients
from goodword.channels.contract import Unreadable

MOST_FILES: Final = 1_000


class NoMail(Exception):
    """It tells of something else: that a mail was opened, that a subscription begins."""


class Full(msgspec.Struct, frozen=True):
    """An address as Postmark has it."""

    Email: str = ""


class Header(msgspec.Struct, frozen=True):
    Name: str = ""
    Value: str = ""


class PostmarkFile(msgspec.Struct, frozen=True):
    Name: str = ""
    ContentType: str = ""
    ContentID: str = ""
    Content: str = ""
    Data: str = ""


class Postmark(msgspec.Struct, frozen=True):
    RecordType: str = "Inbound"
    RawEmail: str = ""
    From: str = ""
    To: str = ""
    Cc: str = ""
    ReplyTo: str = ""
    Subject: str = ""
    Date: str = ""
    OriginalRecipient: str = ""
    BccFull: tuple[Full, ...] = ()
    TextBody: str = ""
    HtmlBody: str = ""
    Headers: tuple[Header, ...] = ()
    Attachments: tuple[PostmarkFile, ...] = ()


class Notification(msgspec.Struct, frozen=True):
    """What Amazon's SNS wraps around what SES says."""

    Type: str = ""
    Message: str = ""


class Action(msgspec.Struct, frozen=True):
    encoding: str = ""


class Receipt(msgspec.Struct, frozen=True):
    recipients: tuple[str, ...] = ()
    action: Action = Action()


class Received(msgspec.Struct, frozen=True):
    notificationType: str = ""
    receipt: Receipt = Receipt()
    content: str | None = None


class Envelope(msgspec.Struct, frozen=True):
    to: tuple[str, ...] = ()


def unpacked(shape: str, body: bytes) -> bytes:
    """The bytes of the mail in it, the same for the same mail. ``Unreadable``; ``NoMail``: there is none in it."""
    return SHAPES[shape](body)


def _mailgun(body: bytes) -> bytes:
    form = read_form(body)
    recipients = form.text("recipient").split(",")
    if raw := form.fields.get("body-mime"):
        return with_recipients(raw, recipients)
    if "message-headers" not in form.fields:
        if "event" in form.fields or not form.fields:
            raise NoMail
        raise Unreadable("no_mail_inside")
    headers = _json(form.fields["message-headers"], list[tuple[str, str]])
    mail = rebuilt(headers, form.text("body-plain"), form.text("body-html"), _mailgun_files(form))
    return with_recipients(mail, recipients)


def _mailgun_files(form: Form) -> list[Piece]:
    ids = _json(form.fields.get("content-id-map") or b"{}", dict[str, str])
    return _pieces(form.files, "attachment-", {field: id for id, field in ids.items()})


def _sendgrid(body: bytes) -> bytes:
    form = read_form(body)
    envelope = _json(form.fields.get("envelope") or b"{}", Envelope)
    if raw := form.fields.get("email"):
        return with_recipients(raw, envelope.to)
    if "headers" not in form.fields and "from" not in form.fields:
        raise NoMail
    charsets = _json(form.fields.get("charsets") or b"{}", dict[str, str])
    text, html = (form.text(name, charsets.get(name, "utf-8")) for name in ("text", "html"))
    named = _json(form.fields.get("content-ids") or b"{}", dict[str, str])
    pieces = _pieces(form.files, "attachment", {field: id for id, field in named.items()})
    mail = rebuilt(_sendgrid_headers(form, charsets), text, html, pieces)
    return with_recipients(mail, envelope.to)


def _sendgrid_headers(form: Form, charsets: dict[str, str]) -> Iterable[tuple[str, str]]:
    """The block of headers; what it lacks is taken from the fields of their names."""
    headers: list[tuple[str, str]] = []
    for line in form.text("headers").splitlines():
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
        elif colon:
            headers.append((name, value.strip()))
    there = {name.lower() for name, _ in headers}
    return [
        *headers,
        *(
            (name, form.text(name, charsets.get(name, "utf-8")))
            for name in ("from", "to", "subject")
            if name not in there
        ),
    ]


def _postmark(body: bytes) -> bytes:
    mail = _json(body, Postmark)
    if mail.RecordType != "Inbound":
        raise NoMail
    recipients = (mail.OriginalRecipient, *(full.Email for full in mail.BccFull))
    if mail.RawEmail:
        return with_recipients(mail.RawEmail.encode("utf-8", "replace"), recipients)
    if not (mail.From or mail.Headers):
        raise NoMail
    written = {"From": mail.From, "To": mail.To, "Cc": mail.Cc, "Reply-To": mail.ReplyTo, "Subject": mail.Subject}
    there = {header.Name.lower() for header in mail.Headers}
    headers = [(header.Name, header.Value) for header in mail.Headers]
    more = {**written, "Date": mail.Date}.items()
    headers += [(name, value) for name, value in more if value and name.lower() not in there]
    pieces = [
        Piece(file.Name, file.ContentType, _base64(file.Content or file.Data), file.ContentID.removeprefix("cid:"))
        for file in mail.Attachments
    ]
    return with_recipients(rebuilt(headers, mail.TextBody, mail.HtmlBody, pieces), recipients)


def _ses(body: bytes) -> bytes:
    notification = _json(body, Notification)
    try:
        told = msgspec.json.decode(notification.Message, type=Received)
    except msgspec.MsgspecError as error:
        raise NoMail from error
    if notification.Type != "Notification" or told.notificationType != "Received":
        raise NoMail
    if told.content is None:
        raise Unreadable("stored_elsewhere")
    coded = told.receipt.action.encoding.upper() == "BASE64"
    raw = _base64(told.content) if coded else told.content.encode("utf-8", "replace")
    return with_recipients(raw, told.receipt.recipients)


SHAPES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "mailgun": _mailgun,
    "postmark": _postmark,
    "sendgrid": _sendgrid,
    "ses": _ses,
}


def _pieces(files: dict[str, Upload], prefix: str, content_ids: dict[str, str]) -> list[Piece]:
    """In the order of their numbers, in which the mail had them."""
    numbered = sorted(
        (int(field.removeprefix(prefix)), field)
        for field in files
        if field.startswith(prefix) and field.removeprefix(prefix).isdecimal() and len(field) < 30
    )
    found = [(files[field], content_ids.get(field, "")) for _, field in numbered[:MOST_FILES]]
    return [Piece(file.name, file.content_type, file.content, id.strip().strip("<>")) for file, id in found]


def _json(raw: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unreadable("no_mail_inside") from error


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("no_mail_inside") from error
