"""What waited for a channel that was in trouble leaves as soon as somebody has mended it."""

from typing import Final

from goodword.platform.db import Tx
from goodword.platform.events import by_seq
from goodword.platform.jobs import Run, hasten

TRY_WAITING_AGAIN: Final = "channels.try_waiting_again"

# Asked for in the words of the index of what is on its way.
WAITING = """
SELECT m.id FROM messages m JOIN conversations c ON c.id = m.conversation_id
WHERE m.delivery IN ('queued', 'deferred') AND m.delivery = 'deferred' AND c.channel_id = :channel_id
UNION
SELECT r.mail_id FROM carried_replies r JOIN messages m ON m.id = r.message_id
WHERE m.delivery IN ('queued', 'deferred') AND m.delivery = 'deferred' AND r.channel_id = :channel_id
"""


async def try_waiting_again(run: Run) -> None:
    """The subscriber to ``ChannelEdited``: whether that mended anything is seen by trying."""
    await run.finish(_call_forward, run.job.payload["seq"], run.clock.now())


def waiting_job(message_id: str) -> str:
    """While a reply waits for its next try there is one job for it, under this name."""
    return f"deliver:{message_id}"


async def _call_forward(tx: Tx, seq: int, now: int) -> None:
    edited = await by_seq(tx, seq)
    assert edited is not None
    for row in await tx.rows(WAITING, channel_id=edited.stream):
        await hasten(tx, waiting_job(row["id"]), now)
