"""Every query on what the assistant decided, and what it must know of a conversation."""

from typing import Any

import msgspec

from goodword.assistant.model import Decision, Turn
from goodword.conversations import letters
from goodword.conversations import store as conversations
from goodword.conversations.model import Message, Said
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound

RECENT = 60

KEEP = """
INSERT INTO assistant_decisions (message_id, conversation_id, event_id, seq, decision, rule, question, text, passages,
  reply_id, trace, at)
VALUES (:message_id, :conversation_id, :event_id, :seq, :decision, :rule, :question, :text, :passages,
  :reply_id, :trace, :at)
"""
OF_CONVERSATION = "SELECT * FROM assistant_decisions WHERE conversation_id = :id ORDER BY seq"
TRACE = """
SELECT * FROM assistant_decisions
WHERE conversation_id = :conversation_id AND (message_id = :message_id OR reply_id = :message_id)
"""


class Trace(msgspec.Struct, frozen=True):
    """Why the assistant said what it said: to the customer's message ``message_id``, in its own ``reply_id``."""

    message_id: str
    reply_id: str | None
    decision: str
    rule: str
    at: int
    trace: dict[str, Any]


async def keep(
    tx: Tx,
    conversation_id: str,
    message_id: str,
    question: str,
    decision: Decision,
    trace: dict[str, Any],
    *,
    event_id: str,
    seq: int,
    reply_id: str | None,
    at: int,
) -> None:
    await tx.run(
        KEEP,
        message_id=message_id,
        conversation_id=conversation_id,
        event_id=event_id,
        seq=seq,
        decision=decision.kind,
        rule=decision.rule,
        question=question,
        text=decision.text,
        passages=msgspec.json.encode([source.passage_id for source in decision.sources]).decode(),
        reply_id=reply_id,
        trace=msgspec.json.encode(trace).decode(),
        at=at,
    )


async def is_decided(tx: Tx, message_id: str) -> bool:
    return bool(await tx.value("SELECT 1 FROM assistant_decisions WHERE message_id = :id", id=message_id))


async def turns(tx: Tx, conversation_id: str) -> list[Turn]:
    """Its decisions in a conversation, oldest first."""
    return [_turn(row) for row in await tx.rows(OF_CONVERSATION, id=conversation_id)]


async def tried(tx: Tx, conversation_id: str) -> list[Said]:
    """What it offered as an answer, by the titles of the sources, and in which message."""
    found: dict[str, Said] = {}
    for row in await tx.rows(OF_CONVERSATION, id=conversation_id):
        for passage in msgspec.json.decode(row["trace"]).get("looked_up", ()):
            if passage["used"] and row["reply_id"]:
                title = " › ".join(filter(None, (passage["title"], passage["heading"])))
                found.setdefault(title, Said(title, row["reply_id"]))
    return list(found.values())


async def newest_lines(tx: Tx, conversation_id: str) -> list[Message]:
    """The customer's messages that nobody has answered yet, oldest first; none of a machine's or an outsider's."""
    lines: list[Message] = []
    for row in reversed(await conversations.recent_messages(tx, conversation_id, RECENT)):
        if row["author_kind"] != "customer":
            break
        message = await letters.message_of(tx, row)
        if not letters.is_automatic(message) and not letters.is_outside(message):
            lines.insert(0, message)
    return lines


async def newest_answer(tx: Tx, conversation_id: str) -> Message | None:
    """What the customer was told last, if the assistant told him."""
    rows = await conversations.recent_messages(tx, conversation_id, RECENT)
    last = next((row for row in reversed(rows) if row["author_kind"] != "customer"), None)
    return await letters.message_of(tx, last) if last and last["author_kind"] == "assistant" else None


async def is_alone(tx: Tx, conversation_id: str) -> bool:
    """Whether no more than one thing was said so far."""
    return len(await conversations.recent_messages(tx, conversation_id, 2)) == 1


async def customer_lines(tx: Tx, conversation_id: str) -> list[Row]:
    """What the customer's side wrote lately, oldest first."""
    rows = await conversations.recent_messages(tx, conversation_id, RECENT)
    return [row for row in rows if row["author_kind"] == "customer" and row["addressing"] != "outside"]


async def trace_of(tx: Tx, conversation_id: str, message_id: str) -> Trace:
    """Of a customer's message, or of the assistant's answer to it. ``NotFound``: it wasn't the assistant's."""
    row = await tx.row(TRACE, conversation_id=conversation_id, message_id=message_id)
    if row is None:
        raise NotFound("trace")
    trace = msgspec.json.decode(row["trace"])
    return Trace(row["message_id"], row["reply_id"], row["decision"], row["rule"], row["at"], trace)


async def forget_answer(tx: Tx, reply_id: str) -> None:
    await tx.run("UPDATE assistant_decisions SET text = '' WHERE reply_id = :id", id=reply_id)


async def questions(tx: Tx, conversation_id: str) -> list[Row]:
    return list(await tx.rows(OF_CONVERSATION, id=conversation_id))


async def standing_words(tx: Tx, conversation_id: str) -> str:
    """All that its customer has said and that was not removed."""
    sql = "SELECT text FROM messages WHERE conversation_id = :id AND author_kind = 'customer' ORDER BY seq"
    return "\n".join(row["text"] for row in await tx.rows(sql, id=conversation_id))


async def set_question(tx: Tx, message_id: str, question: str) -> None:
    sql = "UPDATE assistant_decisions SET question = :question WHERE message_id = :id"
    await tx.run(sql, id=message_id, question=question)


def _turn(row: Row) -> Turn:
    passages = msgspec.json.decode(row["passages"], type=tuple[str, ...])
    return Turn(row["question"], row["decision"], row["rule"], row["text"], passages)
