"""People who write to us, the addresses by which we know them, and the rules that need nothing but them."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any, Literal

import msgspec

Kind = Literal["visitor", "external", "email", "phone", "api"]
Tier = Literal["standard", "plus", "vip"]
MergeReason = Literal["staff", "claim", "signed"]


class CustomerRef(msgspec.Struct, frozen=True):
    """A customer as others name him. An anonymous one has no name: clients make one from the end of the id."""

    id: str
    name: str
    anonymous: bool


class Blocked(msgspec.Struct, frozen=True):
    """What a customer writes is kept and answered by nobody, ``until`` a time or, with None, for good."""

    at: int
    until: int | None = None


class Customer(msgspec.Struct, frozen=True):
    """One person's record. ``name`` is what people are shown; where ``merged_into`` is set, that one stands for it."""

    id: str
    name: str
    email: str | None
    phone: str | None
    language: str | None
    city: str | None
    anonymous: bool
    attributes: dict[str, Any]
    created_at: int
    merged_into: str | None = None
    blocked: Blocked | None = None
    tier: Tier = "standard"

    @property
    def ref(self) -> CustomerRef:
        return CustomerRef(self.id, self.name, self.anonymous)


class Identity(msgspec.Struct, frozen=True):
    """One way in which a person reaches us: ``value`` within ``scope`` (a channel's id, or nothing).

    ``verified``: somebody we trust has said so, not only the person. ``name`` and ``email`` are what came with this
    identity and all that its owner may be shown of the record; ``origin_id`` is the record it was made with, before
    any merge.
    """

    id: str
    customer_id: str
    kind: Kind
    scope: str
    value: str
    verified: bool
    name: str
    email: str | None
    origin_id: str


class Item(msgspec.Struct, frozen=True):
    name: str
    quantity: int


class Order(msgspec.Struct, frozen=True):
    """What a customer bought. ``total_cents`` in hundredths of ``currency`` (ISO 4217)."""

    number: str
    customer_id: str
    placed_at: int
    status: str
    total_cents: int
    currency: str
    items: tuple[Item, ...]


class Merge(msgspec.Struct, frozen=True):
    """That ``from_id`` became part of ``into_id``, and what it takes to undo it.

    ``filled``: the fields of ``into_id`` that ``from_id`` completed, each with its value before and after.
    """

    id: str
    from_id: str
    into_id: str
    identity_ids: tuple[str, ...]
    order_numbers: tuple[str, ...]
    filled: dict[str, tuple[Any, Any]]
    reason: MergeReason
    at: int
    undone_at: int | None = None


class SignedUser(msgspec.Struct, frozen=True):
    """Whom the company's own site says it has signed in; make one only after ``is_signed``.

    The signature covers ``user_id`` alone: ``email`` and ``name`` remain claims.
    """

    user_id: str
    email: str = ""
    name: str = ""


class Session(msgspec.Struct, frozen=True):
    """What a visitor's token opens. ``answered_at``: when he answered what strangers are asked."""

    token_hash: str
    channel_id: str
    identity_id: str
    signed_identity_id: str | None
    created_at: int
    last_seen_at: int
    expires_at: int
    page: str
    title: str
    referrer: str
    answered_at: int | None = None

    @property
    def identity_ids(self) -> tuple[str, ...]:
        """The identities whose conversations this token may read; merges of records never change it."""
        return tuple(id for id in (self.identity_id, self.signed_identity_id) if id)

    @property
    def writes_as(self) -> str:
        """The identity under which new conversations are opened."""
        return self.signed_identity_id or self.identity_id


class OwnView(msgspec.Struct, frozen=True):
    """What a visitor may see of himself: what came in under his own identity, whatever record it was merged into."""

    id: str
    name: str
    email: str | None
    anonymous: bool


def own_view(identity: Identity) -> OwnView:
    name = shown_name(identity.name, identity.email)
    return OwnView(identity.origin_id, name, identity.email, anonymous=not name)


def shown_name(name: str, email: str | None = None, phone: str | None = None) -> str:
    """What to call somebody; empty when he is a stranger."""
    return name or email or phone or ""


def name_is_better(new: str, customer: Customer) -> bool:
    """Whether ``new`` says more than what he is called now: a name beats an address, an address beats nothing."""
    return bool(new) and customer.name in ("", customer.email, customer.phone)


def may_join(mine: Iterable[Identity], theirs: Iterable[Identity]) -> bool:
    """Whether an e-mail address that nobody has proved is enough to show two records to the staff as one.

    It isn't where both have an account of their own at the same place: those are two people who share a mailbox.
    """
    accounts = {(identity.kind, identity.scope) for identity in mine if identity.verified}
    return not any(identity.verified and (identity.kind, identity.scope) in accounts for identity in theirs)


def is_signed(secret: str, user_id: str, signature: str) -> bool:
    """Whether ``signature`` is the hex HMAC-SHA256 of ``user_id`` under ``secret``; in the same time for every one."""
    expected = hmac.new(secret.encode(), user_id.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
    given = signature.strip().lower().encode("utf-8", "replace")
    return bool(secret and user_id) and hmac.compare_digest(expected.encode(), given)
