"""What was understood becomes part of the conversation."""

from goodword.conversations import store as conversations
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.understanding import store
from goodword.understanding.events import MessageUnderstood
from goodword.understanding.model import UNKNOWN, Reading, language_spoken


async def note_reading(
    tx: Tx, stamp: Stamp, conversation_id: str, message_id: str, seq: int, reading: Reading, ms: int
) -> None:
    """Keep ``reading`` and tell it, once per message; the conversation may take another language from it."""
    conversation = await conversations.hold(tx, conversation_id)
    if not await store.keep(tx, conversation_id, message_id, seq, reading, stamp.at, ms):
        return
    if reading.language != UNKNOWN:
        await conversations.set_language(tx, message_id, reading.language)
    # Messages are understood side by side: the language is that of all of them, in whatever order they were read.
    spoken = language_spoken(await store.readings_of(tx, conversation_id)) or conversation.language
    await record(
        tx,
        conversation_id,
        _fact(message_id, reading, spoken),
        stamp,
        event_id=ids.derived("evt", message_id, "understood"),
        language=spoken,
        mood=reading.mood or conversation.mood,
    )


def _fact(message_id: str, reading: Reading, spoken: str | None) -> MessageUnderstood:
    return MessageUnderstood(
        message_id=message_id,
        language=reading.language,
        spoken=spoken,
        wants_human=reading.wants_human,
        mood=reading.mood,
        topic=reading.topic,
        complaint_kind=reading.complaint_kind,
        urgency=reading.urgency,
        confidence=reading.confidence,
    )
