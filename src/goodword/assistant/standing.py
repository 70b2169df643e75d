"""Where a conversation stands when the assistant is to answer in it."""

import msgspec

from goodword.assistant import store
from goodword.assistant.choosing import chosen_in_words
from goodword.assistant.facts import Line
from goodword.assistant.manners import without_manners
from goodword.assistant.model import Situation, Turn
from goodword.assistant.summary import summarise
from goodword.channels.restraint import restraint
from goodword.conversations import Conversation, Message, Summary, intake_of, letters
from goodword.conversations import store as conversations
from goodword.platform.db import Tx
from goodword.platform.i18n import ours
from goodword.understanding.events import MessageUnderstood

# Lines that came without an answer in between are one question, unless it is a novel.
MOST_LINES = 5
LONGEST_QUESTION = 2_000


class Standing(msgspec.Struct, frozen=True):
    """``situation`` is None where the assistant has nothing to say now."""

    conversation: Conversation
    situation: Situation | None


async def standing(tx: Tx, conversation_id: str, understood: MessageUnderstood, fallback: str, at: int) -> Standing:
    """What there is to answer. A newer message is answered in place of this one, but a wish for a person counts."""
    conversation = await conversations.get(tx, conversation_id)
    if not await may_speak(tx, conversation, understood.message_id, understood.wants_human):
        return Standing(conversation, None)
    heard = await letters.message_by_id(tx, understood.message_id)
    lines = await store.newest_lines(tx, conversation_id)
    turns = await store.turns(tx, conversation_id)
    intake = await intake_of(tx, conversation_id)
    situation = Situation(
        message_id=understood.message_id,
        question="\n".join(_asked(line) for line in lines[-MOST_LINES:])[-LONGEST_QUESTION:],
        language=ours(conversation.language) or ours(understood.language) or fallback,
        wants_human=understood.wants_human,
        choice=heard.choice or await _chosen_in_words(tx, conversation_id, heard),
        past=_since_last_hand_over(turns),
        introduced=any(turn.text for turn in turns),
        intake=intake if intake and not intake.done else None,
        files=tuple(file for line in lines for file in line.attachments) if intake else (),
        restraint=await restraint(tx, conversation, heard, at),
    )
    return Standing(conversation, situation)


async def may_speak(tx: Tx, conversation: Conversation, message_id: str, wants_human: bool) -> bool:
    """Whether it is still the assistant's turn, and this message the one to answer.

    Of what machines wrote only that with which a conversation begins: somebody must see it.
    """
    if conversation.handler != "assistant" or conversation.status == "closed":
        return False
    if await store.is_decided(tx, message_id):
        return False
    if letters.is_automatic(await letters.message_by_id(tx, message_id)):
        return await store.is_alone(tx, conversation.id)
    lines = await store.newest_lines(tx, conversation.id)
    return wants_human or bool(lines and lines[-1].id == message_id)


async def summary_of(tx: Tx, conversation_id: str) -> Summary:
    """What an agent must know of a conversation, at this moment."""
    conversation = await conversations.get(tx, conversation_id)
    lines = [Line(row["id"], row["text"]) for row in await store.customer_lines(tx, conversation_id)]
    told = summarise(lines, await store.tried(tx, conversation_id), conversation.language)
    return msgspec.structs.replace(told, intake=await intake_of(tx, conversation_id))


def _asked(line: Message) -> str:
    """A letter says more than it asks."""
    if line.letter is None:
        return line.text
    return without_manners(line.text, line.letter.sender.name if line.letter.sender else "")


async def _chosen_in_words(tx: Tx, conversation_id: str, heard: Message) -> str | None:
    if heard.letter is None:
        return None
    offered = await store.newest_answer(tx, conversation_id)
    return chosen_in_words(heard.text, offered.choices) if offered else None


def _since_last_hand_over(turns: list[Turn]) -> tuple[Turn, ...]:
    """An agent who gave the conversation back has dealt with what was missed before."""
    last = max((place for place, turn in enumerate(turns) if turn.kind == "hand_over"), default=-1)
    return tuple(turns[last + 1 :])
