"""Where what a customer writes goes on."""

from goodword.conversations import store
from goodword.conversations.actions.unmerge import unmerge
from goodword.conversations.model import REOPENED_WITHIN, ChannelRef, Conversation, takes_new_message
from goodword.conversations.streams import furthest_of_same_door, root_of, streams_of
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp

SPLITS = """
SELECT * FROM conversations
WHERE identity_id = :identity_id AND split_from = :id AND status <> 'closed' ORDER BY number DESC LIMIT 5
"""
LAST_REPLY = """
SELECT COALESCE(max(seq), 0) FROM messages WHERE conversation_id = :id AND kind = 'message' AND author_kind = 'agent'
"""


async def going_on(
    tx: Tx,
    stamp: Stamp,
    channel: ChannelRef,
    identity_id: str,
    thread: str,
    *,
    into: str | None = None,
    within: int = REOPENED_WITHIN,
) -> Conversation | None:
    """The newest conversation of the thread, or ``into``, held; None when a new one is to begin.

    Of one that was merged it goes on in the target where that has the same channel and identity; else the merge is
    undone, because the answers must go where he writes. Where the channel knows no threads of its own, he answers
    what was split off when that is where an agent spoke to him last.
    """
    begun = await (store.get(tx, into) if into else _newest(tx, identity_id, channel.id, thread))
    if begun is None:
        return None
    chosen = await furthest_of_same_door(tx, begun)
    if not takes_new_message(chosen, stamp.at, within):
        return None
    held = await store.hold(tx, chosen.id)
    if held.merged_into is None:
        return held
    if held.merged_into != chosen.merged_into:
        # It was merged while we waited for it.
        return await going_on(tx, stamp, channel, identity_id, thread, into=into, within=within)
    await unmerge(tx, Stamp(stamp.at, SYSTEM, stamp.cause, stamp.hops), held.id)
    return await store.get(tx, held.id)


async def _newest(tx: Tx, identity_id: str, channel_id: str, thread: str) -> Conversation | None:
    newest = await store.newest_of_identity(tx, identity_id, channel_id, thread)
    return newest and await _answered(tx, newest)


async def _answered(tx: Tx, newest: Conversation) -> Conversation:
    streams = await streams_of(tx, (await root_of(tx, newest)).id)
    rows = [row for id in streams for row in await tx.rows(SPLITS, identity_id=newest.identity_id, id=id)]
    if not rows:
        return newest
    candidates = [newest, *(store.conversation(row) for row in rows)]
    spoken = [int(await tx.value(LAST_REPLY, id=one.id)) for one in candidates]
    return candidates[spoken.index(max(spoken))]
