"""Conversations follow when two customer records become one, or one becomes two again."""

from goodword.conversations import store
from goodword.conversations.events import ConversationMoved
from goodword.conversations.timeline import record
from goodword.customers.model import CustomerRef
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def move_to_customer(tx: Tx, stamp: Stamp, identity_id: str, customer: CustomerRef) -> None:
    """Whatever came in through ``identity_id`` is this customer's now."""
    for moved in await store.of_identity_elsewhere(tx, identity_id, customer.id):
        fact = ConversationMoved(customer=customer, previous_id=moved.customer_id)
        await record(tx, moved.id, fact, stamp, customer_id=customer.id)
