"""A customer as the workspace shows him beside a conversation."""

from typing import Any

import msgspec

from goodword.customers import store
from goodword.customers.model import Blocked, Customer, Item, Kind, Tier
from goodword.platform.db import Tx


class CardIdentity(msgspec.Struct, frozen=True):
    id: str
    kind: Kind
    value: str
    verified: bool


class CardOrder(msgspec.Struct, frozen=True):
    """``total`` in units of ``currency``, with its cents behind the point."""

    number: str
    placed_at: int
    total: float
    currency: str
    status: str
    items: tuple[Item, ...]


class CardMerge(msgspec.Struct, frozen=True):
    """A record that became part of this one and can be taken out again; ``name`` is the one it bears."""

    id: str
    from_id: str
    name: str
    reason: str
    at: int


class Card(msgspec.Struct, frozen=True):
    id: str
    name: str
    email: str | None
    phone: str | None
    anonymous: bool
    language: str | None
    city: str | None
    created_at: int
    tier: Tier
    identities: tuple[CardIdentity, ...]
    attributes: dict[str, Any]
    orders: tuple[CardOrder, ...]
    merges: tuple[CardMerge, ...]
    blocked: Blocked | None


async def card_of(tx: Tx, customer_id: str) -> Card:
    """``NotFound`` where there is none; a merged id gives the record that stands for it."""
    customer = await store.get_customer(tx, customer_id)
    names = await store.names_of_merged(tx, customer.id)
    return Card(
        **_own_fields(customer),
        identities=tuple(
            CardIdentity(identity.id, identity.kind, identity.value, identity.verified)
            for identity in await store.identities_of(tx, customer.id)
        ),
        orders=tuple(
            CardOrder(order.number, order.placed_at, order.total_cents / 100, order.currency, order.status, order.items)
            for order in await store.orders_of(tx, customer.id)
        ),
        merges=tuple(
            CardMerge(merge.id, merge.from_id, names.get(merge.from_id, ""), merge.reason, merge.at)
            for merge in await store.merges_into(tx, customer.id)
        ),
        blocked=customer.blocked,
    )


def _own_fields(customer: Customer) -> dict[str, Any]:
    names = ("id", "name", "email", "phone", "anonymous", "language", "city", "created_at", "attributes", "tier")
    return {name: getattr(customer, name) for name in names}
