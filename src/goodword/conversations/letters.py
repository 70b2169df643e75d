"""What was said by mail, and what of it a program said: every query on that."""

from collections.abc import Sequence

from goodword.conversations import store
from goodword.conversations.events import MessageReceived, NoteAdded, ReplyQueued
from goodword.conversations.model import Addressing, Letter, Message, passes_on
from goodword.platform.db import Row, Tx
from goodword.platform.events import by_seq

# Machines may have answered a few times since a person wrote.
LOOKED_AT = 20
MOST_LOOKED_AT = 200
NEWEST = 1 << 62

RECEIVED = """
SELECT * FROM messages WHERE conversation_id = :id AND kind = 'message' AND author_kind = 'customer' AND seq < :before
ORDER BY seq DESC LIMIT :limit
"""
# Who was only asked for help is not whom an answer goes to.
FROM_HIS_SIDE = """
SELECT * FROM messages WHERE conversation_id = :id AND kind = 'message' AND author_kind = 'customer'
  AND seq > :after AND seq < :before AND COALESCE(addressing, '') <> 'outside' ORDER BY seq DESC LIMIT :limit
"""
OF_ADDRESSING = """
SELECT * FROM messages WHERE conversation_id = :id AND addressing = :addressing AND seq < :before
ORDER BY seq DESC LIMIT :limit
"""
UNFETCHED = """
SELECT * FROM messages WHERE conversation_id = :id AND kind = 'message' AND delivery = 'queued' AND seq > :after
  AND author_kind IN ('agent', 'assistant') ORDER BY seq
"""
SAID_BY_PROGRAMS = """
SELECT m.at FROM messages m JOIN conversations c ON c.id = m.conversation_id
WHERE c.identity_id = :identity_id AND m.kind = 'message' AND m.author_kind IN ('assistant', 'system')
  AND m.at > :since AND m.seq < :before AND m.delivery NOT IN ('failed', 'withdrawn') ORDER BY m.seq
"""


async def last_words(tx: Tx, conversation_id: str, before: int = NEWEST) -> Message | None:
    """What the customer's side wrote last before the seq ``before``; a machine's words only where nobody else wrote.

    Never what somebody wrote to whom it was only passed on.
    """
    newest: Message | None = None
    for row in await tx.rows(FROM_HIS_SIDE, id=conversation_id, after=0, before=before, limit=LOOKED_AT):
        message = await message_of(tx, row)
        if not is_automatic(message):
            return message
        newest = newest or message
    return newest


async def received(tx: Tx, conversation_id: str, limit: int = LOOKED_AT) -> list[Message]:
    """The newest messages that came in, whoever or whatever wrote them, newest first."""
    rows = await tx.rows(RECEIVED, id=conversation_id, before=NEWEST, limit=limit)
    return [await message_of(tx, row) for row in rows]


async def newest_received(tx: Tx, conversation_id: str, before: int = NEWEST) -> Message | None:
    """The customer's last message that stands before the seq ``before``, whoever or whatever wrote it."""
    rows = await tx.rows(RECEIVED, id=conversation_id, before=before, limit=1)
    return await message_of(tx, rows[0]) if rows else None


async def last_addressing(tx: Tx, conversation_id: str, before: int = NEWEST) -> Letter | None:
    """To whom an agent chose to write last, by a reply before the seq ``before``.

    None where he chose nobody, or where a person of the customer's side has written since.
    """
    rows = await _of_addressing(tx, conversation_id, "addressed", before, LOOKED_AT)
    chosen = next((row for row in rows if row["author_kind"] == "agent"), None)
    if chosen is None:
        return None
    since = await tx.rows(FROM_HIS_SIDE, id=conversation_id, after=chosen["seq"], before=NEWEST, limit=LOOKED_AT)
    for row in since:
        if not is_automatic(await message_of(tx, row)):
            return None
    return (await message_of(tx, chosen)).letter


async def addressed_otherwise(tx: Tx, conversation_id: str, addressing: Addressing) -> list[Message]:
    """The newest messages that were (``model.addressing_of``)."""
    rows = await _of_addressing(tx, conversation_id, addressing, NEWEST, MOST_LOOKED_AT)
    return [await message_of(tx, row) for row in rows]


async def from_his_side(tx: Tx, conversation_id: str) -> list[Message]:
    """The newest messages of the customer's side, without those of whom it was only passed on to."""
    rows = await tx.rows(FROM_HIS_SIDE, id=conversation_id, after=0, before=NEWEST, limit=MOST_LOOKED_AT)
    return [await message_of(tx, row) for row in rows]


async def unfetched(tx: Tx, conversation_id: str, after: int = 0) -> list[Row]:
    """Replies behind the seq ``after`` that wait to be fetched, oldest first."""
    return list(await tx.rows(UNFETCHED, id=conversation_id, after=after))


async def said_by_programs(tx: Tx, identity_id: str, since: int, before: int) -> list[int]:
    """When the desk wrote by itself to whoever has this identity, in whatever conversation, before the seq ``before``.

    What did not leave is not counted.
    """
    rows = await tx.rows(SAID_BY_PROGRAMS, identity_id=identity_id, since=since, before=before)
    return [int(row["at"]) for row in rows]


async def message_of(tx: Tx, row: Row) -> Message:
    """The whole of what a row of ``messages`` only outlines."""
    event = await by_seq(tx, row["seq"])
    assert event is not None
    fact = event.fact()
    assert isinstance(fact, (MessageReceived, ReplyQueued, NoteAdded))
    return fact.message


async def message_by_id(tx: Tx, message_id: str) -> Message:
    return await message_of(tx, await store.message_row(tx, message_id))


async def _of_addressing(
    tx: Tx, conversation_id: str, addressing: Addressing, before: int, limit: int
) -> Sequence[Row]:
    return await tx.rows(OF_ADDRESSING, id=conversation_id, addressing=addressing, before=before, limit=limit)


def is_automatic(message: Message) -> bool:
    """Whether a machine wrote it."""
    return message.letter is not None and message.letter.automatic != ""


def is_outside(message: Message) -> bool:
    """Whether it goes between us and somebody whom the customer knows nothing of."""
    return passes_on(message) or (message.letter is not None and message.letter.outside)
