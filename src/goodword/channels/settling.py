"""What became of a reply that was handed over: written down in the transaction that ends its job."""

import msgspec

from goodword.channels.contract import Outbound, Receipt
from goodword.channels.events import CarriedOn
from goodword.channels.hastening import waiting_job
from goodword.channels.health import note_health
from goodword.conversations import Summary, delivered, delivery_failed, request_person
from goodword.conversations.timeline import record
from goodword.platform.clock import SECOND
from goodword.platform.db import Tx
from goodword.platform.errors import Rejected, Unreachable
from goodword.platform.events import Stamp
from goodword.platform.jobs import enqueue
from goodword.platform.jobs.model import Job

# For good, and not because of whom it was for: nothing of this channel will leave.
OURS_TO_MEND = frozenset({"sender", "relay", "no_relay"})
# For now, and of this reply alone.
OF_ONE_MAIL = frozenset({"later", "full"})


class Going(msgspec.Struct, frozen=True):
    """What is handed over now, and the replies that are in it; where ``refusal`` says why, it must not leave."""

    conversation_id: str
    replies: tuple[str, ...]
    outbound: Outbound | None = None
    refusal: str = ""
    carried: bool = False


async def write_delivered(tx: Tx, stamp: Stamp, going: Going, outbound: Outbound, receipt: Receipt) -> None:
    for id in going.replies:
        await delivered(tx, stamp, id, receipt.external_id, receipt.answer)
    if going.carried:
        fact = CarriedOn(message_ids=going.replies, channel=outbound.channel.ref, recipient=outbound.recipient)
        await record(tx, going.conversation_id, fact, stamp)
    await note_health(tx, outbound.channel.id, "out", stamp.at)


async def write_refused(tx: Tx, stamp: Stamp, going: Going) -> None:
    await write_failed(tx, stamp, going, Rejected(going.refusal), None)
    if going.refusal == "braked":
        await request_person(tx, stamp, going.conversation_id, "policy", Summary())


async def write_failed(tx: Tx, stamp: Stamp, going: Going, error: Rejected | Unreachable, retry_at: int | None) -> None:
    for id in going.replies:
        await delivery_failed(tx, stamp, id, error.reason, retry_at, _detail(error))
    if going.outbound and (error.reason in OURS_TO_MEND if retry_at is None else error.reason not in OF_ONE_MAIL):
        channel_id = going.outbound.channel.id
        await note_health(tx, channel_id, "out", stamp.at, reason=error.reason, detail=_detail(error))


async def write_deferred(
    tx: Tx, stamp: Stamp, going: Going, outbound: Outbound, away: Unreachable, at: int, job: Job
) -> None:
    await write_failed(tx, stamp, going, away, at)
    await enqueue(tx, job.kind, job.payload, at=at, dedupe=waiting_job(outbound.message.id))


async def put_off(tx: Tx, job: Job, message_id: str, now: int) -> None:
    await enqueue(tx, job.kind, job.payload, at=now + SECOND, dedupe=waiting_job(message_id))


def _detail(error: Rejected | Unreachable) -> str:
    return str(error.facts.get("detail", ""))
