"""What fields there are: who may say so, and what stays true of them."""

import pytest

from goodword.fields import Field, all_fields, check, checked_value, define, edit, fields_on, remove
from goodword.platform.errors import BadInput, Conflict, Forbidden, NotFound
from goodword.platform.events import SYSTEM, Stamp

pytestmark = pytest.mark.anyio


@pytest.fixture
def stamp(clock):
    return Stamp(clock.now(), SYSTEM)


async def test_fields_are_defined_ordered_and_removed_again(database, stamp):
    order = await database.write(define, stamp, on="conversation", label="Order number", kind="text")
    same = await database.write(define, stamp, on="conversation", label="Order  Number!", kind="text")
    shipper = await database.write(
        define, stamp, on="conversation", label="物流", kind="choice", options=["順豐", " ", "順豐"]
    )
    plan = await database.write(define, stamp, on="customer", label="Order number", kind="text")
    assert [one.key for one in (order, same, shipper, plan)] == [
        "order_number",
        "order_number_2",
        "field",
        "order_number",
    ]
    assert shipper.options == ("順豐",)
    await database.write(edit, stamp, shipper.id, position=0, options=["DHL", "順豐"], label="運送")
    known = await database.read(fields_on, "conversation")
    assert list(known) == ["field", "order_number", "order_number_2"]
    assert (known["field"].label, known["field"].options) == ("運送", ("DHL", "順豐"))
    await database.write(remove, stamp, order.id)
    assert len(await database.read(all_fields)) == 3
    with pytest.raises(NotFound):
        await database.write(remove, stamp, order.id)


async def test_what_a_field_can_not_be_is_refused(database, stamp):
    await database.write(define, stamp, on="customer", label="Plan", kind="text", key="plan")
    with pytest.raises(Conflict):
        await database.write(define, stamp, on="customer", label="Tariff", kind="text", key="plan")
    for wrong in ({"label": " "}, {"label": "x" * 61}, {"key": "Plan B"}, {"kind": "choice"}):
        with pytest.raises(BadInput):
            await database.write(define, stamp, **{"on": "customer", "label": "Tariff", "kind": "text", **wrong})
    nobody = Stamp(stamp.at, stamp.actor, rights=frozenset({"conversations.answer"}))
    with pytest.raises(Forbidden):
        await database.write(define, nobody, on="customer", label="Tariff", kind="text")


async def test_values_are_checked_against_the_fields_that_are_defined(database, stamp):
    await database.write(define, stamp, on="customer", label="Seats", kind="number", key="seats")
    assert await database.read(check, "customer", {"seats": 3.0}) == {"seats": 3}
    assert await database.read(check, "customer", {"seats": 3, "colour": "red"}, others=True) == {"seats": 3}
    for wrong in ({"seats": "3"}, {"colour": "red"}):
        with pytest.raises(BadInput):
            await database.read(check, "customer", wrong)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e16, 10**400, "1", True, [], {}])
def test_what_is_no_number_that_every_client_can_read_is_none(value):
    field = Field("fld_1", "n", "N", "number", (), "conversation", 1)
    with pytest.raises(BadInput):
        checked_value(field, value)
