"""The event log: what happened, once, in order; the only record and the only news.

``append`` writes a fact inside the caller's transaction and, in the same transaction, enqueues a job for everyone who
subscribed to its type. ``Feed`` tails the log for everyone who watches: from an opaque cursor, with nothing lost and
nothing doubled.
"""

from goodword.platform.events.feed import Batch, Entry, Feed, Nudge
from goodword.platform.events.model import SYSTEM, Actor, Event, Fact, Stamp
from goodword.platform.events.store import (
    append,
    by_id,
    by_seq,
    earlier,
    hold,
    later,
    latest,
    newest_cursor,
    of_stream,
    of_types,
    since,
)

__all__ = [
    "SYSTEM",
    "Actor",
    "Batch",
    "Entry",
    "Event",
    "Fact",
    "Feed",
    "Nudge",
    "Stamp",
    "append",
    "by_id",
    "by_seq",
    "earlier",
    "hold",
    "later",
    "latest",
    "newest_cursor",
    "of_stream",
    "of_types",
    "since",
]
