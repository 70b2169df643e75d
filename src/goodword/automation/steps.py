"""What a rule or a macro can do: one vocabulary for both, and what makes a step whole."""

from collections.abc import Sequence
from typing import Annotated, Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import msgspec
from msgspec import Meta

from goodword.conversations.model import LONGEST_TEXT, MOST_TAGS, Priority, Value, checked_tag
from goodword.platform.clock import DAY, MINUTE
from goodword.platform.errors import BadInput
from goodword.platform.i18n import LANGUAGES

MOST_STEPS: Final = 20
LONGEST_SNOOZE: Final = 366 * DAY // MINUTE
TRIGGER: Final = "trigger"
"""In place of an agent's id: whoever set it off."""

Line = Annotated[str, Meta(max_length=200)]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Step(msgspec.Struct, frozen=True, tag_field="do", omit_defaults=True):
    """The root; ``do`` says which."""


class Reply(Step, frozen=True, tag="reply"):
    """``canned`` is the key of a canned answer; without one the ``texts`` by language are said."""

    canned: Line = ""
    texts: dict[str, str] = {}


class Note(Step, frozen=True, tag="note"):
    text: str = ""


class Tag(Step, frozen=True, tag="tag"):
    tags: tuple[Line, ...] = ()


class Untag(Step, frozen=True, tag="untag"):
    tags: tuple[Line, ...] = ()


class Assign(Step, frozen=True, tag="assign"):
    """``agent``: an id, ``TRIGGER``, or None: nobody, and it waits in the queue."""

    agent: Line | None = None


class Team(Step, frozen=True, tag="team"):
    """Whoever has it keeps it where he is one of the team; else it waits for one of them."""

    team: Line = ""


class SetPriority(Step, frozen=True, tag="priority"):
    priority: Priority = "normal"


class SetField(Step, frozen=True, tag="field"):
    """An own field of the conversation; None empties it."""

    key: Line = ""
    value: Value | None = None


class Snooze(Step, frozen=True, tag="snooze"):
    """For ``minutes``; else until the next ``morning`` in ``time_zone``. ``until`` is for taking back alone."""

    minutes: int | None = None
    morning: TimeOfDay | None = None
    time_zone: Line = "UTC"
    until: Annotated[int, Meta(ge=0, le=1 << 53)] | None = None


class Close(Step, frozen=True, tag="close"):
    pass


class Reopen(Step, frozen=True, tag="reopen"):
    pass


class HandOver(Step, frozen=True, tag="hand_over"):
    """A person is wanted."""


class GiveBack(Step, frozen=True, tag="give_back"):
    """The assistant goes on."""


class Spam(Step, frozen=True, tag="spam"):
    on: bool = True


class AskRating(Step, frozen=True, tag="ask_rating"):
    pass


class Webhook(Step, frozen=True, tag="webhook"):
    url: Annotated[str, Meta(max_length=2_000)] = ""


AnyStep = (
    Reply
    | Note
    | Tag
    | Untag
    | Assign
    | Team
    | SetPriority
    | SetField
    | Snooze
    | Close
    | Reopen
    | HandOver
    | GiveBack
    | Spam
    | AskRating
    | Webhook
)
NEVER_TAKEN_BACK: Final = (Reply, Note, HandOver, AskRating, Webhook)


def checked_steps(steps: Sequence[AnyStep]) -> tuple[AnyStep, ...]:
    """``BadInput``: none, too many, or one that is not whole; ``fields`` names it by its place: ``steps.2``."""
    if not steps:
        raise BadInput("no_steps")
    if len(steps) > MOST_STEPS:
        raise BadInput("too_many_steps", limit=MOST_STEPS)
    wrong = {f"steps.{place}": "step" for place, step in enumerate(steps) if not is_whole(step)}
    if wrong:
        raise BadInput("step", fields=wrong)
    return tuple(steps)


def is_whole(step: AnyStep) -> bool:
    """Whether everything stands there that the step needs."""
    match step:
        case Reply(canned=canned, texts=texts):
            return bool(canned) or (bool(texts) and all(_is_text(*one) for one in texts.items()))
        case Note(text=text):
            return bool(text.strip()) and len(text) <= LONGEST_TEXT
        case Tag(tags=tags) | Untag(tags=tags):
            return 0 < len(tags) <= MOST_TAGS and all(map(_is_tag, tags))
        case Team(team=team):
            return bool(team)
        case Assign(agent=agent):
            return agent != ""
        case SetField(key=key, value=value):
            return bool(key) and (not isinstance(value, str) or len(value) <= LONGEST_TEXT)
        case Snooze():
            return _has_one_end(step)
        case Webhook(url=url):
            return is_address(url)
        case _:
            return True


def _is_text(language: str, text: str) -> bool:
    return language in LANGUAGES and bool(text.strip()) and len(text) <= LONGEST_TEXT


def _is_tag(tag: str) -> bool:
    try:
        return checked_tag(tag) == tag
    except BadInput:
        return False


def _has_one_end(step: Snooze) -> bool:
    if (step.minutes is None) + (step.morning is None) + (step.until is None) != 2:
        return False
    if step.morning is not None:
        return step.time_zone in available_timezones()
    return step.minutes is None or 1 <= step.minutes <= LONGEST_SNOOZE


def is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def without_secrets(step: AnyStep) -> AnyStep:
    """As every agent may see it: the path of a webhook often is its key."""
    if isinstance(step, Webhook) and is_address(step.url):
        parts = urlsplit(step.url)
        return Webhook(f"{parts.scheme}://{parts.hostname}")
    return step
