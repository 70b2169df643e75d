"""The chain is gone along from one end to the other."""

import asyncio
from collections.abc import Sequence

import msgspec

from goodword.platform.audit import store
from goodword.platform.audit.events import EventRedacted
from goodword.platform.audit.model import BEGINNING, Anchor, Trouble, Verdict, content_hash, next_hash
from goodword.platform.db import Database, Row

PAGE = 2_000


async def verify(database: Database, anchor: Anchor = BEGINNING) -> Verdict:
    """Reckon every link after ``anchor`` anew from what the log says now, and stop at the first that doesn't fit.

    Only an anchor that was kept elsewhere proves that nobody has made the whole chain anew.
    """
    kept = await database.read(store.link_at, anchor.position)
    if anchor != BEGINNING and (kept is None or kept.hash != anchor.hash):
        wrong = Trouble("anchor", anchor.position, kept.seq if kept else None)
        return Verdict(wrong, 0, anchor, 0, await database.read(store.not_linked))
    at, redacted, trouble = anchor, 0, None
    while trouble is None and (links := await database.read(store.chain, at.position, PAGE)):
        redacted += sum(link["content_hash"] is not None for link in links)
        # In a thread: a page of hashes is long enough for an agent to notice.
        at, trouble = await asyncio.to_thread(_follow, at, links)
    trouble = trouble or await _beside_the_chain(database)
    return Verdict(trouble, at.position - anchor.position, at, redacted, await database.read(store.not_linked))


def _follow(at: Anchor, links: Sequence[Row]) -> tuple[Anchor, Trouble | None]:
    for link in links:
        position = at.position + 1
        if link["position"] != position:
            return at, Trouble("gap", position, None)
        if link["seq"] is None:
            return at, Trouble("missing", position, link["linked"])
        content = link["content_hash"] or content_hash(link["actor_name"], link["data"])
        if next_hash(at.hash, link, content) != link["hash"]:
            return at, Trouble("changed", position, link["linked"])
        at = Anchor(position, link["hash"])
    return at, None


async def _beside_the_chain(database: Database) -> Trouble | None:
    """What no link would tell: an event without one among those that have one, a content that went silently."""
    stranger = await database.read(store.slipped_in)
    if stranger is not None:
        return Trouble("slipped_in", 0, stranger)
    said = {msgspec.json.decode(data, type=EventRedacted).seq for data in await database.read(store.announced)}
    silent = [row for row in await database.read(store.redacted) if row["seq"] not in said]
    return Trouble("unannounced", silent[0]["position"] or 0, silent[0]["seq"]) if silent else None
