"""The files of a mail: every part that is neither its text nor its HTML, under its name without any path."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from goodword.channels.adapters.email.mime.choosing import Chosen, own_parts
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.structure import MESSAGES, Entity
from goodword.channels.adapters.email.model import Part
from goodword.platform.files import safe_name, shortened

LONGEST_NAME = 200
_NAMES = {
    "application/ms-tnef": "winmail.dat",
    "application/vnd.ms-tnef": "winmail.dat",
    "application/pgp-encrypted": "encrypted.txt",
    "application/pgp-keys": "key.asc",
    "application/pgp-signature": "signature.asc",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "message/delivery-status": "delivery-status.txt",
    "message/disposition-notification": "disposition-notification.txt",
    "message/feedback-report": "feedback-report.txt",
    "text/calendar": "invitation.ics",
    "text/html": "text.html",
    "text/plain": "text.txt",
    "text/rfc822-headers": "headers.txt",
    "text/vcard": "contact.vcf",
    "text/x-vcard": "contact.vcf",
    "text/x-amp-html": "text.amp.html",
}
_SUFFIXES = {
    "jpeg": "jpg",
    "pjpeg": "jpg",
    "svg+xml": "svg",
    "x-png": "png",
    "mpeg": "mp3",
    "msword": "doc",
    "quicktime": "mov",
    "x-zip-compressed": "zip",
}


def files_of(root: Entity, chosen: Chosen, from_text: Iterable[tuple[str, bytes]] = ()) -> tuple[Part, ...]:
    """A text that has a name of its own is shown and is a file as well."""
    shown = {id(part) for part in (*chosen.text_parts, *chosen.html_parts)}
    unnamed: Counter[str] = Counter()
    parts = [
        _part(part, unnamed)
        for part in own_parts(root)
        if id(part) not in shown or (part.header("content-disposition") and part.filename)
    ]
    return (*parts, *(Part(_bare(name), "application/octet-stream", content) for name, content in from_text))


def _part(part: Entity, unnamed: Counter[str]) -> Part:
    name = part.filename
    if not name:
        name = _name_of_mail(part) if part.content_type in MESSAGES else ""
    if not name:
        name = _NAMES.get(part.content_type) or f"{_stem(part)}.{_suffix(part)}"
        unnamed[name] += 1
        if unnamed[name] > 1:
            stem, _, suffix = name.rpartition(".")
            name = f"{stem}-{unnamed[name]}.{suffix}"
    inline = bool(part.content_id) or part.disposition.startswith("inline")
    return Part(_bare(name), _safe_type(part.content_type), part.body, text_of(part.content_id.encode()), inline)


def _bare(name: str) -> str:
    """As its sender called it, but no path and nothing unseen; where it is kept it is made safe for any disk."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = " ".join("".join(c if c.isprintable() or c.isspace() else "_" for c in name).split()).strip(".")
    return shortened(name, LONGEST_NAME, LONGEST_NAME)


def _name_of_mail(part: Entity) -> str:
    subject = text_of(part.children[0].header("subject")) if part.children else ""
    return safe_name(f"{subject.strip('. ')[:80] or 'mail'}.eml".replace("/", "-").replace("\\", "-"))


def _stem(part: Entity) -> str:
    return part.main_type if part.main_type in ("image", "audio", "video", "text", "message") else "file"


def _suffix(part: Entity) -> str:
    kind = part.content_type.partition("/")[2].removeprefix("x-")
    kind = _SUFFIXES.get(kind, kind)
    return kind if kind.isalnum() and len(kind) <= 5 else {"text": "txt", "message": "eml"}.get(part.main_type, "bin")


def _safe_type(content_type: str) -> str:
    return content_type if len(content_type) <= 100 else "application/octet-stream"
