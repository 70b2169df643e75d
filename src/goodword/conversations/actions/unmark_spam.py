"""It was no rubbish after all."""

import msgspec

from goodword.conversations import store
from goodword.conversations.actions.assign import assign
from goodword.conversations.events import MarkedSpam, StatusChanged, UnmarkedSpam
from goodword.conversations.model import Conversation, Handler, Status
from goodword.conversations.standing import standing_of, unanswered
from goodword.conversations.timeline import change_handler, change_status, record
from goodword.platform.db import Tx
from goodword.platform.events import Fact, Stamp, by_seq

NEWEST = "SELECT max(seq) FROM events WHERE stream = :id AND type = :type"


async def unmark_spam(tx: Tx, stamp: Stamp, conversation_id: str) -> Conversation:
    """As it was before; what was written meanwhile waits for an answer of a person."""
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    if not conversation.spam:
        return conversation
    marked_at, marked = await _newest(tx, conversation_id, "MarkedSpam")
    assert isinstance(marked, MarkedSpam)
    written = await store.received_after(tx, conversation_id, marked_at)
    status = await _status_before(tx, conversation_id, marked_at, written)
    since, unread = await unanswered(tx, conversation) if status != "closed" else (None, 0)
    await store.update(tx, conversation_id, spam=False, waiting_since=since, unread=unread)
    standing = await standing_of(tx, conversation_id)
    await record(tx, conversation_id, UnmarkedSpam(standing=standing), stamp)
    await change_status(tx, conversation, stamp, status, "spam")
    await _hand_back(tx, stamp, await store.get(tx, conversation_id), marked.previous, bool(written))
    return await store.get(tx, conversation_id)


async def was_blocked(tx: Tx, conversation_id: str) -> bool:
    """Whether it is spam because its customer is blocked."""
    marked = (await _newest(tx, conversation_id, "MarkedSpam"))[1]
    return isinstance(marked, MarkedSpam) and marked.blocked


async def _status_before(tx: Tx, conversation_id: str, marked_at: int, written: int) -> Status:
    changed_at, changed = await _newest(tx, conversation_id, "StatusChanged")
    if changed_at < marked_at or not isinstance(changed, StatusChanged):
        return "open" if written else "closed"
    return "open" if written or changed.previous == "snoozed" else changed.previous


async def _hand_back(tx: Tx, stamp: Stamp, conversation: Conversation, previous: Handler, written: bool) -> None:
    if conversation.assignee_id:
        await change_handler(tx, conversation, stamp, "agent")
    elif conversation.status != "closed" and (written or previous in ("queue", "nobody")):
        await assign(tx, msgspec.structs.replace(stamp, rights=None), conversation.id, agent_id=None)
    else:
        await change_handler(tx, conversation, stamp, previous)


async def _newest(tx: Tx, stream: str, type: str) -> tuple[int, Fact | None]:
    seq = int(await tx.value(NEWEST, id=stream, type=type) or 0)
    event = await by_seq(tx, seq) if seq else None
    return seq, event.fact() if event else None
