"""A split is undone."""

from collections.abc import Sequence

from goodword.conversations import merges, store
from goodword.conversations.actions.merge import merge
from goodword.conversations.actions.split import tell
from goodword.conversations.events import MessagesMovedHere, SplitUndone
from goodword.conversations.model import Conversation
from goodword.conversations.standing import asks, earliest, read_until
from goodword.conversations.streams import must_be_at_work, numbered, streams_of
from goodword.platform.db import Row, Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, earlier

END = 1 << 62
MOVE_BACK = "UPDATE messages SET conversation_id = :old WHERE id = :id AND conversation_id = :new"


async def unsplit(tx: Tx, stamp: Stamp, conversation_id: str, new_id: str) -> Conversation:
    """The messages come back, and what has been said in the new one since is shown here, too; the old one.

    ``Conflict``: ``new_id`` was not split off this conversation, or it was undone already.
    """
    stamp.need("conversations.answer")
    for id in sorted({conversation_id, new_id}):
        await tx.lock(id)
    old, new = await store.get(tx, conversation_id), await store.get(tx, new_id)
    streams = await streams_of(tx, old.id)
    if new.split_from not in streams or new.merged_into:
        raise Conflict("unmerged")
    await must_be_at_work(tx, old)
    read = await read_until(tx, new)
    moved: list[str] = []
    for source_id, ids in await _moved(tx, new_id):
        if source_id not in streams:
            # It stands alone again, or elsewhere: what was moved out of it is shown here with the new one.
            continue
        back = [id for id in ids if await tx.run(MOVE_BACK, id=id, old=source_id, new=new.id)]
        moved += back
        if source_id != old.id:
            rows = [await store.message_row(tx, id) for id in back]
            await _put_back(tx, stamp, await store.hold(tx, source_id), new, rows, read)
    # What waited over there waits here, whether or not it is merged for good.
    since = earliest(old.waiting_since, new.waiting_since)
    unread = old.unread + new.unread
    await store.update(tx, new.id, unread=0, waiting_since=None)
    await tell(tx, stamp, old, SplitUndone, since, unread, into=numbered(new), message_ids=tuple(moved))
    return await merge(tx, stamp, new.id, old.id)


async def _put_back(
    tx: Tx, stamp: Stamp, source: Conversation, new: Conversation, rows: Sequence[Row], read: int
) -> None:
    """Into one that was merged; what of them is still to be dealt with is again what that one brought."""
    waits = [
        row["at"] for row in rows if new.waiting_since is not None and asks(row) and row["at"] >= new.waiting_since
    ]
    unread = min(new.unread, sum(row["author_kind"] == "customer" and row["seq"] > read for row in rows))
    await merges.put_back(tx, source.id, unread, min(waits, default=None))
    ids = tuple(row["id"] for row in rows)
    await tell(tx, stamp, source, SplitUndone, None, 0, into=numbered(new), message_ids=ids)


async def _moved(tx: Tx, new_id: str) -> list[tuple[str, list[str]]]:
    """What came here by being split off, by where it came from."""
    facts = [event.fact() for event in await earlier(tx, new_id, END, 50) if event.type == "MessagesMovedHere"]
    return [
        (fact.source.id, [one.id for one in fact.messages]) for fact in facts if isinstance(fact, MessagesMovedHere)
    ]
