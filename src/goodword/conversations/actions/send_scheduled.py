"""The time of a reply has come."""

from goodword.conversations import sending_later, store
from goodword.conversations.actions.add_note import add_note
from goodword.conversations.actions.cancel_scheduled import Reason, call_off
from goodword.conversations.actions.close import close
from goodword.conversations.actions.reply import reply
from goodword.conversations.actions.snooze import snooze
from goodword.conversations.events import ScheduledReplySent
from goodword.conversations.model import LONGEST_TEXT, Conversation, Draft
from goodword.conversations.sending_later import ScheduledReply
from goodword.conversations.streams import root_of
from goodword.conversations.timeline import change_status, record
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Actor, Stamp
from goodword.platform.i18n import text
from goodword.staff import Agent, find_agent

UNSENT = {"author_gone": "conversation.unsent_reply", "no_letters": "conversation.unsent_letter"}


async def send_scheduled(tx: Tx, stamp: Stamp, scheduled_id: str) -> None:
    """Say it, in the name of who wrote it, where its conversation goes on now; once, however often it is asked for.

    Of somebody who no longer answers here it is not sent, nor what was addressed as a letter and would no longer leave
    as one: it becomes a note, and the conversation is work again.
    """
    waiting = await sending_later.find_waiting(tx, scheduled_id)
    if waiting is None:
        return
    begun = await store.get(tx, waiting.conversation_id)
    conversation = await store.hold(tx, (await root_of(tx, begun)).id)
    author = await find_agent(tx, waiting.author.id)
    if author is None or author.disabled or "conversations.answer" not in author.rights:
        await _leave_as_note(tx, stamp, conversation, waiting, author, "author_gone")
    elif waiting.letter and conversation.channel.id != begun.channel.id:
        await _leave_as_note(tx, stamp, conversation, waiting, author, "no_letters")
    elif await sending_later.settle(tx, waiting.id, "sent"):
        await _send(tx, Stamp(stamp.at, Actor("agent", author.id, author.name)), conversation, waiting)


async def _send(tx: Tx, stamp: Stamp, conversation: Conversation, waiting: ScheduledReply) -> None:
    draft = Draft(
        client_id=f"later:{waiting.id}",
        text=waiting.text,
        attachments=waiting.attachments,
        canned=waiting.canned,
        letter=waiting.letter,
    )
    said = await reply(tx, stamp, conversation.id, draft, keep_draft=True)
    fact = ScheduledReplySent(scheduled_id=waiting.id, message_id=said.message.id)
    await record(tx, conversation.id, fact, stamp, scheduled=max(0, conversation.scheduled - 1))
    if waiting.then == "close":
        await close(tx, stamp, conversation.id)
    elif waiting.then == "snooze" and (waiting.until or 0) > stamp.at:
        await snooze(tx, stamp, conversation.id, waiting.until or 0)


async def _leave_as_note(
    tx: Tx, stamp: Stamp, conversation: Conversation, waiting: ScheduledReply, author: Agent | None, why: Reason
) -> None:
    stamp = stamp.acting_as(SYSTEM)
    await call_off(tx, stamp, waiting, why)
    language = author.language if author else "en"
    words = text(language, UNSENT[why], name=waiting.author.name, text=waiting.text)
    note = Draft(client_id=f"later:{waiting.id}", text=words[:LONGEST_TEXT], attachments=waiting.attachments)
    await add_note(tx, stamp, conversation.id, note)
    conversation = await store.get(tx, conversation.id)
    if conversation.status != "open":
        await change_status(tx, conversation, stamp, "open", "timer")
