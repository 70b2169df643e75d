"""A mail that opened a conversation and wasn't answered at once is told that it has come."""

from goodword.assistant.acknowledging import TEMPLATE, Expected, acknowledgement
from goodword.channels import store as channels
from goodword.channels.restraint import restraint
from goodword.conversations import Conversation, letters, reply
from goodword.conversations import store as conversations
from goodword.conversations.model import Draft
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.i18n import ours

LOOKED_AT = 60


async def acknowledge(tx: Tx, stamp: Stamp, conversation_id: str, expected: Expected, fallback: str) -> None:
    """Once in a conversation, before anybody has said anything in it, and never to a machine.

    It answers nothing: the customer waits on.
    """
    conversation = await conversations.hold(tx, conversation_id)
    if not _waits_for_a_person(conversation) or not await _wants_a_word(tx, conversation, stamp.at):
        return
    language = ours(conversation.language) or fallback
    text = acknowledgement(language, conversation.number, expected)
    await reply(tx, stamp, conversation_id, Draft(TEMPLATE, text, language=language, template=TEMPLATE))


def _waits_for_a_person(conversation: Conversation) -> bool:
    at_work = conversation.status != "closed" and not conversation.spam and conversation.merged_into is None
    return at_work and conversation.handler != "assistant" and conversation.waiting_since is not None


async def _wants_a_word(tx: Tx, conversation: Conversation, at: int) -> bool:
    said = await conversations.recent_messages(tx, conversation.id, LOOKED_AT)
    if any(row["author_kind"] != "customer" for row in said):
        return False
    heard = await letters.last_words(tx, conversation.id)
    if heard is None or heard.letter is None:
        return False
    channel = await channels.get(tx, conversation.channel.id)
    return bool(channel.settings.get("acknowledge")) and not await restraint(tx, conversation, heard, at)
