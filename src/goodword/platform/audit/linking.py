"""The chain grows."""

from goodword.platform.audit import store
from goodword.platform.audit.model import extended
from goodword.platform.db import Database

# Half a thousand hashes take two milliseconds, for which everyone else waits.
BATCH = 500


async def link_settled(database: Database, batches: int = 1_000_000) -> int:
    """Link what can't change its place any more; how many events that were.

    Whoever is killed on the way has linked whole batches; the next one goes on where the chain ends.
    """
    linked = 0
    for _ in range(batches):
        end, events = await database.read(store.next_to_link, BATCH)
        if events:
            added = await database.write(store.add_links, end, extended(end, events))
            linked += len(events) if added else 0
        if len(events) < BATCH:
            break
    return linked
