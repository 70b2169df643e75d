"""What an adapter that fetches is given, and what is asked of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from goodword.channels.arrivals.spool import RawStore
from goodword.channels.model import Channel, Manifest
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.http import Outgoing


@dataclass(frozen=True)
class PostOffice:
    """Where what was fetched is handed in: the bytes to ``raws`` first, then their row, and the place up to which all
    is done, in one transaction (``keep_arrival``). ``note_health`` tells how it goes. ``keep_secrets``: those of a
    channel that the other side has renewed."""

    database: Database
    clock: Clock
    raws: RawStore
    outgoing: Outgoing
    keep_secrets: Callable[[str, Mapping[str, str]], Awaitable[None]] | None = None


@runtime_checkable
class Listens(Protocol):
    """An adapter that goes and fetches (``mailbox``)."""

    manifest: Manifest

    async def listen(self, channel: Channel, post: PostOffice) -> None:
        """Fetch what comes until cancelled; return where there is nothing to fetch from.

        ``channel.settings`` hold secrets in the clear. What goes wrong on the other side is noted and tried again.
        """
        ...
