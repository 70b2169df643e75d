"""An address that somebody says is his: it may show records as one to the staff, it never opens a conversation."""

import msgspec

from goodword.customers import store
from goodword.customers.actions.merge import join, part
from goodword.customers.events import CustomerIdentified
from goodword.customers.model import Customer, Identity, may_join
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def join_by_email(tx: Tx, stamp: Stamp, customer: Customer, email: str) -> Customer:
    """The record that stands for ``customer`` once his ``email`` is known: his own, or the one that has it."""
    await tx.lock(f"identity:email::{email}")
    customer = await store.hold_customer(tx, customer.id)
    known = await store.find_identity(tx, "email", "", email)
    if known is None:
        await _add_address(tx, stamp, customer, email)
        return await store.get_customer(tx, customer.id)
    if known.customer_id == customer.id:
        return customer
    mine, theirs = [await store.identities_of(tx, id) for id in (customer.id, known.customer_id)]
    if not may_join(mine, theirs):
        return customer
    # An account outlasts an address that somebody typed.
    if any(identity.verified for identity in mine) and not any(identity.verified for identity in theirs):
        return await join(tx, stamp, known.customer_id, customer.id, "claim")
    return await join(tx, stamp, customer.id, known.customer_id, "claim")


async def stand_alone(tx: Tx, stamp: Stamp, identity: Identity) -> Customer:
    """The record an identity was made with, taken out again from wherever earlier claims had put it."""
    claim = await store.claim_of(tx, identity.origin_id)
    if claim:
        await part(tx, stamp, claim)
    return await store.get_customer(tx, (await store.get_identity(tx, identity.id)).customer_id)


async def _add_address(tx: Tx, stamp: Stamp, customer: Customer, email: str) -> None:
    id = ids.new("idn", stamp.at)
    identity = Identity(id, customer.id, "email", "", email, False, "", email, customer.id)
    await store.add_identity(tx, identity, stamp.at)
    if customer.email is None:
        await store.keep_customer(tx, msgspec.structs.replace(customer, email=email))
    fact = CustomerIdentified(customer=customer.ref, identity_id=id, kind="email", verified=False)
    await append(tx, customer.id, fact, stamp)
