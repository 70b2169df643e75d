"""The staff corrects a customer's record."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from goodword.customers import store
from goodword.customers.contact import clean_email, clean_line, clean_phone
from goodword.customers.events import CustomerEdited, CustomerRenamed
from goodword.customers.model import Customer, Identity, shown_name
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, append


async def edit(
    tx: Tx,
    stamp: Stamp,
    customer_id: str,
    *,
    name: str | UnsetType = UNSET,
    email: str | UnsetType | None = UNSET,
    phone: str | UnsetType | None = UNSET,
    city: str | UnsetType | None = UNSET,
) -> Customer:
    """Change what is given; ``None`` clears. ``Conflict``: another customer has this e-mail address; merge the two."""
    stamp.need("customers.edit")
    wanted: dict[str, Any] = {}
    if email:
        wanted["email"] = clean_email(email)
        await tx.lock(f"identity:email::{wanted['email']}")
    elif email is None:
        wanted["email"] = None
    customer = await store.hold_customer(tx, customer_id)
    if phone is not UNSET:
        wanted["phone"] = clean_phone(phone) if phone else None
    if city is not UNSET:
        wanted["city"] = clean_line(city) or None if city else None
    if name is not UNSET:
        wanted["name"] = clean_line(name)
    if wanted.get("email"):
        await _own_address(tx, customer, wanted["email"], stamp.at)
    return await _change(tx, stamp, customer, wanted)


async def rename(tx: Tx, stamp: Stamp, customer_id: str, name: str) -> Customer:
    """See ``edit``."""
    return await edit(tx, stamp, customer_id, name=name)


async def _own_address(tx: Tx, customer: Customer, email: str, at: int) -> None:
    known = await store.find_identity(tx, "email", "", email)
    if known and known.customer_id != customer.id:
        raise Conflict("email_of_another", fields={"email": "email_of_another"})
    if known is None:
        id = ids.new("idn", at)
        identity = Identity(id, customer.id, "email", "", email, False, "", email, customer.id)
        await store.add_identity(tx, identity, at)


async def _change(tx: Tx, stamp: Stamp, customer: Customer, wanted: dict[str, Any]) -> Customer:
    edited = msgspec.structs.replace(customer, **wanted)
    called = edited.name if edited.name not in ("", customer.email, customer.phone) else ""
    name = shown_name(called, edited.email, edited.phone)
    edited = msgspec.structs.replace(edited, name=name, anonymous=not name)
    changes = {field: value for field, value in wanted.items() if value != getattr(customer, field)}
    changes.pop("name", None)
    if edited != customer:
        await store.keep_customer(tx, edited)
    if edited.name != customer.name:
        await append(tx, customer.id, CustomerRenamed(customer=edited.ref), stamp)
    if changes:
        await append(tx, customer.id, CustomerEdited(customer=edited.ref, changes=changes), stamp)
    return edited
