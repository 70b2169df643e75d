"""Where a conversation stands at the moment a rule looks at it, and what kind of happening an event is."""

from typing import Any, Final

import msgspec

from goodword.automation.model import Happening
from goodword.conversations.model import Handler, Priority, Status

# Which facts may be a happening. What time brings begins with one of these.
FACTS: Final[dict[Happening, tuple[str, ...]]] = {
    "opened": ("MessageUnderstood",),
    "customer_wrote": ("MessageUnderstood",),
    "agent_replied": ("ReplyQueued",),
    "assistant_replied": ("ReplyQueued",),
    "noted": ("NoteAdded",),
    "handed_over": ("HandoverRequested",),
    "assigned": ("Assigned",),
    "closed": ("StatusChanged",),
    "reopened": ("StatusChanged",),
    "snoozed": ("StatusChanged",),
    "woke": ("StatusChanged",),
    "tagged": ("Tagged",),
    "untagged": ("Untagged",),
    "priority_changed": ("PriorityChanged",),
    "field_set": ("FieldSet",),
    "rated": ("RatingGiven",),
    "marked_spam": ("MarkedSpam",),
    "waiting": ("MessageUnderstood", "HandoverRequested"),
    "silent": ("ReplyQueued",),
}
PLAIN: Final[dict[str, Happening]] = {
    "NoteAdded": "noted",
    "HandoverRequested": "handed_over",
    "PriorityChanged": "priority_changed",
    "RatingGiven": "rated",
    "MarkedSpam": "marked_spam",
}
OF_THE_CUSTOMER: Final = ("MessageReceived", "MessageUnderstood")


class Situation(msgspec.Struct, frozen=True):
    """Everything a condition may ask about.

    ``text`` is what was said just now, else what the customer said last; ``before`` who spoke before that;
    ``messages`` how many the customer has written up to then. ``about``: the tag or own field it is about.
    """

    at: int
    event: Happening
    about: str = ""
    actor: str = "system"
    text: str = ""
    channel: str = ""
    language: str | None = None
    known: bool = False
    customer_fields: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    tags: frozenset[str] = frozenset()
    status: Status = "open"
    handler: Handler = "assistant"
    assignee: str | None = None
    team: str | None = None
    priority: Priority = "normal"
    mood: str | None = None
    waiting_since: int | None = None
    messages: int = 0
    before: str | None = None
    rating: int | None = None
    snoozed_until: int | None = None
    spam: bool = False


def happenings(type: str, data: dict[str, Any], actor: str, *, first: bool) -> tuple[tuple[Happening, str], ...]:
    """What an event is in people's words, and what it is about; nothing where no rule could wait for it.

    ``first``: the message it is about opened the conversation.
    """
    if type in PLAIN:
        return ((PLAIN[type], ""),)
    if is_outside(type, data):
        return ()
    match type:
        case "MessageUnderstood":
            return (("opened", ""), ("customer_wrote", "")) if first else (("customer_wrote", ""),)
        case "ReplyQueued" if actor in ("agent", "assistant"):
            return (("agent_replied" if actor == "agent" else "assistant_replied", ""),)
        case "Assigned" if data["agent"] or data["team"]:
            return (("assigned", ""),)
        case "Tagged":
            return (("tagged", data["tag"]),)
        case "Untagged":
            return (("untagged", data["tag"]),)
        case "FieldSet":
            return (("field_set", data["key"]),)
        case "StatusChanged":
            return _of_status(data)
        case _:
            return ()


def is_outside(type: str, data: dict[str, Any]) -> bool:
    """Whether it goes between us and somebody to whom the conversation was passed on: no rule is meant for that."""
    letter = data["message"].get("letter") if type in ("MessageReceived", "ReplyQueued") else None
    return bool(letter and (letter.get("outside") or letter.get("forwards")))


def actor_of(type: str, kind: str) -> str:
    """Who is behind an event: that a message was understood is the customer's doing."""
    return "customer" if type in OF_THE_CUSTOMER else kind


def _of_status(data: dict[str, Any]) -> tuple[tuple[Happening, str], ...]:
    match data["status"]:
        case "closed":
            return (("closed", ""),)
        case "snoozed":
            return (("snoozed", ""),)
        case "open" if data["reason"] == "timer":
            return (("woke", ""),)
        case "open" if data["previous"] in ("closed", "snoozed"):
            return (("reopened", ""),)
        case _:
            return ()
