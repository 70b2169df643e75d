"""Where a conversation stands when the assistant is to answer in it."""

import msgspec

from goodword.assistant import store
from goodword.assistant.facts import Line
from goodword.assistant.model import Situation, Turn
from goodword.assistant.summary import summarise
from goodword.conversations import Attachment, Conversation, Message, Summary, intake_of
from goodword.conversations import store as conversations
from goodword.conversations.events import MessageReceived
from goodword.platform.db import Row, Tx
from goodword.platform.events import by_seq
from goodword.platform.i18n import ours
from goodword.understanding.events import MessageUnderstood

# Lines that came without an answer in between are one question, unless it is a novel.
MOST_LINES = 5
LONGEST_QUESTION = 2_000


class Standing(msgspec.Struct, frozen=True):
    """``situation`` is None where the assistant has nothing to say now."""

    conversation: Conversation
    situation: Situation | None


async def standing(tx: Tx, conversation_id: str, understood: MessageUnderstood, fallback: str) -> Standing:
    """What there is to answer. A newer message is answered in place of this one, but a wish for a person counts."""
    conversation = await conversations.get(tx, conversation_id)
    if not await may_speak(tx, conversation, understood.message_id, understood.wants_human):
        return Standing(conversation, None)
    lines = await store.newest_lines(tx, conversation_id)
    turns = await store.turns(tx, conversation_id)
    intake = await intake_of(tx, conversation_id)
    situation = Situation(
        message_id=understood.message_id,
        question="\n".join(row["text"] for row in lines[-MOST_LINES:])[-LONGEST_QUESTION:],
        language=ours(conversation.language) or ours(understood.language) or fallback,
        wants_human=understood.wants_human,
        choice=await _choice(tx, lines, understood.message_id),
        past=_since_last_hand_over(turns),
        introduced=any(turn.text for turn in turns),
        intake=intake if intake and not intake.done else None,
        files=await _files(tx, lines) if intake else (),
    )
    return Standing(conversation, situation)


async def may_speak(tx: Tx, conversation: Conversation, message_id: str, wants_human: bool) -> bool:
    """Whether it is still the assistant's turn, and this message the one to answer."""
    if conversation.handler != "assistant" or conversation.status == "closed":
        return False
    if await store.is_decided(tx, message_id):
        return False
    lines = await store.newest_lines(tx, conversation.id)
    return wants_human or bool(lines and lines[-1]["id"] == message_id)


async def summary_of(tx: Tx, conversation_id: str) -> Summary:
    """What an agent must know of a conversation, at this moment."""
    conversation = await conversations.get(tx, conversation_id)
    lines = [Line(row["id"], row["text"]) for row in await store.customer_lines(tx, conversation_id)]
    told = summarise(lines, await store.tried(tx, conversation_id), conversation.language)
    return msgspec.structs.replace(told, intake=await intake_of(tx, conversation_id))


async def _choice(tx: Tx, lines: list[Row], message_id: str) -> str | None:
    seq = next((row["seq"] for row in lines if row["id"] == message_id), None)
    message = await _message(tx, seq) if seq else None
    return message.choice if message else None


async def _files(tx: Tx, lines: list[Row]) -> tuple[Attachment, ...]:
    messages = [await _message(tx, row["seq"]) for row in lines]
    return tuple(file for message in messages if message for file in message.attachments)


async def _message(tx: Tx, seq: int) -> Message | None:
    event = await by_seq(tx, seq)
    fact = event.fact() if event else None
    return fact.message if isinstance(fact, MessageReceived) else None


def _since_last_hand_over(turns: list[Turn]) -> tuple[Turn, ...]:
    """An agent who gave the conversation back has dealt with what was missed before."""
    last = max((place for place, turn in enumerate(turns) if turn.kind == "hand_over"), default=-1)
    return tuple(turns[last + 1 :])
