"""Customers over HTTP, for the staff."""

from typing import Annotated, Protocol

from litestar import Router, get, patch, post
from litestar.params import Parameter, SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.customers import store
from goodword.customers.actions.block import block, unblock
from goodword.customers.actions.edit import edit
from goodword.customers.actions.merge import merge, unmerge
from goodword.customers.actions.set_fields import set_fields
from goodword.customers.actions.set_tier import set_tier
from goodword.customers.card import Card, card_of
from goodword.customers.model import Tier
from goodword.fields import Value
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp

MOST = 50


class Caller(Protocol):
    """Whoever asks; the staff is no business of this package."""

    def stamp(self, at: int) -> Stamp: ...


class Line(Struct):
    """A customer in a list."""

    id: str
    name: str
    email: str | None
    phone: str | None
    anonymous: bool
    language: str | None
    city: str | None
    created_at: int
    tier: Tier


class Page(Struct):
    """``next``: where the next page begins, ``before`` of that one; null: there is none."""

    customers: list[Line]
    next: str | None


class Changes(Struct, forbid_unknown_fields=True):
    """What is left out stays; null clears. ``fields``: those of one's own, by key."""

    name: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET
    email: Annotated[str, Meta(max_length=500)] | UnsetType | None = UNSET
    phone: Annotated[str, Meta(max_length=100)] | UnsetType | None = UNSET
    city: Annotated[str, Meta(max_length=500)] | UnsetType | None = UNSET
    tier: Tier | UnsetType = UNSET
    fields: Annotated[dict[str, Value | None], Meta(max_length=100)] | UnsetType = UNSET


class Other(Struct, forbid_unknown_fields=True):
    """The record that becomes part of this one."""

    from_id: Annotated[str, Meta(min_length=1, max_length=40)]


class Until(Struct):
    """None: for good."""

    until: Annotated[int, Meta(ge=0, le=1 << 53)] | None = None


@get("/", summary="Customers by the beginning of a name, an e-mail address or a number")
async def list_customers(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    caller: SkipValidation[Caller],
    q: Annotated[str, Parameter(max_length=200)] = "",
    limit: Annotated[int, Parameter(ge=1, le=200)] = MOST,
    before: str | None = None,
) -> Page:
    caller.stamp(clock.now()).need("customers.read")
    behind = (_place(before),) if before else ()
    found = await database.read(store.search_customers, q, limit + 1, *behind)
    last = found[limit - 1] if len(found) > limit else None
    lines = [Line(**{name: getattr(one, name) for name in Line.__struct_fields__}) for one in found[:limit]]
    return Page(lines, f"{last.created_at}.{last.id}" if last else None)


@get("/{customer_id:str}", summary="A customer with identities and orders")
async def show_customer(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: SkipValidation[Caller], customer_id: str
) -> Card:
    caller.stamp(clock.now()).need("customers.read")
    return await database.read(card_of, customer_id)


@patch("/{customer_id:str}", summary="Correct a customer's record")
async def edit_customer(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    caller: SkipValidation[Caller],
    customer_id: str,
    data: Changes,
) -> Card:
    stamp = caller.stamp(clock.now())

    async def deed(tx: Tx) -> Card:
        customer = await edit(
            tx, stamp, customer_id, name=data.name, email=data.email, phone=data.phone, city=data.city
        )
        if data.tier is not UNSET:
            await set_tier(tx, stamp, customer.id, data.tier)
        if data.fields is not UNSET:
            await set_fields(tx, stamp, customer.id, data.fields)
        return await card_of(tx, customer.id)

    return await database.write(deed)


@post("/{customer_id:str}/merge", status_code=200, summary="Another record is the same person")
async def merge_customers(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    caller: SkipValidation[Caller],
    customer_id: str,
    data: Other,
) -> Card:
    """His identities, orders and conversations come along; ``merges`` of the card names what can be undone."""
    kept = await database.write(merge, caller.stamp(clock.now()), data.from_id, customer_id)
    return await database.read(card_of, kept.id)


@post("/merges/{merge_id:str}/undo", status_code=200, summary="They were two persons after all")
async def unmerge_customers(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: SkipValidation[Caller], merge_id: str
) -> Card:
    """The record that stands alone again."""
    alone = await database.write(unmerge, caller.stamp(clock.now()), merge_id)
    return await database.read(card_of, alone.id)


@post("/{customer_id:str}/block", status_code=200, summary="Keep what he writes, and answer it no more")
async def block_customer(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    caller: SkipValidation[Caller],
    customer_id: str,
    data: Until,
) -> Card:
    customer = await database.write(block, caller.stamp(clock.now()), customer_id, data.until)
    return await database.read(card_of, customer.id)


@post("/{customer_id:str}/unblock", status_code=200, summary="Answer him again")
async def unblock_customer(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: SkipValidation[Caller], customer_id: str
) -> Card:
    customer = await database.write(unblock, caller.stamp(clock.now()), customer_id)
    return await database.read(card_of, customer.id)


routes = Router(
    "/api/v1/customers",
    route_handlers=[
        list_customers,
        show_customer,
        edit_customer,
        merge_customers,
        unmerge_customers,
        block_customer,
        unblock_customer,
    ],
    tags=["Customers"],
)


def _place(before: str) -> tuple[int, str]:
    """``BadInput``: not one of our places."""
    at, _, id = before.partition(".")
    if len(before) > 60 or not id or not (at.isascii() and at.isdigit()) or int(at) > store.LARGEST:
        raise BadInput("before")
    return int(at), id
