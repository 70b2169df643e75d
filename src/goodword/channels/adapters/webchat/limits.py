"""How often is too often in this chat: counted for each desk, and for each visitor by himself."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from litestar import Request

from goodword.platform import ids
from goodword.platform.limits import RateLimit

KEPT_AS = "webchat.limits"


@dataclass(frozen=True)
class Limits:
    """``visitors`` and ``pages`` are counted by where they come from, everything else by the visitor's token."""

    visitors: RateLimit = field(default_factory=partial(RateLimit, burst=60, seconds=60))
    pages: RateLimit = field(default_factory=partial(RateLimit, burst=120, seconds=60))
    messages: RateLimit = field(default_factory=partial(RateLimit, burst=30, seconds=30))
    typing: RateLimit = field(default_factory=partial(RateLimit, burst=30, seconds=30))
    contacts: RateLimit = field(default_factory=partial(RateLimit, burst=10, seconds=60))
    files: RateLimit = field(default_factory=partial(RateLimit, burst=20, seconds=60))


def limits(request: Request[Any, Any, Any]) -> Limits:
    """Those of the desk that is asked."""
    kept: Limits = request.app.state.setdefault(KEPT_AS, Limits())
    return kept


def spend(limit: RateLimit, token: str, now: int) -> None:
    """By the token's fingerprint: whoever invents tokens can't fill the memory with long ones."""
    limit.spend(ids.fingerprint(token), now)
