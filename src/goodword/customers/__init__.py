"""Who writes to us: one record per person, and every identity by which a person reaches us.

An identity is found or made by ``identify``, once, however many ask at the same time. Records may be merged and parted
again; that only changes what the *staff* sees together. What a *visitor* may read hangs on the identities of his
session and on nothing else: an e-mail address that somebody claims opens nobody's conversation.
"""

from goodword.customers.actions.block import block, unblock
from goodword.customers.actions.edit import edit, rename
from goodword.customers.actions.give_attributes import give_attributes
from goodword.customers.actions.give_contact import give_contact
from goodword.customers.actions.give_name import give_name
from goodword.customers.actions.identify import identify
from goodword.customers.actions.merge import merge, unmerge
from goodword.customers.actions.open_session import open_session
from goodword.customers.actions.record_order import record_order
from goodword.customers.card import Card, card_of
from goodword.customers.model import (
    Customer,
    CustomerRef,
    Identity,
    Item,
    Kind,
    Order,
    OwnView,
    Session,
    SignedUser,
    is_signed,
    own_view,
)
from goodword.customers.store import (
    find_customer,
    find_session,
    forget_sessions,
    get_customer,
    get_identity,
    identities_of,
    is_blocked,
    search_customers,
)

__all__ = [
    "Card",
    "Customer",
    "CustomerRef",
    "Identity",
    "Item",
    "Kind",
    "Order",
    "OwnView",
    "Session",
    "SignedUser",
    "block",
    "card_of",
    "edit",
    "find_customer",
    "find_session",
    "forget_sessions",
    "get_customer",
    "get_identity",
    "give_attributes",
    "give_contact",
    "give_name",
    "identify",
    "identities_of",
    "is_blocked",
    "is_signed",
    "merge",
    "open_session",
    "own_view",
    "record_order",
    "rename",
    "search_customers",
    "unblock",
    "unmerge",
]
