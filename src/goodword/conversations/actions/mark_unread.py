"""What the customer wrote last is to be read again."""

from goodword.conversations import merges, store
from goodword.conversations.events import MarkedUnread
from goodword.conversations.streams import must_be_at_work, streams_of
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp


async def mark_unread(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """For everybody; what is unread stays so. ``Conflict``: the customer has written nothing, or nothing can be done.

    The customer is not told: an agent has read it all the same.
    """
    stamp.need("conversations.answer")
    conversation = await must_be_at_work(tx, await store.hold(tx, conversation_id))
    if conversation.unread:
        return
    last = await store.last_received(tx, await streams_of(tx, conversation_id))
    if last is None:
        raise Conflict("nothing_received")
    stream, seq = last
    await merges.unread_again(tx, stream)
    fact = MarkedUnread(seq=seq - 1)
    await record(tx, conversation_id, fact, stamp, agent_read_seq=seq - 1, unread=fact.unread)
