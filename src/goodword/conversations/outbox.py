"""What is on its way out, by channel."""

import msgspec

from goodword.conversations.events import Bounced, DeliveryFailed
from goodword.platform.db import Tx

OPEN = """
SELECT c.channel_id, m.delivery, count(*) AS many FROM messages m JOIN conversations c ON c.id = m.conversation_id
WHERE m.delivery IN ('queued', 'deferred') AND (CAST(:channel_id AS TEXT) IS NULL OR c.channel_id = :channel_id)
GROUP BY c.channel_id, m.delivery
"""
FAILED = """
SELECT c.channel_id, e.type, e.data FROM events e JOIN conversations c ON c.id = e.stream
WHERE e.type IN ('DeliveryFailed', 'Bounced') AND e.at >= :since
  AND (CAST(:channel_id AS TEXT) IS NULL OR c.channel_id = :channel_id)
"""


class Outbox(msgspec.Struct):
    """Replies that wait, that are tried again later, and that lately failed for good or came back."""

    queued: int = 0
    deferred: int = 0
    failed: int = 0


async def outboxes(tx: Tx, since: int, channel_id: str | None = None) -> dict[str, Outbox]:
    """By channel; of all of them, or of one. ``since``: failures before are history."""
    found: dict[str, Outbox] = {}
    for row in await tx.rows(OPEN, channel_id=channel_id):
        setattr(found.setdefault(row["channel_id"], Outbox()), row["delivery"], row["many"])
    failed = [
        (row["channel_id"], _message(row["type"], row["data"]))
        for row in await tx.rows(FAILED, since=since, channel_id=channel_id)
    ]
    for id, message in set(failed):
        if message:
            found.setdefault(id, Outbox()).failed += 1
    return found


def _message(type_: str, data: str) -> str:
    """Which one failed; none where it is only late."""
    if type_ == "Bounced":
        return msgspec.json.decode(data, type=Bounced).message_id
    late = msgspec.json.decode(data, type=DeliveryFailed)
    return late.message_id if late.final else ""
