"""Somebody has seen the time line up to an event."""

from goodword.conversations import merges, store
from goodword.conversations.events import ReadByAgent, ReadByCustomer
from goodword.conversations.streams import streams_of
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def read_by_agent(tx: Tx, stamp: Stamp, conversation_id: str, seq: int) -> None:
    # Who only looks on has not read it for those who answer; and the customer is told.
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    seq = min(seq, conversation.seq)
    was_named = await store.see_mentions(tx, conversation_id, stamp.actor.id or "", seq)
    if was_named or (seq > conversation.agent_read_seq and conversation.unread):
        streams = await streams_of(tx, conversation_id)
        unread = min(conversation.unread, await merges.received_after(tx, streams, seq))
        if len(streams) > 1:
            await merges.read_until(tx, conversation_id, seq)
        read_to = max(seq, conversation.agent_read_seq)
        fact = ReadByAgent(seq=seq, unread=unread)
        await record(tx, conversation_id, fact, stamp, agent_read_seq=read_to, unread=unread)


async def read_by_customer(tx: Tx, stamp: Stamp, conversation_id: str, seq: int) -> None:
    conversation = await store.hold(tx, conversation_id)
    seq = min(seq, conversation.seq)
    if seq > conversation.customer_read_seq:
        await record(tx, conversation_id, ReadByCustomer(seq=seq), stamp, customer_read_seq=seq)
