"""A conversation that was merged stands alone again."""

import msgspec

from goodword.conversations import merges, store
from goodword.conversations.actions.assign import assign
from goodword.conversations.events import ConversationLeft, ConversationUnmerged, StatusChanged, Untagged
from goodword.conversations.merges import Brought
from goodword.conversations.model import Conversation
from goodword.conversations.standing import newest_shown, standing_of, unanswered
from goodword.conversations.streams import numbered, streams_of
from goodword.conversations.timeline import change_status, record
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, by_seq

NEWEST_STATUS = "SELECT max(seq) FROM events WHERE stream = :id AND type = 'StatusChanged' AND seq > :after"


async def unmerge(tx: Tx, stamp: Stamp, source_id: str) -> Conversation:
    """As it was before, with what has happened since: what was answered meanwhile waits no more. The source.

    What was merged into the source goes along. ``Conflict``: it is merged into nothing.
    """
    stamp.need("conversations.answer")
    source = await store.hold(tx, source_id)
    brought = await merges.get(tx, source_id)
    if brought is None or source.merged_into is None:
        raise Conflict("unmerged")
    above = await _above(tx, source)
    await merges.forget(tx, source_id)
    await _stand_alone(tx, stamp, source, above[0], brought)
    for ancestor in above:
        await _let_go(tx, stamp, source, ancestor, brought)
    await _take_tags_off(tx, stamp, brought)
    if not await merges.into(tx, above[0].id):
        await _restore_status(tx, stamp, await store.get(tx, above[0].id), brought)
    return await store.get(tx, source_id)


async def _above(tx: Tx, source: Conversation) -> list[Conversation]:
    """The target first, then what that one was merged into."""
    above = [source]
    while (id := above[-1].merged_into) is not None:
        above.append(await store.hold(tx, id))
    return above[1:]


async def _stand_alone(tx: Tx, stamp: Stamp, source: Conversation, target: Conversation, brought: Brought) -> None:
    await store.update(
        tx,
        source.id,
        merged_into=None,
        unread=brought.unread,
        waiting_since=brought.waiting_since,
        **await newest_shown(tx, source, await streams_of(tx, source.id)),
    )
    await _restore_status(tx, stamp, source, brought)
    fact = ConversationUnmerged(origin=numbered(target), standing=await standing_of(tx, source.id))
    await record(tx, source.id, fact, stamp)
    now = await store.get(tx, source.id)
    if now.status != "closed" and now.assignee_id is None and now.handler in ("queue", "nobody"):
        await assign(tx, msgspec.structs.replace(stamp, rights=None), source.id, agent_id=None)


async def _restore_status(tx: Tx, stamp: Stamp, conversation: Conversation, brought: Brought) -> None:
    """Whatever the merge made of it, unless it has changed since or the customer has written."""
    event = await by_seq(tx, int(await tx.value(NEWEST_STATUS, id=conversation.id, after=brought.after_seq) or 0))
    fact = event.fact() if event else None
    if not isinstance(fact, StatusChanged) or fact.reason != "merged":
        return
    if conversation.waiting_since is None or fact.previous != "closed":
        await change_status(tx, conversation, stamp, "open" if fact.previous == "snoozed" else fact.previous, "merged")


async def _let_go(tx: Tx, stamp: Stamp, source: Conversation, ancestor: Conversation, brought: Brought) -> None:
    own = await merges.get(tx, ancestor.id)
    unread = own.unread if own else ancestor.unread
    since = own.waiting_since if own else ancestor.waiting_since
    if since is not None and since == brought.waiting_since:
        since = await merges.waits_without(tx, ancestor.id, (await unanswered(tx, ancestor))[0])
    unread = max(0, unread - brought.unread)
    shown = await newest_shown(tx, ancestor, await streams_of(tx, ancestor.id))
    if own:
        await merges.change(tx, ancestor.id, unread, since)
        await store.update(tx, ancestor.id, **shown)
    else:
        await store.update(tx, ancestor.id, unread=unread, waiting_since=since, **shown)
    standing = await standing_of(tx, ancestor.id)
    await record(tx, ancestor.id, ConversationLeft(source=numbered(source), standing=standing), stamp)


async def _take_tags_off(tx: Tx, stamp: Stamp, brought: Brought) -> None:
    for tag in brought.tags:
        if await store.remove_tag(tx, brought.target_id, tag):
            await record(tx, brought.target_id, Untagged(tag=tag), stamp)
