"""Colleagues talk about a conversation beside it; the customer never sees it."""

from collections.abc import Sequence

import msgspec

from goodword.conversations import side_threads, store
from goodword.conversations.actions.receive import message_of
from goodword.conversations.events import SideThreadClosed, SideThreadSaid, SideThreadStarted
from goodword.conversations.mentions import call, colleagues
from goodword.conversations.model import Draft, Message, checked
from goodword.conversations.side_threads import SideThread, checked_title
from goodword.conversations.streams import streams_of
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def start_side_thread(
    tx: Tx, stamp: Stamp, conversation_id: str, title: str, members: Sequence[str], draft: Draft
) -> SideThread:
    """Begin one with its first message; the same ``draft.client_id`` once.

    Each of ``members`` is called. ``BadInput``: somebody who doesn't work here, or nothing to say.
    """
    stamp.need("conversations.answer")
    checked(draft)
    await store.hold(tx, conversation_id)
    id = ids.derived("sth", conversation_id, stamp.actor.id or stamp.actor.kind, draft.client_id)
    thread = SideThread(id, conversation_id, checked_title(title), await colleagues(tx, members))
    if await side_threads.keep(tx, thread, stamp.at):
        fact = SideThreadStarted(thread_id=id, title=thread.title, members=thread.members)
        await record(tx, conversation_id, fact, stamp)
        await _say(tx, stamp, conversation_id, thread, draft)
    return thread


async def say_aside(tx: Tx, stamp: Stamp, conversation_id: str, thread_id: str, draft: Draft) -> Message:
    """The same ``draft.client_id`` is said once; one that was closed is open again.

    Whoever was called into it may speak there, though he answers no customers.
    """
    stamp.need("conversations.read")
    checked(draft)
    await store.hold(tx, conversation_id)
    thread = await side_threads.get(tx, thread_id, await streams_of(tx, conversation_id))
    if stamp.actor.id not in [one.id for one in thread.members]:
        stamp.need("conversations.answer")
    message = await _say(tx, stamp, conversation_id, thread, draft)
    if thread.closed:
        await side_threads.set_closed(tx, thread_id, False)
    return message


async def close_side_thread(tx: Tx, stamp: Stamp, conversation_id: str, thread_id: str) -> None:
    stamp.need("conversations.answer")
    await store.hold(tx, conversation_id)
    thread = await side_threads.get(tx, thread_id, await streams_of(tx, conversation_id))
    if not thread.closed:
        await side_threads.set_closed(tx, thread_id, True)
        await record(tx, thread.conversation_id, SideThreadClosed(thread_id=thread_id), stamp)


async def _say(tx: Tx, stamp: Stamp, shown_in: str, thread: SideThread, draft: Draft) -> Message:
    message_id = ids.derived("msg", thread.id, stamp.actor.id or stamp.actor.kind, draft.client_id)
    called = tuple(one for one in thread.members if one.id != stamp.actor.id)
    message = message_of(msgspec.structs.replace(draft, mentions=called), message_id, stamp, kind="note")
    fact = SideThreadSaid(thread_id=thread.id, message=message)
    event_id = ids.derived("evt", message_id, "said")
    seq = await record(tx, thread.conversation_id, fact, stamp, event_id=event_id)
    if seq:
        await call(tx, stamp, shown_in, called, seq)
    return message
