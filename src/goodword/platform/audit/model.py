"""Links, and how one follows from another."""

import hashlib
import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from goodword.platform.db import Row
from goodword.platform.errors import BadInput

BEFORE_THE_FIRST = "0" * 64
ANCHOR = re.compile(r"(\d{1,18}):([0-9a-f]{64})", re.ASCII)


class Link(msgspec.Struct, frozen=True):
    """The ``position``-th link, counted from 1, over the event ``seq``; ``hash`` in hex."""

    position: int
    seq: int
    hash: str

    @property
    def anchor(self) -> "Anchor":
        return Anchor(self.position, self.hash)


class Anchor(msgspec.Struct, frozen=True):
    """What somebody has written down of the chain: ``1234:ab12…``."""

    position: int
    hash: str

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"


BEGINNING = Anchor(0, BEFORE_THE_FIRST)


class Trouble(msgspec.Struct, frozen=True):
    """The first place where the log isn't what it was.

    ``changed``: event or link say something else than they did; ``missing``: the event is gone; ``gap``: links are
    gone; ``slipped_in``: an event stands before the head that was not there when it was linked; ``unannounced``: a
    content was taken out without a record of it; ``anchor``: the chain is another than the one that was written down.
    """

    kind: Literal["changed", "missing", "gap", "slipped_in", "unannounced", "anchor"]
    position: int
    seq: int | None


class Verdict(msgspec.Struct, frozen=True):
    """``checked`` links fit, up to ``head``; ``waiting`` events have no link yet."""

    trouble: Trouble | None
    checked: int
    head: Anchor
    redacted: int
    waiting: int

    @property
    def sound(self) -> bool:
        return self.trouble is None


def parse_anchor(text: str) -> Anchor:
    """``BadInput`` where it is none."""
    found = ANCHOR.fullmatch(text.strip())
    if not found:
        raise BadInput("anchor", fields={"anchor": "anchor"})
    return Anchor(int(found[1]), found[2])


def content_hash(actor_name: str, data: str) -> str:
    """Of what may name a person: all that ``redact`` ever takes out."""
    return hashlib.sha256(msgspec.json.encode((actor_name, data))).hexdigest()


def next_hash(previous: str, event: Row, content: str) -> str:
    """Of the link over ``event``, a row of ``events`` whose ``content_hash`` is ``content``.

    Which transaction wrote it is left out: that changes when a dump is restored into another server.
    """
    said = (
        event["seq"],
        event["id"],
        event["type"],
        event["at"],
        event["stream"],
        event["actor_kind"],
        event["actor_id"],
        event["cause"],
        event["hops"],
        content,
    )
    return hashlib.sha256(bytes.fromhex(previous) + msgspec.json.encode(said)).hexdigest()


def extended(end: Anchor, events: Iterable[Row]) -> list[Link]:
    """The links over ``events`` that come after ``end``; each with the ``content_hash`` of what was taken out of it."""
    links = []
    for event in events:
        content = event["content_hash"] or content_hash(event["actor_name"], event["data"])
        hash = next_hash(end.hash, event, content)
        link = Link(end.position + 1, event["seq"], hash)
        links.append(link)
        end = link.anchor
    return links
