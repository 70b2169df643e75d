"""Every query on readings."""

from goodword.platform.db import Tx
from goodword.understanding.model import SURE, UNKNOWN, Reading, Understood

KEEP = """
INSERT INTO readings (message_id, conversation_id, seq, language, language_confidence, wants_human, embedding, embedder,
  at, ms)
VALUES (:message_id, :conversation_id, :seq, :language, :confidence, :wants_human, :embedding, :embedder, :at, :ms)
ON CONFLICT (message_id) DO NOTHING
"""


async def keep(tx: Tx, conversation_id: str, message_id: str, seq: int, reading: Reading, at: int, ms: int) -> bool:
    """``seq`` is the message's place in its time line, ``ms`` how long the reading took. False: it was kept before."""
    rows = await tx.run(
        KEEP,
        message_id=message_id,
        conversation_id=conversation_id,
        seq=seq,
        language=reading.language,
        confidence=reading.confidence.get("language", 0.0),
        wants_human=reading.wants_human,
        embedding=reading.embedding,
        embedder=reading.embedder,
        at=at,
        ms=ms,
    )
    return bool(rows)


async def forget_meaning(tx: Tx, message_id: str) -> None:
    """Its language stays."""
    await tx.run("UPDATE readings SET embedding = NULL, embedder = NULL WHERE message_id = :id", id=message_id)


async def readings_of(tx: Tx, conversation_id: str) -> list[Understood]:
    """What was understood in a conversation, in the order of its messages."""
    rows = await tx.rows("SELECT * FROM readings WHERE conversation_id = :id ORDER BY seq", id=conversation_id)
    return [
        Understood(row["message_id"], row["language"], bool(row["wants_human"]), row["language_confidence"])
        for row in rows
    ]


async def language_of(tx: Tx, message_id: str) -> str | None:
    """The language of a message, where that was sure."""
    row = await tx.row("SELECT language, language_confidence FROM readings WHERE message_id = :id", id=message_id)
    sure = row is not None and row["language"] != UNKNOWN and row["language_confidence"] >= SURE
    return row["language"] if row is not None and sure else None
