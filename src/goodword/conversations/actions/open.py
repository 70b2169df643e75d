"""A conversation begins."""

from goodword.conversations import store
from goodword.conversations.events import ConversationOpened
from goodword.conversations.model import ChannelRef, Conversation, Handler, Numbered
from goodword.conversations.timeline import record
from goodword.customers.model import CustomerRef
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def open_conversation(
    tx: Tx,
    stamp: Stamp,
    *,
    channel: ChannelRef,
    customer: CustomerRef,
    identity_id: str,
    handler: Handler,
    language: str | None = None,
    subject: str = "",
    thread: str = "",
    split_from: str | None = None,
    follows: str | None = None,
    id: str | None = None,
) -> Conversation:
    """Begin an empty one.

    ``identity_id``: through which identity the customer came, and may read it; ``thread``: the channel's own name for
    it; ``split_from``: what it was a part of before; ``follows``: what it answers, closed too long ago to go on;
    ``id``: what it is called from the start, where the same must not begin twice.
    """
    id = id or ids.new("cnv", stamp.at)
    number = await store.insert(
        tx,
        id=id,
        handler=handler,
        channel_id=channel.id,
        channel_kind=channel.kind,
        channel_name=channel.name,
        customer_id=customer.id,
        identity_id=identity_id,
        thread=thread,
        language=language,
        subject=subject,
        at=stamp.at,
    )
    before = await store.get(tx, follows) if follows else None
    fact = ConversationOpened(
        conversation_id=id,
        number=number,
        channel=channel,
        customer=customer,
        language=language,
        subject=subject,
        handler=handler,
        split_from=split_from,
        follows=Numbered(before.id, before.number) if before else None,
    )
    await record(tx, id, fact, stamp, split_from=split_from)
    return await store.get(tx, id)
