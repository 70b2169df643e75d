"""What the staff does with customers' records."""

import asyncio

import pytest

from goodword.customers import (
    Item,
    Order,
    edit,
    find_customer,
    forget_sessions,
    get_customer,
    identify,
    identities_of,
    merge,
    open_session,
    record_order,
    rename,
    search_customers,
    unmerge,
)
from goodword.customers.card import card_of
from goodword.customers.events import CustomersMerged, CustomersUnmerged
from goodword.platform.errors import BadInput, Conflict, Forbidden, NotFound
from goodword.platform.events import SYSTEM, Actor, Stamp, latest

pytestmark = pytest.mark.anyio
NOW = 1_790_000_000_000
STAMP = Stamp(NOW, SYSTEM)
LI_NA = Stamp(NOW, Actor("agent", "agt_li", "Li Na"), rights=frozenset({"customers.read", "customers.edit"}))
ANALYST = Stamp(NOW, Actor("agent", "agt_an", "Ana"), rights=frozenset({"customers.read"}))


async def meet(database, email, name="", at=NOW):
    customer, _ = await database.write(identify, Stamp(at, SYSTEM), kind="email", value=email, name=name)
    return customer


async def test_an_agent_corrects_a_record(database):
    dana = await meet(database, "dana@customers.example")
    edited = await database.write(edit, LI_NA, dana.id, name="Dana Evans", phone="+44 113 496 0000", city="Leeds")
    assert (edited.name, edited.phone, edited.city) == ("Dana Evans", "+441134960000", "Leeds")
    assert await database.read(get_customer, dana.id) == edited
    types = [event.type for event in await database.read(latest, dana.id, 10)]
    assert types == ["CustomerCreated", "CustomerRenamed", "CustomerEdited"]


async def test_a_correction_that_changes_nothing_is_no_news(database):
    dana = await meet(database, "dana@customers.example", "Dana Evans")
    await database.write(edit, LI_NA, dana.id, name="Dana Evans", email="dana@customers.example")
    assert len(await database.read(latest, dana.id, 10)) == 1


async def test_without_a_name_the_address_is_shown(database):
    dana = await meet(database, "dana@customers.example", "Dana Evans")
    assert (await database.write(rename, LI_NA, dana.id, "")).name == "dana@customers.example"
    cleared = await database.write(edit, LI_NA, dana.id, email=None)
    assert (cleared.name, cleared.anonymous) == ("", True)


async def test_an_address_has_one_owner(database):
    await meet(database, "dana@customers.example")
    gus = await meet(database, "gus@customers.example")
    with pytest.raises(Conflict, match="email_of_another"):
        await database.write(edit, LI_NA, gus.id, email="Dana@customers.example")


async def test_who_may_not_edit_customers_does_not(database):
    dana, gus = await meet(database, "dana@customers.example"), await meet(database, "gus@customers.example")
    order = Order("FO-1", dana.id, NOW, "new", 1, "EUR", ())
    for deed in ((edit, dana.id), (merge, dana.id, gus.id), (unmerge, "mrg_1"), (record_order, order)):
        with pytest.raises(Forbidden):
            await database.write(deed[0], ANALYST, *deed[1:])


async def test_two_records_become_one_and_two_again(database):
    private = await meet(database, "camille@customers.example")
    office = await meet(database, "c.roy@office.example", "Camille Roy")
    await database.write(edit, LI_NA, office.id, city="Lyon")
    order = Order("FO-7", office.id, NOW, "new", 4_200, "EUR", (Item("Planter", 2),))
    await database.write(record_order, STAMP, order)

    one = await database.write(merge, LI_NA, office.id, private.id)
    assert (one.id, one.name, one.city, one.email) == (private.id, "Camille Roy", "Lyon", "camille@customers.example")
    assert (await database.read(get_customer, office.id)).id == private.id
    card = await database.read(card_of, office.id)
    assert [order.number for order in card.orders] == ["FO-7"]
    assert {identity.value for identity in card.identities} == {"camille@customers.example", "c.roy@office.example"}
    merged = (await database.read(latest, private.id, 1))[0].fact()
    assert isinstance(merged, CustomersMerged)

    alone = await database.write(unmerge, LI_NA, merged.merge_id)
    assert (alone.id, alone.city) == (office.id, "Lyon")
    assert await database.read(get_customer, private.id) == private
    assert [order.number for order in (await database.read(card_of, office.id)).orders] == ["FO-7"]
    parted = (await database.read(latest, office.id, 1))[0].fact()
    assert isinstance(parted, CustomersUnmerged)
    assert parted.identity_ids == merged.identity_ids


