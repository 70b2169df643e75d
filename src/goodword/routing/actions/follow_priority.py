"""What waits becomes more or less urgent."""

from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.routing import store
from goodword.routing.actions.announce import announce_soon


async def follow_priority(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """It gets the rank that it would have had on arrival, behind whoever was told that he is next."""
    await tx.lock(store.LOCK)
    rules = await store.settings(tx)
    queue = await store.queue(tx, stamp.at, rules)
    waiting = next((waiting for waiting in queue if waiting.id == conversation_id), None)
    if waiting is None:
        return
    desk = await store.desk(tx, stamp.at, rules)
    ranked = await store.ranked(tx, waiting, rules, queue, desk, stamp.at)
    await store.keep_place(tx, waiting.id, waiting.since, ranked.rank)
    await announce_soon(tx, stamp.at)
