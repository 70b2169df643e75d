"""Which mail it was that came back."""

import re

from goodword.channels.adapters.email.bounces.notices import ADDRESS
from goodword.channels.adapters.email.bounces.reports import own_parts, text_in
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.structure import MESSAGES, Entity

HEADERS = (
    "text/rfc822-headers",
    "text/rfc822-header",
    "message/rfc822-headers",
    "message/global-headers",
    "text/rfc822",
)
LONGEST_LOOKED_AT = 400_000
_QUOTED = re.compile(r"^[ \t>]*(?:original-)?message-id[ \t]*:\s*<?([^<>\s]{3,990})", re.IGNORECASE | re.MULTILINE)
_TO = re.compile(r"^[ \t>]*to[ \t]*:[^\n]{0,200}?(" + ADDRESS.pattern + ")", re.IGNORECASE | re.MULTILINE)
_BRACKETED = re.compile(r"<([^<>\s]+)>")
_SAID = ("x-original-message-id", "original-message-id")
_ANSWERED = ("in-reply-to", "references")


def carries_original(entity: Entity) -> bool:
    return any(part.content_type in (*MESSAGES, *HEADERS) for part in own_parts(entity))


def carried_mails(entity: Entity) -> list[Entity]:
    return [part.children[0] for part in own_parts(entity) if part.content_type in MESSAGES and part.children]


def message_id_of_original(entity: Entity, text: str) -> str:
    """Of the mail that is carried, else of its headers, wherever they are quoted; without angle brackets."""
    for mail in carried_mails(entity):
        if found := _first_id(mail.header("message-id")):
            return found
    quoted = [part.body for part in own_parts(entity) if part.content_type in HEADERS]
    for candidate in (*map(text_in, quoted), text[:LONGEST_LOOKED_AT]):
        if match := _QUOTED.search(candidate):
            return match[1]
    return next((one for name in (*_SAID, *_ANSWERED) for value in entity.all(name) if (one := _first_id(value))), "")


def recipient_of_original(entity: Entity, text: str) -> str:
    """To whom it had been sent."""
    written = (text_of(mail.header("to")) for mail in carried_mails(entity))
    found = next((one for to in written if (one := ADDRESS.search(to))), None)
    quoted = _TO.search(text[:LONGEST_LOOKED_AT])
    return found[0] if found else quoted[1] if quoted else ""


def _first_id(value: bytes) -> str:
    text = value[:10_000].decode("utf-8", "replace").strip()
    found = _BRACKETED.search(text)
    return found[1] if found else "".join(text.split()[:1])
