"""How an agent likes his workspace: everything that is his own taste and nobody else's business."""

import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import UNSET, Meta, UnsetType

from goodword.platform.errors import BadInput

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
Key = Annotated[str, Meta(max_length=40)]


class Sounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is heard; ``messages``: of conversations that are one's own, all or only where the mood is bad."""

    on: bool = True
    messages: Literal["all", "risky", "none"] = "risky"
    assigned: bool = True
    mentioned: bool = True
    queue: bool = False
    volume: Annotated[int, Meta(ge=0, le=100)] = 40


class QuietHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """From ``22:00`` to ``07:00`` in a time zone such as ``Asia/Seoul``; the same twice: never."""

    from_: str
    to: str
    time_zone: str


class Preferences(msgspec.Struct, frozen=True, omit_defaults=True):
    """``keys``: bindings that differ from ours, by command. ``desktop``: notes of the system while out of sight."""

    keys: dict[Key, Key] = msgspec.field(default_factory=dict)
    sounds: Sounds = Sounds()
    quiet_hours: QuietHours | None = None
    desktop: bool = False
    motion: Literal["auto", "less"] = "auto"
    contrast: Literal["auto", "more"] = "auto"
    text_size: Literal["normal", "large", "larger"] = "normal"
    focus: bool = False


class Wishes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays."""

    keys: Annotated[dict[Key, Key], Meta(max_length=100)] | UnsetType = UNSET
    sounds: Sounds | UnsetType = UNSET
    quiet_hours: QuietHours | UnsetType | None = UNSET
    desktop: bool | UnsetType = UNSET
    motion: Literal["auto", "less"] | UnsetType = UNSET
    contrast: Literal["auto", "more"] | UnsetType = UNSET
    text_size: Literal["normal", "large", "larger"] | UnsetType = UNSET
    focus: bool | UnsetType = UNSET


def wished(now: Preferences, wishes: Wishes) -> Preferences:
    """``BadInput``: a time or a time zone that doesn't exist."""
    given = {name: value for name, value in msgspec.structs.asdict(wishes).items() if value is not UNSET}
    changed = msgspec.structs.replace(now, **given)
    if changed.quiet_hours:
        _check(changed.quiet_hours)
    return changed


def _check(hours: QuietHours) -> None:
    if not (TIME.fullmatch(hours.from_) and TIME.fullmatch(hours.to)):
        raise BadInput("quiet_hours", fields={"quiet_hours": "quiet_hours"})
    try:
        ZoneInfo(hours.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput("time_zone", fields={"quiet_hours": "time_zone"}) from error
