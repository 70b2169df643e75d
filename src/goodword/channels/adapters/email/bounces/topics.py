"""Bounces as Amazon SES tells them: a note in JSON that its notification service sends as mail."""

import json
from typing import Any

from goodword.channels.adapters.email.bounces.notices import bounded, status_in
from goodword.channels.adapters.email.mime.structure import Entity
from goodword.channels.adapters.email.model import Bounce

_HEADER = "x-amz-sns-message-id"
_KINDS = {"Permanent": "5", "Transient": "4"}
LONGEST_NOTE = 500_000


def is_topic(entity: Entity) -> bool:
    return bool(entity.all(_HEADER))


def is_complaint(text: str) -> bool:
    """A reader called the mail spam."""
    return _kind(_note(text)) == "Complaint"


def bounce_of_topic(text: str) -> Bounce | None:
    note = _note(text)
    bounce = note.get("bounce")
    if _kind(note) != "Bounce" or not isinstance(bounce, dict):
        return None
    recipients = bounce.get("bouncedRecipients")
    first = recipients[0] if isinstance(recipients, list) and recipients and isinstance(recipients[0], dict) else {}
    grade = _KINDS.get(_text(bounce.get("bounceType")), "5")
    return Bounce(
        recipient=_text(first.get("emailAddress"))[:320],
        status=status_in(_text(first.get("status"))) or f"{grade}.0.0",
        action=_text(first.get("action")).lower()[:20] or "failed",
        diagnostic=bounded(_text(first.get("diagnosticCode")).removeprefix("smtp;")),
        message_id=_message_id(note.get("mail")),
    )


def _note(text: str) -> dict[str, Any]:
    """The note, and nothing of the advice below it."""
    start = max(text.find("{", 0, 10_000), 0)
    try:
        note, _ = json.JSONDecoder(strict=False).raw_decode(text[start : start + LONGEST_NOTE])
    except (ValueError, RecursionError):
        return {}
    inner = note.get("Message") if isinstance(note, dict) else None
    if isinstance(inner, str) and inner.startswith("{"):
        return _note(inner)
    return note if isinstance(note, dict) else {}


def _kind(note: dict[str, Any]) -> str:
    return _text(note.get("notificationType")) or _text(note.get("eventType"))


def _message_id(mail: Any) -> str:
    """The mail's own id where its headers are told, else the one that the service gave it."""
    if not isinstance(mail, dict):
        return ""
    headers = mail.get("commonHeaders")
    told = _text(headers.get("messageId")) if isinstance(headers, dict) else ""
    return (told or _text(mail.get("messageId"))).strip("<> ")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
