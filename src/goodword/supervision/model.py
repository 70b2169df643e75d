"""Who needs the supervisor first, and what was hard enough for a pause: rules over facts."""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from goodword.conversations.model import HEATED, MOODS
from goodword.platform.clock import HOUR, MINUTE

# A customer who has waited longer than this for a person is a matter for whoever leads.
LONG_WAIT: Final = 5 * MINUTE
# What counts as hard: one message that insults, or this much anger in one conversation.
HARD: Final = 6
OFFERED_AGAIN_AFTER: Final = 1 * HOUR
PAUSE_MINUTES: Final = (5, 10, 15, 30)

NeedKind = Literal["abusive", "very_upset", "angry", "waiting", "nobody"]


class Seen(msgspec.Struct, frozen=True):
    """What a customer wrote, as far as it matters here. ``at`` in milliseconds."""

    at: int
    mood: str | None
    abusive: bool


class Need(msgspec.Struct, frozen=True):
    """Why a conversation needs the supervisor; ``minutes`` the customer has waited."""

    kind: NeedKind
    minutes: int = 0


class Pause(msgspec.Struct, frozen=True):
    """An agent's pause: offered, then taken until a time (ms), or declined."""

    id: str
    agent_id: str
    conversation_id: str | None
    offered_at: int | None
    until: int | None


def needs(mood: str | None, abusive: bool, waiting_since: int | None, has_agent: bool, now: int) -> tuple[Need, ...]:
    """Most pressing first; empty when all is well. A mood counts only while the customer waits for an answer."""
    waited = max(0, now - waiting_since) if waiting_since is not None else 0
    minutes = waited // MINUTE
    found: list[Need] = []
    if waiting_since is not None:
        if abusive:
            found.append(Need("abusive", minutes))
        if mood in HEATED:
            found.append(Need(mood, minutes))  # type: ignore[arg-type]
    if waited >= LONG_WAIT:
        found.append(Need("waiting" if has_agent else "nobody", minutes))
    return tuple(found)


def urgency(reasons: Sequence[Need]) -> tuple[int, int]:
    """Sorts: the greater, the sooner."""
    weights = {"abusive": 5, "very_upset": 4, "angry": 3, "nobody": 2, "waiting": 1}
    return max((weights[need.kind] for need in reasons), default=0), max((n.minutes for n in reasons), default=0)


def heat(mood: str | None, abusive: bool) -> int:
    """0 calm to 3 very upset; an insult is as hot as it gets."""
    return 3 if abusive else MOODS.index(mood) if mood in MOODS else 0


def strain(messages: Sequence[Seen]) -> int:
    """What a conversation's messages weigh on whoever had to read them: angry 1, very upset 2, abusive ``HARD``."""
    return sum(HARD if one.abusive else max(0, heat(one.mood, False) - 1) for one in messages)


def deserves_pause(messages: Sequence[Seen], last_offered: int | None, now: int) -> bool:
    """Whether who has read ``messages`` is offered a pause now; at most once an hour, or it would be one more noise."""
    if last_offered is not None and now - last_offered < OFFERED_AGAIN_AFTER:
        return False
    return strain(messages) >= HARD
