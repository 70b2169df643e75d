"""A customer is one of those who come first, or no longer is."""

import msgspec

from goodword.customers import store
from goodword.customers.events import CustomerEdited
from goodword.customers.model import Customer, Tier
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def set_tier(tx: Tx, stamp: Stamp, customer_id: str, tier: Tier) -> Customer:
    """It counts from the next time on that he waits in a queue."""
    stamp.need("customers.edit")
    customer = await store.hold_customer(tx, customer_id)
    if customer.tier == tier:
        return customer
    await store.keep_tier(tx, customer.id, tier)
    await append(tx, customer.id, CustomerEdited(customer=customer.ref, changes={"tier": tier}), stamp)
    return msgspec.structs.replace(customer, tier=tier)
