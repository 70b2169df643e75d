"""Mail that no person wrote to us: RFC 3834, and what is done instead of it.

A program must never answer such mail. Only what a mail says of itself counts, not how it sounds: who writes of his
absence, or to a list, is a person. ``X-Auto-Response-Suppress`` and the empty return path are hints and no more: some
companies have the first on all their mail.
"""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from goodword.channels.adapters.email.bounces import has_null_path
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.structure import Entity
from goodword.channels.adapters.email.model import Automatic, Bounce
from goodword.channels.adapters.email.persons import answers_or_forwards

MOST_PARTS = 200
_HINTS = (
    "x-auto-response-suppress",
    "x-ms-exchange-inbox-rules-loop",
    "x-ms-exchange-generated-message-source",
    "x-loop",
)
_COMPLAINT = re.compile(rb'"(?:notification|event)Type"\s*:\s*"Complaint"')
_POSTING = re.compile(r"<mailto:([^<>?\s]+)", re.IGNORECASE)
_SENDER = re.compile(r"([\w.+=-]{1,64}@[\w.-]{1,255})")
_PAUSE = re.compile(r"\s*(?:[:\uff1a\-\u2013(\[|/!.]|$)")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    headers: dict[str, str] = {}
    surely: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    acknowledges: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


def automatic_of(entity: Entity, bounce: Bounce | None = None, ours: Collection[str] = ()) -> Automatic:
    """Which kind of program sent it; empty for a person's mail.

    ``ours`` are our own addresses: a list that is nothing but one of them (a group that forwards what customers
    write) makes no list mail.
    """
    if bounce:
        return "bounce"
    if _is_report(entity, "feedback-report") or _is_complaint(entity):
        return "feedback"
    if _is_reply(entity):
        return "reply"
    if _says(entity, "list") and not _is_own_list(entity, ours):
        return "list"
    return "notice" if _is_notice(entity) else ""


def _is_reply(entity: Entity) -> bool:
    if _is_person(entity):
        return False
    if _says(entity, "reply") or _is_report(entity, "disposition-notification") or _answers_an_invitation(entity):
        return True
    hinted = _is_hinted(entity) or _says(entity, "notice") or _is_bulk(entity)
    if (hinted or _answers(entity)) and _begins(_subject(entity), _words("reply").surely):
        return True
    if hinted and (_begins(_subject(entity), _words("reply").perhaps) or _acknowledges(entity)):
        return True
    return has_null_path(entity) and _answers(entity)


def _is_notice(entity: Entity) -> bool:
    if _is_person(entity):
        return False
    if _says(entity, "notice") or has_null_path(entity) or entity.content_type == "multipart/report":
        return True
    if _says(entity, "desk") and (_is_hinted(entity) or _acknowledges(entity)):
        return True
    return _is_from_nobody(entity) and not entity.header("reply-to").strip()


def _is_person(entity: Entity) -> bool:
    """Who says ``Auto-Submitted: no`` knows what he does."""
    return any(_value(value) == "no" for value in entity.all("auto-submitted"))


def _says(entity: Entity, kind: str) -> bool:
    for name, wanted in _words(kind).headers.items():
        for value in entity.all(name)[:5]:
            if wanted == "*" or _value(value).startswith(tuple(wanted.split())):
                return True
    return False


def _is_hinted(entity: Entity) -> bool:
    return has_null_path(entity) or any(entity.all(name) for name in _HINTS)


def _is_bulk(entity: Entity) -> bool:
    return any(_value(value) in ("bulk", "junk") for value in entity.all("precedence"))


def _answers(entity: Entity) -> bool:
    return bool(entity.all("in-reply-to") or entity.all("references"))


def _is_report(entity: Entity, kind: str) -> bool:
    """By its name, or by the part that makes it one."""
    named = entity.content_type == "multipart/report" and entity.params.get("report-type", "").lower() == kind
    return named or any(part.content_type == f"message/{kind}" for part in entity.children)


def _is_complaint(entity: Entity) -> bool:
    """A feedback loop that has a form of its own."""
    if entity.all("x-amz-sns-message-id"):
        return _COMPLAINT.search(entity.body[:2_000]) is not None
    words = _words("feedback")
    return _subject(entity).startswith(words.subjects) and _sender(entity).startswith(words.senders)


def _answers_an_invitation(entity: Entity) -> bool:
    """Accepted or declined in a calendar: the program wrote the mail."""
    parts = (part for number, part in enumerate(entity.walk()) if number < MOST_PARTS)
    methods = (part.params.get("method", "") for part in parts if part.content_type == "text/calendar")
    return any(method.lower() == "reply" for method in methods)


def _is_own_list(entity: Entity, ours: Collection[str]) -> bool:
    own = {address.lower() for address in ours}
    posting = [one.lower() for value in entity.all("list-post") for one in _POSTING.findall(text_of(value))]
    names = [text_of(value).lower() for value in entity.all("list-id")]
    named = any(f"<{address.replace('@', '.')}>" in name for name in names for address in own)
    return bool(own) and (named or bool(own.intersection(posting)))


def _is_from_nobody(entity: Entity) -> bool:
    return _sender(entity).startswith(_words("notice").senders)


def _sender(entity: Entity) -> str:
    found = _SENDER.search(text_of(entity.header("from")).lower())
    return found[1] if found else ""


def _subject(entity: Entity) -> str:
    return text_of(entity.header("subject"))[:500].lower().replace("\u2019", "'")


def _begins(subject: str, phrases: tuple[str, ...]) -> bool:
    """With one of these, and then comes the subject that is answered, or nothing."""
    if answers_or_forwards(subject):
        return False
    return any(subject.startswith(phrase) and _PAUSE.match(subject, len(phrase)) for phrase in phrases)


def _acknowledges(entity: Entity) -> bool:
    return _subject(entity).startswith(_words("reply").acknowledges)


def _value(raw: bytes) -> str:
    """Without comment and parameters."""
    return text_of(raw[:500]).lower().partition("(")[0].partition(";")[0].strip().strip('"')


@cache
def _words(kind: str) -> Words:
    return msgspec.convert(_tables()[kind], Words)


@cache
def _tables() -> dict[str, Any]:
    found = tomllib.loads(files(__package__).joinpath("automatic.toml").read_text(encoding="utf-8"))
    return found
