"""A customer's message comes in."""

import msgspec

from goodword.conversations import store
from goodword.conversations.actions.assign import assign
from goodword.conversations.actions.cancel_scheduled import cancel_unless_silent
from goodword.conversations.actions.going_on import going_on
from goodword.conversations.actions.mark_spam import mark_spam
from goodword.conversations.actions.open import open_conversation
from goodword.conversations.events import MessageReceived, NoteAdded, ReplyQueued
from goodword.conversations.letters import is_outside
from goodword.conversations.model import (
    REOPENED_WITHIN,
    ChannelRef,
    Conversation,
    Draft,
    Handler,
    Message,
    checked,
    preview,
)
from goodword.conversations.timeline import change_handler, change_status, record
from goodword.customers import CustomerRef, is_blocked
from goodword.platform import ids
from goodword.platform.db import Row, Tx
from goodword.platform.events import SYSTEM, Stamp, by_seq
from goodword.staff import find_agent

END_OF_TIME = 1 << 62
# People, too, write through lists and other desks.
WAKES_NOBODY = ("reply", "bounce", "feedback")


class Received(msgspec.Struct, frozen=True):
    """``fresh`` is False when the message had come before; nothing was changed then.

    ``opened``: it began its conversation; ``quiet``: it waked nobody.
    """

    message: Message
    conversation: Conversation
    seq: int
    fresh: bool
    opened: bool = False
    quiet: bool = False


async def receive(
    tx: Tx,
    stamp: Stamp,
    draft: Draft,
    *,
    channel: ChannelRef,
    customer: CustomerRef,
    identity_id: str,
    first: Handler,
    thread: str = "",
    subject: str = "",
    language: str | None = None,
    into: str | None = None,
    reopened_within: int = REOPENED_WITHIN,
) -> Received:
    """Take in what the customer wrote: where his thread goes on, or into a new conversation that ``first`` handles.

    ``draft.client_id`` is the channel's own id of the message: with the same one it is taken in once. ``language`` is
    what the customer's side is set to. ``into``: the conversation that this answers, as the channel knows, whoever
    wrote; where it has been closed for longer than ``reopened_within`` a new one follows it. What comes from somebody
    who is blocked, what a machine answers here and what falls into spam is kept and wakes nobody. Whoever writes from
    outside (``Letter.outside``) is not the one who waits for an answer.
    """
    checked(draft)
    await tx.lock(f"{channel.id}:{identity_id}:{thread}")
    message_id = ids.derived("msg", channel.id, identity_id, draft.client_id)
    if before := await store.said_before(tx, message_id):
        return await said_before(tx, before)
    blocked = await is_blocked(tx, identity_id, stamp.at)
    machine = draft.letter is not None and draft.letter.automatic in WAKES_NOBODY
    within = END_OF_TIME if machine else reopened_within
    found = await going_on(tx, stamp, channel, identity_id, thread, into=into, within=within)
    conversation = found or await open_conversation(
        tx,
        stamp,
        channel=channel,
        customer=customer,
        identity_id=identity_id,
        handler=first,
        language=draft.language or language,
        subject=subject,
        thread=thread,
        follows=into,
    )
    quiet = conversation.spam or blocked or (machine and found is not None)
    if blocked and not conversation.spam:
        conversation = await mark_spam(tx, stamp.acting_as(SYSTEM), conversation.id, blocked=True)
    message = message_of(draft, message_id, stamp)
    seq = await record(
        tx,
        conversation.id,
        MessageReceived(message=message),
        stamp,
        last_at=stamp.at,
        waiting_since=conversation.waiting_since or (None if quiet or is_outside(message) else stamp.at),
        unread=0 if conversation.spam else conversation.unread + 1,
        preview_text=preview(draft.text or (draft.letter.subject if draft.letter else ""), draft.attachments),
        preview_author="customer",
        preview_kind="message",
        preview_at=stamp.at,
    )
    await store.say(tx, conversation.id, message, seq, subject="" if found else subject)
    if not quiet:
        await _wake_up(tx, stamp, conversation, first)
    now = await store.get(tx, conversation.id)
    return Received(message, now, seq, fresh=True, opened=found is None, quiet=quiet)


async def _wake_up(tx: Tx, stamp: Stamp, conversation: Conversation, first: Handler) -> None:
    if conversation.scheduled:
        await cancel_unless_silent(tx, stamp.acting_as(SYSTEM), conversation.id)
    if conversation.status == "closed" and conversation.assignee_id is None:
        await change_handler(tx, conversation, stamp, first)
    await change_status(tx, conversation, stamp, "open", "customer_wrote")
    await _let_go_of_who_has_left(tx, stamp, conversation)


async def _let_go_of_who_has_left(tx: Tx, stamp: Stamp, conversation: Conversation) -> None:
    """Somebody who no longer works here answers nobody: it waits for a person again."""
    agent = await find_agent(tx, conversation.assignee_id) if conversation.assignee_id else None
    if agent and agent.disabled:
        await assign(tx, stamp.acting_as(SYSTEM), conversation.id, agent_id=None)


async def said_before(tx: Tx, row: Row) -> Received:
    """The answer that was given when the message came for the first time."""
    event = await by_seq(tx, row["seq"])
    assert event is not None
    fact = event.fact()
    assert isinstance(fact, (MessageReceived, ReplyQueued, NoteAdded))
    conversation = await store.get(tx, row["conversation_id"])
    return Received(fact.message, conversation, row["seq"], fresh=False)


def message_of(draft: Draft, id: str, stamp: Stamp, kind: str = "message") -> Message:
    return Message(
        id=id,
        kind=kind,  # type: ignore[arg-type]
        author=stamp.actor,
        text=draft.text,
        at=stamp.at,
        language=draft.language,
        client_id=draft.client_id,
        attachments=draft.attachments,
        sources=draft.sources,
        choices=draft.choices,
        choice=draft.choice,
        template=draft.template,
        cards=draft.cards,
        mentions=draft.mentions,
        letter=draft.letter,
    )
