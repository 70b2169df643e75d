"""The company's own fields of a customer get a value, another one, or none."""

from collections.abc import Mapping
from typing import Any

import msgspec

from goodword.customers import store
from goodword.customers.actions.give_attributes import CLAIMED
from goodword.customers.events import CustomerEdited
from goodword.customers.model import Customer
from goodword.fields import check
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def set_fields(tx: Tx, stamp: Stamp, customer_id: str, values: Mapping[str, object]) -> Customer:
    """None takes a value away; what the staff writes is no visitor's claim any more.

    ``BadInput``: a field that nobody defined, or a value that it doesn't take.
    """
    stamp.need("customers.edit")
    customer = await store.hold_customer(tx, customer_id)
    given = await check(tx, "customer", values)
    kept: dict[str, Any] = {key: value for key, value in {**customer.attributes, **given}.items() if value is not None}
    if CLAIMED in kept:
        kept[CLAIMED] = [key for key in kept[CLAIMED] if key not in given]
    changes = {key: value for key, value in given.items() if customer.attributes.get(key) != value}
    if kept == customer.attributes:
        return customer
    edited = msgspec.structs.replace(customer, attributes=kept)
    await store.keep_customer(tx, edited)
    await append(tx, customer.id, CustomerEdited(customer=edited.ref, changes=changes), stamp)
    return edited
