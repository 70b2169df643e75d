"""Two conversations of one customer become one."""

import msgspec

from goodword.conversations import merges, store
from goodword.conversations.actions.assign import assign
from goodword.conversations.events import ConversationJoined, ConversationMerged, LeftQueue, Tagged
from goodword.conversations.merges import Brought
from goodword.conversations.model import MOST_TAGS, Conversation
from goodword.conversations.standing import earliest, newest_shown, standing_of
from goodword.conversations.streams import must_be_at_work, numbered, streams_of
from goodword.conversations.timeline import change_status, record
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp
from goodword.platform.jobs import cancel

MESSAGES = "SELECT count(*) FROM messages WHERE conversation_id = :id AND kind = 'message'"


async def merge(tx: Tx, stamp: Stamp, source_id: str, target_id: str) -> Conversation:
    """Show ``source_id`` in the time line of ``target_id`` from now on, and close it; the target, as it is then.

    What waited in the source waits in the target. ``BadInput``: the same one, or another customer's; ``Conflict``:
    one of them has been merged already.
    """
    stamp.need("conversations.answer")
    source, target = await _both(tx, source_id, target_id)
    if source.id == target.id:
        raise BadInput("merge_itself")
    if source.customer_id != target.customer_id:
        raise BadInput("merge_customers_first")
    await must_be_at_work(tx, source)
    await must_be_at_work(tx, target)
    tags = await _hand_tags_on(tx, stamp, source.id, target.id)
    before = max(source.seq, target.seq)
    brought = Brought(source.id, target.id, source.unread, source.waiting_since, tags, before)
    await merges.keep(tx, brought, stamp.at)
    await _retire(tx, stamp, source, target)
    await _join(tx, stamp, source, target)
    await _take_on(tx, msgspec.structs.replace(stamp, rights=None), source, target)
    return await store.get(tx, target.id)


async def _both(tx: Tx, source_id: str, target_id: str) -> tuple[Conversation, Conversation]:
    """In one order, whoever is merged into whom, so that two who do it at once don't wait for each other."""
    for id in sorted({source_id, target_id}):
        await tx.lock(id)
    return await store.get(tx, source_id), await store.get(tx, target_id)


async def _hand_tags_on(tx: Tx, stamp: Stamp, source_id: str, target_id: str) -> tuple[str, ...]:
    has = await store.tags(tx, target_id)
    new = [tag for tag in await store.tags(tx, source_id) if tag not in has][: MOST_TAGS - len(has)]
    for tag in new:
        await store.add_tag(tx, target_id, tag)
        await record(tx, target_id, Tagged(tag=tag), stamp)
    return tuple(new)


async def _retire(tx: Tx, stamp: Stamp, source: Conversation, target: Conversation) -> None:
    """Its owner stays known, for when it stands alone again."""
    if source.queued_at is not None:
        await record(tx, source.id, LeftQueue(), stamp, queued_at=None, queue_position=None)
    await change_status(tx, source, stamp, "closed", "merged")
    await cancel(tx, f"wake:{source.id}")
    fact = ConversationMerged(into=numbered(target))
    await record(tx, source.id, fact, stamp, merged_into=target.id, waiting_since=None, unread=0)


async def _join(tx: Tx, stamp: Stamp, source: Conversation, target: Conversation) -> None:
    streams = await streams_of(tx, target.id)
    await store.update(
        tx,
        target.id,
        unread=target.unread + source.unread,
        waiting_since=earliest(target.waiting_since, source.waiting_since),
        **await newest_shown(tx, target, streams),
    )
    messages = 0
    for stream in await streams_of(tx, source.id):
        messages += int(await tx.value(MESSAGES, id=stream))
    standing = await standing_of(tx, target.id)
    await record(
        tx, target.id, ConversationJoined(source=numbered(source), messages=messages, standing=standing), stamp
    )


async def _take_on(tx: Tx, stamp: Stamp, source: Conversation, target: Conversation) -> None:
    """Work that was open goes on: nobody is forgotten because his conversation was put into a closed one."""
    if source.status == "closed":
        return
    if target.status == "closed" or (target.status == "snoozed" and source.waiting_since):
        await change_status(tx, target, stamp, "open", "merged")
        await cancel(tx, f"wake:{target.id}")
    if target.assignee_id is None and source.assignee_id:
        await assign(tx, stamp, target.id, agent_id=source.assignee_id)
    elif target.assignee_id is None and target.handler == "assistant" and source.handler in ("queue", "nobody"):
        await assign(tx, stamp, target.id, agent_id=None)
