"""Somebody reached us: who is it?"""

import msgspec

from goodword.customers import store
from goodword.customers.actions.claim import join_by_email
from goodword.customers.contact import clean_email, clean_language, clean_line, clean_value
from goodword.customers.events import CustomerCreated, CustomerIdentified, CustomerRenamed
from goodword.customers.model import Customer, Identity, Kind, name_is_better, shown_name
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def identify(
    tx: Tx,
    stamp: Stamp,
    *,
    kind: Kind,
    value: str,
    scope: str = "",
    verified: bool = False,
    name: str = "",
    email: str = "",
    language: str = "",
) -> tuple[Customer, Identity]:
    """The customer behind an identity, made on first sight; however many ask at once, there is one.

    ``scope`` is the channel's id where ``value`` means something only there. What is known already is completed, never
    replaced. ``BadInput``: not a value of this kind.
    """
    value, name, spoken = clean_value(kind, value), clean_line(name), clean_language(language)
    claimed = clean_email(email) if email else value if kind == "email" else None
    identity = await store.find_identity(tx, kind, scope, value)
    if identity is None:
        await tx.lock(f"identity:{kind}:{scope}:{value}")
        identity = await store.find_identity(tx, kind, scope, value)
    if identity is None:
        new = Identity(ids.new("idn", stamp.at), "", kind, scope, value, verified, name, claimed, "")
        return await _meet(tx, stamp, new, spoken)
    identity = await _hear(tx, stamp, identity, verified, name, claimed)
    return await _complete(tx, stamp, identity, spoken), identity


async def _meet(tx: Tx, stamp: Stamp, new: Identity, language: str | None) -> tuple[Customer, Identity]:
    phone = new.value if new.kind == "phone" else None
    name = shown_name(new.name, new.email, phone)
    id = ids.new("cus", stamp.at)
    customer = Customer(id, name, new.email, phone, language, None, not name, {}, stamp.at)
    identity = msgspec.structs.replace(new, customer_id=id, origin_id=id)
    await store.create_customer(tx, customer)
    await store.add_identity(tx, identity, stamp.at)
    await append(tx, id, CustomerCreated(customer=customer.ref, identity_id=identity.id, kind=new.kind), stamp)
    if new.email and new.kind != "email":
        customer = await join_by_email(tx, stamp, customer, new.email)
    return customer, await store.get_identity(tx, identity.id)


async def _hear(tx: Tx, stamp: Stamp, identity: Identity, verified: bool, name: str, email: str | None) -> Identity:
    """Keep what is new about an identity we know."""
    heard = msgspec.structs.replace(
        identity,
        verified=identity.verified or verified,
        name=name or identity.name,
        email=email or identity.email,
    )
    if heard == identity:
        return identity
    await store.keep_identity(tx, heard)
    if heard.verified and not identity.verified:
        customer = await store.get_customer(tx, identity.customer_id)
        fact = CustomerIdentified(customer=customer.ref, identity_id=identity.id, kind=identity.kind, verified=True)
        await append(tx, customer.id, fact, stamp)
    return heard


async def _complete(tx: Tx, stamp: Stamp, identity: Identity, language: str | None) -> Customer:
    """Fill what the record lacks with what its identity says."""
    customer = await store.get_customer(tx, identity.customer_id)
    if _completed(customer, identity, language) == customer:
        return customer
    customer = await store.hold_customer(tx, identity.customer_id)
    fuller = await store.keep_customer(tx, _completed(customer, identity, language))
    if fuller.name != customer.name:
        await append(tx, customer.id, CustomerRenamed(customer=fuller.ref), stamp)
    return fuller


def _completed(customer: Customer, identity: Identity, language: str | None) -> Customer:
    better = identity.name if name_is_better(identity.name, customer) else ""
    name = better or customer.name or shown_name("", identity.email)
    return msgspec.structs.replace(
        customer,
        name=name,
        anonymous=not name,
        email=customer.email or identity.email,
        language=customer.language or language,
    )