async def test_what_an_agent_wrote_after_a_merge_outlives_its_undoing(database):
    kept = await meet(database, "kept@customers.example")
    gone = await meet(database, "gone@customers.example", "Wei Zhang")
    await database.write(merge, LI_NA, gone.id, kept.id)
    await database.write(edit, LI_NA, kept.id, name="张伟")
    await database.write(unmerge, LI_NA, (await database.read(card_of, kept.id)).merges[0].id)
    assert (await database.read(get_customer, kept.id)).name == "张伟"


async def test_a_merge_is_undone_once(database):
    one, other = await meet(database, "one@customers.example"), await meet(database, "other@customers.example")
    await database.write(merge, LI_NA, one.id, other.id)
    merge_id = (await database.read(card_of, other.id)).merges[0].id
    await database.write(unmerge, LI_NA, merge_id)
    with pytest.raises(Conflict):
        await database.write(unmerge, LI_NA, merge_id)
    with pytest.raises(NotFound):
        await database.write(unmerge, LI_NA, "mrg_none")


async def test_merges_upon_merges_come_apart_in_any_order(database):
    first, second, third = [await meet(database, f"{name}@customers.example") for name in ("first", "second", "third")]
    await database.write(merge, LI_NA, first.id, second.id)
    await database.write(merge, LI_NA, second.id, third.id)
    [inner] = (await database.read(latest, second.id, 1))[0:1]
    await database.write(unmerge, LI_NA, inner.fact().merge_id)
    assert (await database.read(get_customer, first.id)).id == first.id
    assert (await database.read(get_customer, second.id)).id == third.id
    await database.write(unmerge, LI_NA, (await database.read(card_of, third.id)).merges[0].id)
    for customer in (first, second, third):
        assert [i.value for i in await database.read(identities_of, customer.id)] == [customer.email]


async def test_a_record_is_not_merged_with_itself(database):
    one, other = await meet(database, "one@customers.example"), await meet(database, "other@customers.example")
    await database.write(merge, LI_NA, one.id, other.id)
    with pytest.raises(BadInput, match="same_customer"):
        await database.write(merge, LI_NA, one.id, other.id)


async def test_two_that_merge_into_each_other_at_once_leave_one_standing(database):
    one, other = await meet(database, "one@customers.example"), await meet(database, "other@customers.example")
    deeds = [database.write(merge, LI_NA, *pair) for pair in ((one.id, other.id), (other.id, one.id))]
    outcomes = await asyncio.gather(*deeds, return_exceptions=True)
    assert sorted(isinstance(outcome, BadInput) for outcome in outcomes) == [False, True]
    assert (await database.read(get_customer, one.id)).id == (await database.read(get_customer, other.id)).id


async def test_people_are_found_by_the_beginning_of_any_word(database):
    dana = await meet(database, "dana@customers.example", "Dana Evans")
    min_jun = await meet(database, "minjun@customers.example", "김민준")
    diallo = await meet(database, "omar@customers.example", "Omar DIALLO")
    for query, found in (
        ("dan", [dana]),
        ("EVANS", [dana]),
        ("minjun@", [min_jun]),
        ("김민", [min_jun]),
        ("ｏｍａｒ dia", [diallo]),
        ("vans", []),
        ("%", []),
        ("d_na", []),
        ("!", []),
        ("\x00", [dana, min_jun, diallo]),
    ):
        names = {customer.name for customer in await database.read(search_customers, query)}
        assert names == {customer.name for customer in found}, query


async def test_a_list_shows_neither_strangers_nor_merged_records(database):
    await database.write(open_session, STAMP, "chn_shop", None)
    one, other = await meet(database, "one@customers.example"), await meet(database, "other@customers.example")
    await database.write(merge, LI_NA, one.id, other.id)
    assert [customer.id for customer in await database.read(search_customers, "")] == [other.id]


async def test_the_newest_state_of_an_order_counts(database):
    dana = await meet(database, "dana@customers.example")
    for status in ("new", "shipped"):
        order = Order("FO-1001", dana.id, NOW, status, 12_950, "EUR", (Item("Copper kettle", 1),))
        await database.write(record_order, STAMP, order)
    [shown] = (await database.read(card_of, dana.id)).orders
    assert (shown.status, shown.total, shown.items) == ("shipped", 129.5, (Item("Copper kettle", 1),))


async def test_sessions_that_are_over_are_forgotten(database):
    session, _ = await database.write(open_session, STAMP, "chn_shop", None, lifetime=1_000)
    await database.write(open_session, STAMP, "chn_shop", None, lifetime=2_000)
    assert await database.write(forget_sessions, session.expires_at) == 1


async def test_who_is_unknown_is_unknown(database):
    assert await database.read(find_customer, "cus_none") is None
    with pytest.raises(NotFound):
        await database.read(card_of, "cus_none")
