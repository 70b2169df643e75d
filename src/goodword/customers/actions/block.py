"""Somebody only writes rubbish: what he writes is kept and answered by nobody."""

import msgspec

from goodword.customers import store
from goodword.customers.events import CustomerBlocked, CustomerUnblocked
from goodword.customers.model import Blocked, Customer
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import SYSTEM, Stamp, append
from goodword.platform.jobs import cancel, enqueue

UNBLOCK = "customers.unblock"


async def block(tx: Tx, stamp: Stamp, customer_id: str, until: int | None = None) -> Customer:
    """For good, or ``until`` a time; he isn't told. Whoever answers customers may say whom nobody answers.

    ``BadInput``: ``until`` has passed.
    """
    stamp.need("conversations.answer")
    if until is not None and until <= stamp.at:
        raise BadInput("until_past")
    customer = await store.hold_customer(tx, customer_id)
    blocked = Blocked(stamp.at, until)
    if customer.blocked and customer.blocked.until == until:
        return customer
    await store.set_blocked(tx, customer.id, blocked)
    await append(tx, customer.id, CustomerBlocked(until=until), stamp)
    await cancel(tx, _timer(customer.id))
    if until is not None:
        await enqueue(tx, UNBLOCK, {"customer_id": customer.id}, at=until, dedupe=_timer(customer.id))
    return msgspec.structs.replace(customer, blocked=blocked)


async def unblock(tx: Tx, stamp: Stamp, customer_id: str) -> Customer:
    """He is answered again, through whatever he writes. Nothing happens when he isn't blocked."""
    stamp.need("conversations.answer")
    customer = await store.hold_customer(tx, customer_id)
    if await store.forgive(tx, customer.id):
        await append(tx, customer.id, CustomerUnblocked(), stamp)
        await cancel(tx, _timer(customer.id))
    return await store.get_customer(tx, customer.id)


async def unblock_when_due(tx: Tx, at: int, customer_id: str) -> None:
    """The time is over, unless it was made longer."""
    customer = await store.hold_customer(tx, customer_id)
    if customer.blocked is None or (customer.blocked.until is not None and customer.blocked.until <= at):
        await unblock(tx, Stamp(at, SYSTEM), customer.id)


def _timer(customer_id: str) -> str:
    return f"{UNBLOCK}:{customer_id}"
