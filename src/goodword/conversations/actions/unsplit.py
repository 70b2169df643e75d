"""A split is undone."""

from goodword.conversations import store
from goodword.conversations.actions.merge import merge
from goodword.conversations.actions.split import tell
from goodword.conversations.events import MessagesMovedHere, SplitUndone
from goodword.conversations.model import Conversation
from goodword.conversations.standing import earliest
from goodword.conversations.streams import must_be_at_work, numbered
from goodword.platform.db import Tx
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
    if new.split_from != old.id or new.merged_into:
        raise Conflict("unmerged")
    await must_be_at_work(tx, old)
    moved = [id for id in await _moved(tx, new_id) if await tx.run(MOVE_BACK, id=id, old=old.id, new=new.id)]
    # What waited over there waits here, whether or not it is merged for good.
    since = earliest(old.waiting_since, new.waiting_since)
    unread = old.unread + new.unread
    await store.update(tx, new.id, unread=0, waiting_since=None)
    await tell(tx, stamp, old, SplitUndone, since, unread, into=numbered(new), message_ids=tuple(moved))
    return await merge(tx, stamp, new.id, old.id)


async def _moved(tx: Tx, new_id: str) -> list[str]:
    facts = [event.fact() for event in await earlier(tx, new_id, END, 50) if event.type == "MessagesMovedHere"]
    return [message.id for fact in facts if isinstance(fact, MessagesMovedHere) for message in fact.messages]
