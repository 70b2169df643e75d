"""What was said in a time line, with every message where it is shown now, and once."""

from collections.abc import Iterable

import msgspec

from goodword.conversations.events import (
    MessageReceived,
    MessagesMovedHere,
    MessagesSplitOff,
    NoteAdded,
    ReplyQueued,
    SplitUndone,
)
from goodword.conversations.model import Message
from goodword.platform.events import Event

TELLING = frozenset(
    {"MessageReceived", "ReplyQueued", "NoteAdded", "MessagesMovedHere", "MessagesSplitOff", "SplitUndone"}
)


class Spoken(msgspec.Struct, frozen=True):
    seq: int
    message: Message


def spoken(events: Iterable[Event]) -> list[Spoken]:
    """The messages of all these events' streams, in the order in which they were said."""
    facts = [(event.stream, event.seq, event.fact()) for event in events if event.type in TELLING]
    away = _away(facts)
    said: dict[str, Spoken] = {}
    for stream, seq, fact in facts:
        if isinstance(fact, (MessageReceived, ReplyQueued, NoteAdded)) and (stream, fact.message.id) not in away:
            said[fact.message.id] = Spoken(seq, fact.message)
        elif isinstance(fact, MessagesMovedHere):
            for message, moved_seq in zip(fact.messages, fact.seqs, strict=True):
                if (stream, message.id) not in away:
                    said[message.id] = Spoken(moved_seq, message)
    return sorted(said.values(), key=lambda one: one.seq)


def _away(facts: Iterable[tuple[str, int, object]]) -> set[tuple[str, str]]:
    """Which message isn't shown in which stream, because it was split off there or has gone back where it was."""
    away: set[tuple[str, str]] = set()
    for stream, _, fact in sorted(facts, key=lambda one: one[1]):
        if isinstance(fact, MessagesSplitOff):
            away |= {(stream, id) for id in fact.message_ids}
        elif isinstance(fact, SplitUndone):
            away -= {(stream, id) for id in fact.message_ids}
            away |= {(fact.into.id, id) for id in fact.message_ids}
    return away
