"""Somebody has seen the time line up to an event."""

from goodword.conversations import store
from goodword.conversations.events import ReadByAgent, ReadByCustomer
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def read_by_agent(tx: Tx, stamp: Stamp, conversation_id: str, seq: int) -> None:
    # Who only looks on has not read it for those who answer; and the customer is told.
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    seq = min(seq, conversation.seq)
    if seq > conversation.agent_read_seq and conversation.unread:
        unread = min(conversation.unread, await store.received_after(tx, conversation_id, seq))
        await record(tx, conversation_id, ReadByAgent(seq=seq), stamp, agent_read_seq=seq, unread=unread)


async def read_by_customer(tx: Tx, stamp: Stamp, conversation_id: str, seq: int) -> None:
    conversation = await store.hold(tx, conversation_id)
    seq = min(seq, conversation.seq)
    if seq > conversation.customer_read_seq:
        await record(tx, conversation_id, ReadByCustomer(seq=seq), stamp, customer_read_seq=seq)
