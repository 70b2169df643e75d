"""What can happen to a customer's record; all on the stream of the customer."""

from typing import Any

from goodword.customers.model import CustomerRef, Kind, MergeReason
from goodword.platform.events import Fact


class CustomerCreated(Fact):
    customer: CustomerRef
    identity_id: str
    kind: Kind


class CustomerIdentified(Fact):
    """One more way to reach a customer is known, or one we knew has been proved."""

    customer: CustomerRef
    identity_id: str
    kind: Kind
    verified: bool


class ContactGiven(Fact):
    """A visitor said who he is; nobody has proved it."""

    customer_id: str
    identity_id: str
    email: str
    name: str


class AttributesGiven(Fact):
    """A visitor or his page said things about him; nobody has proved them. None: taken back."""

    customer_id: str
    identity_id: str
    values: dict[str, Any]


class CustomerRenamed(Fact):
    customer: CustomerRef


class CustomerEdited(Fact):
    """``changes``: the new values of the fields that changed."""

    customer: CustomerRef
    changes: dict[str, Any]


class CustomersMerged(Fact):
    """On the stream of ``into_id``, which now owns what came in through ``identity_ids``; before, ``from_id`` did."""

    merge_id: str
    from_id: str
    into_id: str
    identity_ids: tuple[str, ...]
    reason: MergeReason
    customer: CustomerRef


class CustomersUnmerged(Fact):
    """On the stream of ``from_id``, to which goes back, from ``into_id``, what came in through ``identity_ids``."""

    merge_id: str
    from_id: str
    into_id: str
    identity_ids: tuple[str, ...]
    customer: CustomerRef


class CustomerBlocked(Fact):
    """What he writes is kept and answered by nobody; ``until``: for how long, None for good."""

    until: int | None = None


class CustomerUnblocked(Fact):
    pass
