"""A customer tells of a problem, part by part."""

import msgspec

from goodword.conversations.events import IntakeGiven
from goodword.conversations.model import Intake
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp

KEEP = """
INSERT INTO intakes (conversation_id, intake, at) VALUES (:conversation_id, :intake, :at)
ON CONFLICT (conversation_id) DO UPDATE SET intake = excluded.intake, at = excluded.at
"""


async def give_intake(tx: Tx, stamp: Stamp, conversation_id: str, intake: Intake) -> None:
    """What is known of the problem now, all of it. Nothing happens when it was known already."""
    if intake == await intake_of(tx, conversation_id):
        return
    await keep_intake(tx, conversation_id, intake, stamp.at)
    await record(tx, conversation_id, IntakeGiven(intake=intake), stamp)


async def keep_intake(tx: Tx, conversation_id: str, intake: Intake, at: int) -> None:
    """That alone: nothing of it is told."""
    await tx.run(KEEP, conversation_id=conversation_id, intake=msgspec.json.encode(intake).decode(), at=at)


async def intake_of(tx: Tx, conversation_id: str) -> Intake | None:
    """None where no problem was reported."""
    known = await tx.value("SELECT intake FROM intakes WHERE conversation_id = :id", id=conversation_id)
    return msgspec.json.decode(str(known), type=Intake) if known else None
