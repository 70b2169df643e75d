"""A visitor leaves an address."""

import msgspec

from goodword.customers import store
from goodword.customers.actions.claim import join_by_email, stand_alone
from goodword.customers.contact import clean_email, clean_line
from goodword.customers.events import ContactGiven, CustomerRenamed
from goodword.customers.model import Customer, Identity, OwnView, Session, name_is_better, own_view
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def give_contact(tx: Tx, stamp: Stamp, session: Session, *, email: str, name: str = "") -> OwnView:
    """Note who a visitor says he is; what he may see of himself comes back.

    Where another record has this address the staff sees both as one (``CustomersMerged``). What the visitor may read
    stays the same, and so does what he is told: nobody learns whether an address is known. ``BadInput``: no address.
    """
    email, name = clean_email(email), clean_line(name)
    # The same order of locks as in ``identify``, which knows the address before it merges.
    await tx.lock(f"identity:email::{email}")
    await store.hold_records(tx)
    identity = await store.get_identity(tx, session.writes_as)
    identity = msgspec.structs.replace(identity, email=email, name=name or identity.name)
    await store.keep_identity(tx, identity)
    customer = await _his_record(tx, stamp, identity, email, name)
    fact = ContactGiven(customer_id=customer.id, identity_id=identity.id, email=email, name=name)
    await append(tx, customer.id, fact, stamp)
    return own_view(identity)


async def _his_record(tx: Tx, stamp: Stamp, identity: Identity, email: str, name: str) -> Customer:
    holder = await store.find_identity(tx, "email", "", email)
    among_others = identity.customer_id != identity.origin_id
    if among_others and holder and holder.customer_id == identity.customer_id:
        return await store.get_customer(tx, identity.customer_id)
    # An earlier claim to another address no longer counts.
    customer = await stand_alone(tx, stamp, identity)
    if customer.id == identity.origin_id:
        customer = await _complete(tx, stamp, customer, email, name)
    return await join_by_email(tx, stamp, customer, email)


async def _complete(tx: Tx, stamp: Stamp, customer: Customer, email: str, name: str) -> Customer:
    identities = await store.identities_of(tx, customer.id)
    proved = any(identity.kind == "email" and identity.verified for identity in identities)
    called = name if name_is_better(name, customer) else customer.name
    fuller = msgspec.structs.replace(
        customer,
        name=email if called in ("", customer.email) else called,
        anonymous=False,
        email=customer.email if proved else email,
    )
    if fuller != customer:
        await store.keep_customer(tx, fuller)
    if fuller.name != customer.name:
        await append(tx, customer.id, CustomerRenamed(customer=fuller.ref), stamp)
    return fuller
