"""The streams that make up a time line: a conversation's own and those of what was merged into it."""

from collections.abc import Callable, Sequence

from goodword.conversations import store
from goodword.conversations.model import Conversation, Numbered
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Event, earlier, later

BELOW = """
WITH RECURSIVE below (id) AS (
  SELECT CAST(:id AS TEXT)
  UNION SELECT CAST(m.source_id AS TEXT) FROM conversation_merges m JOIN below ON m.target_id = below.id
)
"""


async def streams_of(tx: Tx, id: str) -> list[str]:
    """Its own first, then those of what was merged into it, however deep."""
    rows = await tx.rows(f"{BELOW} SELECT id FROM below", id=id)
    return [id, *sorted(row["id"] for row in rows if row["id"] != id)]


async def events_before(tx: Tx, streams: Sequence[str], before: int, limit: int) -> list[Event]:
    """The last events of all these streams with ``seq`` below ``before``, oldest first."""
    found = [event for stream in streams for event in await earlier(tx, stream, before, limit)]
    return sorted(found, key=lambda event: event.seq)[-limit:]


async def shown_before(
    tx: Tx, streams: Sequence[str], before: int, limit: int, may_see: Callable[[Event], bool]
) -> tuple[list[Event], bool]:
    """The last ``limit`` events of these that ``may_see`` lets through, and whether there are more."""
    found: list[Event] = []
    while len(found) <= limit:
        page = await events_before(tx, streams, before, limit + 1)
        found = [event for event in page if may_see(event)] + found
        if len(page) <= limit:
            break
        before = page[0].seq
    return found[-limit:], len(found) > limit


async def shown_after(
    tx: Tx, streams: Sequence[str], after: int, limit: int, may_see: Callable[[Event], bool]
) -> tuple[list[Event], bool]:
    """The first ``limit`` events above ``after`` that ``may_see`` lets through, and whether there are more."""
    found: list[Event] = []
    while len(found) <= limit:
        page = [event for stream in streams for event in await later(tx, stream, after, limit + 1)]
        page = sorted(page, key=lambda event: event.seq)[: limit + 1]
        found += [event for event in page if may_see(event)]
        if len(page) <= limit:
            break
        after = page[-1].seq
    return found[:limit], len(found) > limit


async def root_of(tx: Tx, conversation: Conversation) -> Conversation:
    """The conversation in which this one is shown now: itself, unless it was merged."""
    while conversation.merged_into:
        conversation = await store.get(tx, conversation.merged_into)
    return conversation


async def furthest_of_same_door(tx: Tx, conversation: Conversation) -> Conversation:
    """How far up the merges what comes in here may go on: while it is the same channel and identity."""
    while conversation.merged_into:
        above = await store.get(tx, conversation.merged_into)
        if (above.channel.id, above.identity_id) != (conversation.channel.id, conversation.identity_id):
            break
        conversation = above
    return conversation


async def must_be_at_work(tx: Tx, conversation: Conversation) -> Conversation:
    """``Conflict`` where nothing can be done: it was merged into another, or put with the spam."""
    if conversation.merged_into:
        root = await root_of(tx, conversation)
        raise Conflict("merged", number=root.number)
    if conversation.spam:
        raise Conflict("spam")
    return conversation


def numbered(conversation: Conversation) -> Numbered:
    return Numbered(conversation.id, conversation.number)
