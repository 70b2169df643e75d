"""A visitor says what he is called."""

import msgspec

from goodword.customers import store
from goodword.customers.contact import clean_line
from goodword.customers.events import CustomerRenamed
from goodword.customers.model import OwnView, Session, name_is_better, own_view
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def give_name(tx: Tx, stamp: Stamp, session: Session, name: str) -> OwnView:
    """A name is a claim: it is shown where nothing better is known."""
    identity = await store.get_identity(tx, session.writes_as)
    identity = msgspec.structs.replace(identity, name=clean_line(name) or identity.name)
    await store.keep_identity(tx, identity)
    customer = await store.hold_customer(tx, identity.customer_id)
    if name_is_better(identity.name, customer):
        called = msgspec.structs.replace(customer, name=identity.name, anonymous=False)
        await store.keep_customer(tx, called)
        await append(tx, customer.id, CustomerRenamed(customer=called.ref), stamp)
    return own_view(identity)
