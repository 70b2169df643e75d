"""A visitor, or the page he is on, says things about him."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from goodword.customers import store
from goodword.customers.contact import clean_line
from goodword.customers.events import AttributesGiven
from goodword.customers.model import Session
from goodword.fields import check
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append

Value = str | int | float | bool
MOST: Final = 30
LONGEST: Final = 300
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Apart from what the staff has written: nobody is to take the one for the other.
CLAIMED: Final = "claimed"


async def give_attributes(tx: Tx, stamp: Stamp, session: Session, given: Mapping[str, Value | None]) -> None:
    """Note what is said, as claims, under ``attributes["claimed"]``; None takes one back.

    ``BadInput``: a key that is none, too many of them, or a value that a field of one's own doesn't take.
    """
    if wrong := [key for key in given if not KEY.fullmatch(key)]:
        raise BadInput("attributes", fields={key[:40]: "key" for key in wrong})
    given = {**given, **await check(tx, "customer", given, others=True)}
    identity = await store.get_identity(tx, session.writes_as)
    customer = await store.hold_customer(tx, identity.customer_id)
    before = customer.attributes.get(CLAIMED)
    known: dict[str, Any] = before if isinstance(before, dict) else {}
    cleaned = {key: _cleaned(value) for key, value in given.items()}
    claims = {key: value for key, value in {**known, **cleaned}.items() if value is not None}
    if claims == known:
        return
    if len(claims) > MOST:
        raise BadInput("attributes", limit=MOST)
    attributes = {**customer.attributes, CLAIMED: claims}
    await store.keep_customer(tx, msgspec.structs.replace(customer, attributes=attributes))
    fact = AttributesGiven(customer_id=customer.id, identity_id=identity.id, values=cleaned)
    await append(tx, customer.id, fact, stamp)


def _cleaned(value: Value | None) -> Value | None:
    return clean_line(value, LONGEST) or None if isinstance(value, str) else value
