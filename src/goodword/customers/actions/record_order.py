"""The shop tells what a customer bought."""

import msgspec

from goodword.customers import store
from goodword.customers.model import Order
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def record_order(tx: Tx, stamp: Stamp, order: Order) -> None:
    """Keep the newest state of an order; its number tells which. ``NotFound``: no such customer."""
    stamp.need("customers.edit")
    customer = await store.get_customer(tx, order.customer_id)
    await store.keep_order(tx, msgspec.structs.replace(order, customer_id=customer.id))
