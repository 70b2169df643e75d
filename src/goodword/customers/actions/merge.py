"""Two records turn out to be one person; and, if that was wrong, two again."""

from typing import Any

import msgspec

from goodword.customers import store
from goodword.customers.events import CustomerRenamed, CustomersMerged, CustomersUnmerged
from goodword.customers.model import Customer, Merge, MergeReason, name_is_better
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, Conflict
from goodword.platform.events import Stamp, append

MOST_ORDERS = 10_000


async def merge(tx: Tx, stamp: Stamp, from_id: str, into_id: str) -> Customer:
    """Make ``from_id`` part of ``into_id``, which is returned. ``BadInput``: they are one already."""
    stamp.need("customers.edit")
    return await join(tx, stamp, from_id, into_id, "staff")


async def unmerge(tx: Tx, stamp: Stamp, merge_id: str) -> Customer:
    """Undo a merge; the record that stands alone again is returned. ``Conflict``: that has been done."""
    stamp.need("customers.edit")
    merge = await store.get_merge(tx, merge_id)
    if merge.undone_at is not None:
        raise Conflict("unmerged")
    return await part(tx, stamp, merge)


async def join(tx: Tx, stamp: Stamp, from_id: str, into_id: str, reason: MergeReason) -> Customer:
    """``merge`` as the program itself does it."""
    await store.hold_records(tx)
    gone, kept = await store.get_customer(tx, from_id), await store.get_customer(tx, into_id)
    if gone.id == kept.id:
        raise BadInput("same_customer")
    moving = [identity.id for identity in await store.identities_of(tx, gone.id)]
    identity_ids = await store.move_identities(tx, moving, gone.id, kept.id)
    numbers = tuple(order.number for order in await store.orders_of(tx, gone.id, MOST_ORDERS))
    await store.move_orders(tx, numbers, gone.id, kept.id)
    await store.point_to(tx, gone.id, kept.id)
    filled = _what_it_fills(gone, kept)
    kept = await _changed(tx, stamp, kept, _with(kept, {name: after for name, (_, after) in filled.items()}))
    record = Merge(ids.new("mrg", stamp.at), gone.id, kept.id, identity_ids, numbers, filled, reason, stamp.at)
    await store.keep_merge(tx, record)
    await append(tx, kept.id, _merged(record, kept), stamp)
    return kept


async def part(tx: Tx, stamp: Stamp, merge: Merge) -> Customer:
    """``unmerge`` as the program itself does it."""
    await store.hold_records(tx)
    if not await store.mark_undone(tx, merge.id, stamp.at):
        return await store.get_customer(tx, merge.from_id)
    holder = await store.get_customer(tx, merge.into_id)
    await store.point_to(tx, merge.from_id, None)
    moved = await store.move_identities(tx, merge.identity_ids, holder.id, merge.from_id)
    await store.move_orders(tx, merge.order_numbers, holder.id, merge.from_id)
    await _changed(tx, stamp, holder, _without(holder, merge.filled))
    alone = await store.get_customer(tx, merge.from_id)
    fact = CustomersUnmerged(
        merge_id=merge.id, from_id=alone.id, into_id=holder.id, identity_ids=moved, customer=alone.ref
    )
    await append(tx, alone.id, fact, stamp)
    return alone


async def _changed(tx: Tx, stamp: Stamp, before: Customer, after: Customer) -> Customer:
    await store.keep_customer(tx, after)
    if after.ref != before.ref:
        await append(tx, after.id, CustomerRenamed(customer=after.ref), stamp)
    return after


def _merged(merge: Merge, kept: Customer) -> CustomersMerged:
    return CustomersMerged(
        merge_id=merge.id,
        from_id=merge.from_id,
        into_id=merge.into_id,
        identity_ids=merge.identity_ids,
        reason=merge.reason,
        customer=kept.ref,
    )


def _what_it_fills(gone: Customer, kept: Customer) -> dict[str, tuple[Any, Any]]:
    """The fields that are blank in the record that stays and known in the one that goes: before and after."""
    filled = {
        name: (getattr(kept, name), getattr(gone, name))
        for name in ("email", "phone", "language", "city")
        if getattr(gone, name) and not getattr(kept, name)
    }
    named = gone.name not in ("", gone.email, gone.phone) or not kept.name
    if named and name_is_better(gone.name, kept):
        filled["name"] = (kept.name, gone.name)
    return filled


def _with(customer: Customer, changes: dict[str, Any]) -> Customer:
    changed = msgspec.structs.replace(customer, **changes)
    return msgspec.structs.replace(changed, anonymous=not changed.name)


def _without(customer: Customer, filled: dict[str, tuple[Any, Any]]) -> Customer:
    """Take back what a merge filled in, unless somebody has changed it since."""
    return _with(
        customer,
        {name: before for name, (before, after) in filled.items() if getattr(customer, name) == after},
    )
