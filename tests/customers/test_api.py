"""Customers over HTTP."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from goodword.customers import Item, Order, identify, record_order
from goodword.customers.api import routes
from goodword.fields import define
from goodword.platform.events import SYSTEM, Actor, Stamp
from goodword.platform.http import problem_response

pytestmark = pytest.mark.anyio


@dataclass
class Noor:
    """Somebody of the staff, with the rights that a test gives her."""

    rights: frozenset[str] = frozenset({"customers.read", "customers.edit"})

    def stamp(self, at: int) -> Stamp:
        return Stamp(at, Actor("agent", "agt_noor", "Noor Haddad"), rights=self.rights)


@pytest.fixture
def noor():
    return Noor()


@pytest.fixture
async def desk(database, clock, noor):
    def handing_out(value):
        return Provide(lambda: value, sync_to_thread=False)

    named = {"database": database, "clock": clock, "caller": noor}
    app: Any = Litestar(
        [routes],
        dependencies={name: handing_out(value) for name, value in named.items()},
        exception_handlers={Exception: problem_response},
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://desk.example") as client:
        yield client


@pytest.fixture
async def camille(database, clock):
    stamp = Stamp(clock.now(), SYSTEM)
    customer, _ = await database.write(
        identify, stamp, kind="email", value="camille@customers.example", name="Camille Roy", language="fr"
    )
    order = Order("FO-1001", customer.id, clock.now(), "shipped", 12_950, "EUR", (Item("Copper kettle", 1),))
    await database.write(record_order, stamp, order)
    return customer


async def test_a_customer_is_shown_with_identities_and_orders(desk, clock, camille):
    shown = (await desk.get(f"/api/v1/customers/{camille.id}")).json()
    [identity] = shown.pop("identities")
    assert (identity["kind"], identity["value"], identity["verified"]) == ("email", "camille@customers.example", False)
    assert shown == {
        "id": camille.id,
        "name": "Camille Roy",
        "email": "camille@customers.example",
        "phone": None,
        "anonymous": False,
        "language": "fr",
        "city": None,
        "created_at": clock.now(),
        "tier": "standard",
        "blocked": None,
        "attributes": {},
        "merges": [],
        "orders": [
            {
                "number": "FO-1001",
                "placed_at": clock.now(),
                "total": 129.5,
                "currency": "EUR",
                "status": "shipped",
                "items": [{"name": "Copper kettle", "quantity": 1}],
            }
        ],
    }


async def test_a_record_is_corrected_field_by_field(desk, camille):
    changed = (
        await desk.patch(f"/api/v1/customers/{camille.id}", json={"city": "Lyon", "phone": "+33 1 99 00 12 34"})
    ).json()
    assert (changed["city"], changed["phone"], changed["name"]) == ("Lyon", "+33199001234", "Camille Roy")
    cleared = (await desk.patch(f"/api/v1/customers/{camille.id}", json={"city": None})).json()
    assert (cleared["city"], cleared["phone"]) == (None, "+33199001234")


@pytest.mark.parametrize(
    "body", [{"email": "no address"}, {"phone": "call me"}, {"name": 7}, {"role": "admin"}, {"name": "x" * 501}]
)
async def test_what_makes_no_sense_is_refused(desk, camille, body):
    refused = await desk.patch(f"/api/v1/customers/{camille.id}", json=body)
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_input")


async def test_who_may_only_read_edits_nothing(desk, noor, camille):
    noor.rights = frozenset({"customers.read"})
    assert (await desk.patch(f"/api/v1/customers/{camille.id}", json={"name": "X"})).status_code == 403
    assert (await desk.get(f"/api/v1/customers/{camille.id}")).json()["name"] == "Camille Roy"


async def test_who_may_not_read_customers_sees_none(desk, noor, camille):
    noor.rights = frozenset()
    assert (await desk.get("/api/v1/customers?q=camille")).status_code == 403
    assert (await desk.get(f"/api/v1/customers/{camille.id}")).status_code == 403


async def test_a_search_finds_and_an_unknown_id_does_not(desk, camille):
    assert [one["id"] for one in (await desk.get("/api/v1/customers?q=roy")).json()["customers"]] == [camille.id]
    assert (await desk.get("/api/v1/customers?q=%25")).json() == {"customers": [], "next": None}
    assert (await desk.get("/api/v1/customers?q=%00%FF")).status_code == 200
    assert (await desk.get("/api/v1/customers/cus_none")).status_code == 404


async def test_two_records_become_one_person_and_two_again(desk, database, clock, camille):
    stamp = Stamp(clock.now(), SYSTEM)
    other, _ = await database.write(identify, stamp, kind="visitor", value="vis_1", scope="chn_chat", name="Camille")
    joined = (await desk.post(f"/api/v1/customers/{camille.id}/merge", json={"from_id": other.id})).json()
    assert {identity["kind"] for identity in joined["identities"]} == {"email", "visitor"}
    [merged] = joined["merges"]
    assert (merged["from_id"], merged["name"], joined["name"]) == (other.id, "Camille", camille.name)
    alone = (await desk.post(f"/api/v1/customers/merges/{merged['id']}/undo")).json()
    assert (alone["id"], alone["name"]) == (other.id, "Camille")
    again = await desk.post(f"/api/v1/customers/merges/{merged['id']}/undo")
    assert again.status_code == 409
    himself = await desk.post(f"/api/v1/customers/{camille.id}/merge", json={"from_id": camille.id})
    assert himself.status_code == 400


async def test_fields_of_ones_own_are_set_and_taken_away(desk, database, clock, camille):
    stamp = Stamp(clock.now(), SYSTEM)
    await database.write(define, stamp, on="customer", label="Seats", kind="number", key="seats")
    path = f"/api/v1/customers/{camille.id}"
    assert (await desk.patch(path, json={"fields": {"seats": 3}})).json()["attributes"] == {"seats": 3}
    assert (await desk.patch(path, json={"fields": {"seats": None}})).json()["attributes"] == {}
    for wrong in ({"seats": "many"}, {"shoes": 42}):
        assert (await desk.patch(path, json={"fields": wrong})).status_code == 400


async def test_only_who_may_correct_a_record_sets_its_fields(desk, database, clock, noor, camille):
    await database.write(define, Stamp(clock.now(), SYSTEM), on="customer", label="Plan", kind="text", key="plan")
    noor.rights = frozenset({"customers.read"})
    assert (await desk.patch(f"/api/v1/customers/{camille.id}", json={"fields": {"plan": "gold"}})).status_code == 403


async def test_many_are_read_page_by_page_newest_first(desk, database, clock):
    """Each once, also those that were made in the same moment, and although more come meanwhile."""
    for place in range(7):
        clock.go_on(1_000 if place % 3 == 0 else 0)
        stamp = Stamp(clock.now(), SYSTEM)
        await database.write(identify, stamp, kind="email", value=f"d{place}@post.example", name=f"Dana {place}")
    whole = (await desk.get("/api/v1/customers")).json()
    assert (len(whole["customers"]), whole["next"]) == (7, None)
    for q in ("", "dana"):
        seen, before = [], None
        while True:
            params = {"q": q, "limit": 3} | ({"before": before} if before else {})
            page = (await desk.get("/api/v1/customers", params=params)).json()
            seen += page["customers"]
            if (before := page["next"]) is None:
                break
            clock.go_on(1_000)
            late = {"kind": "email", "value": f"late{clock.now()}@post.example", "name": "Dana Late"}
            await database.write(identify, Stamp(clock.now(), SYSTEM), **late)
        assert [one for one in seen if one["name"] != "Dana Late"] == whole["customers"]


@pytest.mark.parametrize("before", ["x", "12", "12.", ".cus_1", "-1.cus_1", f"{1 << 63}.cus_1", "1." + "x" * 99])
async def test_a_place_that_is_none_is_refused(desk, before):
    answer = await desk.get("/api/v1/customers", params={"before": before})
    assert (answer.status_code, answer.json()["reason"]) == (400, "before")
