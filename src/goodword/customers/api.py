"""Customers over HTTP, for the staff."""

from typing import Annotated, Protocol

from litestar import Router, get, patch
from litestar.params import Parameter, SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.customers import store
from goodword.customers.actions.edit import edit
from goodword.customers.card import Card, card_of
from goodword.platform.clock import Clock
from goodword.platform.db import Database
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


class Page(Struct):
    customers: list[Line]


class Changes(Struct, forbid_unknown_fields=True):
    """What is left out stays; null clears."""

    name: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET
    email: Annotated[str, Meta(max_length=500)] | UnsetType | None = UNSET
    phone: Annotated[str, Meta(max_length=100)] | UnsetType | None = UNSET
    city: Annotated[str, Meta(max_length=500)] | UnsetType | None = UNSET


@get("/", summary="Customers by the beginning of a name, an e-mail address or a number")
async def list_customers(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    caller: SkipValidation[Caller],
    q: Annotated[str, Parameter(max_length=200)] = "",
) -> Page:
    caller.stamp(clock.now()).need("customers.read")
    found = await database.read(store.search_customers, q, MOST)
    return Page([Line(**{name: getattr(one, name) for name in Line.__struct_fields__}) for one in found])


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
    customer = await database.write(
        edit, stamp, customer_id, name=data.name, email=data.email, phone=data.phone, city=data.city
    )
    return await database.read(card_of, customer.id)


routes = Router("/api/v1/customers", route_handlers=[list_customers, show_customer, edit_customer], tags=["Customers"])
