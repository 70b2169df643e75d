"""How a channel fares: when something last came in and went out, what stood in the way, and what lies about."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from goodword.channels import store
from goodword.channels.arrivals.store import counts
from goodword.conversations.outbox import Outbox, outboxes
from goodword.platform.clock import DAY
from goodword.platform.db import Row, Tx

LONGEST_DETAIL = 500

NOTE_OK = """
INSERT INTO channel_health (channel_id, direction, ok_at, reason, detail, backlog, left_behind)
VALUES (:channel_id, :direction, :at, '', '', COALESCE(CAST(:backlog AS INTEGER), 0),
  COALESCE(CAST(:left_behind AS INTEGER), 0))
ON CONFLICT (channel_id, direction) DO UPDATE SET ok_at = excluded.ok_at, reason = '', detail = '',
  backlog = COALESCE(CAST(:backlog AS INTEGER), channel_health.backlog),
  left_behind = COALESCE(CAST(:left_behind AS INTEGER), channel_health.left_behind)
"""
NOTE_TROUBLE = """
INSERT INTO channel_health (channel_id, direction, failed_at, reason, detail)
VALUES (:channel_id, :direction, :at, :reason, :detail)
ON CONFLICT (channel_id, direction) DO UPDATE SET failed_at = excluded.failed_at, reason = excluded.reason,
  detail = excluded.detail
"""


class Way(msgspec.Struct):
    """One direction. ``reason``: what stands in the way now, as a word of the catalogue, ``detail`` in the other
    side's words; both empty while it works. ``backlog``: how many wait on the other side; ``left_behind``: how many
    it wouldn't hand over, which are asked for again.
    """

    ok_at: int | None = None
    failed_at: int | None = None
    reason: str = ""
    detail: str = ""
    backlog: int = 0
    left_behind: int = 0


class Health(msgspec.Struct, rename={"incoming": "in", "outgoing": "out"}):
    """Both ways, and how many arrivals and replies are in which state. ``failed_today``: failed or came back."""

    incoming: Way
    outgoing: Way
    waiting: int = 0
    quarantined: int = 0
    aside: int = 0
    queued: int = 0
    deferred: int = 0
    failed_today: int = 0


async def note_health(
    tx: Tx,
    channel_id: str,
    direction: Literal["in", "out"],
    at: int,
    *,
    reason: str = "",
    detail: str = "",
    backlog: int | None = None,
    left_behind: int | None = None,
) -> None:
    """It worked at ``at``; or, with a ``reason``, it didn't. A number that is None stays what it was."""
    way = {"channel_id": channel_id, "direction": direction, "at": at}
    if reason:
        await tx.run(NOTE_TROUBLE, **way, reason=reason, detail=detail[:LONGEST_DETAIL])
    else:
        await tx.run(NOTE_OK, **way, backlog=backlog, left_behind=left_behind)


async def health_of(tx: Tx, channel_id: str, now: int) -> Health:
    """``NotFound`` where there is no such channel."""
    channel = await store.get(tx, channel_id)
    rows = await tx.rows("SELECT * FROM channel_health WHERE channel_id = :id", id=channel.id)
    sent = (await outboxes(tx, now - DAY, channel.id)).get(channel.id, Outbox())
    return _health(rows, await counts(tx, channel.id), sent)


async def health_of_all(tx: Tx, now: int) -> dict[str, Health]:
    """By channel."""
    return {channel.id: await health_of(tx, channel.id, now) for channel in await store.all_channels(tx)}


def _health(rows: Iterable[Row], arrived: dict[str, int], sent: Outbox) -> Health:
    ways = {row["direction"]: Way(**{name: row[name] for name in Way.__struct_fields__}) for row in rows}
    return Health(
        incoming=ways.get("in", Way()),
        outgoing=ways.get("out", Way()),
        **arrived,
        queued=sent.queued,
        deferred=sent.deferred,
        failed_today=sent.failed,
    )
