"""What an event is, and who may have caused it."""

from typing import ClassVar, Literal

import msgspec

from goodword.platform.errors import Forbidden

# A chain of automatic reactions longer than this is a loop, whatever each link thinks of itself.
MOST_HOPS = 16


class Actor(msgspec.Struct, frozen=True):
    """Who did it. ``name`` is what people were shown at that time."""

    kind: Literal["customer", "agent", "assistant", "system"]
    id: str | None = None
    name: str = ""


SYSTEM = Actor("system")


class Stamp(msgspec.Struct, frozen=True):
    """When, by whom and because of what: handed into every action. ``at`` in milliseconds since 1970 UTC.

    ``rights`` are what the actor may do; None is the program itself, which may do everything.
    """

    at: int
    actor: Actor
    cause: str | None = None
    hops: int = 0
    rights: frozenset[str] | None = None

    def need(self, right: str) -> None:
        """``Forbidden`` unless the actor has ``right``."""
        if self.rights is not None and right not in self.rights:
            raise Forbidden("right", right=right)

    def acting_as(self, actor: Actor) -> "Stamp":
        return msgspec.structs.replace(self, actor=actor)


class Fact(msgspec.Struct, kw_only=True):
    """Something that has happened. Each package's ``events.py`` derives its own; the class's name is the event's type.

    Facts are stored for good: add fields with defaults, never rename or remove one.
    """

    known: ClassVar[dict[str, type["Fact"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.__name__ in Fact.known and Fact.known[cls.__name__].__module__ != cls.__module__:
            raise TypeError(f"two packages call a fact {cls.__name__}")
        Fact.known[cls.__name__] = cls


class Event(msgspec.Struct, frozen=True):
    """A fact as it was recorded. ``seq`` orders a stream; ``cursor`` is the place in the log to go on from."""

    seq: int
    id: str
    type: str
    at: int
    stream: str
    actor: Actor
    cause: str | None
    hops: int
    data: msgspec.Raw
    cursor: str

    def fact(self) -> Fact:
        return msgspec.json.decode(self.data, type=Fact.known[self.type])

    def stamp(self, at: int, actor: Actor = SYSTEM) -> Stamp:
        """The stamp for what is done in reaction to this event."""
        return Stamp(at, actor, self.id, self.hops + 1)

    def public(self) -> bytes:
        """The event as JSON, the same shape everywhere: time line, live feed, webhooks."""
        return msgspec.json.encode(
            {
                "seq": self.seq,
                "id": self.id,
                "type": self.type,
                "at": self.at,
                "stream": self.stream,
                "actor": self.actor,
                "cause": self.cause,
                "data": self.data,
            }
        )
