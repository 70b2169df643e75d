"""An agent begins a conversation: the first word in it is ours."""

import msgspec

from goodword.channels import store
from goodword.channels.contract import Addressee
from goodword.channels.model import Channel
from goodword.channels.registry import Registry
from goodword.conversations import Draft, Received, assign, open_conversation, reply
from goodword.conversations import store as conversations
from goodword.conversations.addressing import checked_letter
from goodword.conversations.model import checked_reply
from goodword.customers import Customer, Identity, get_customer, get_identity, identify, is_blocked
from goodword.customers.actions.claim import join_by_email
from goodword.customers.contact import clean_value
from goodword.customers.store import find_identity
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, Conflict, Forbidden
from goodword.platform.events import Stamp


async def write_first(
    tx: Tx, stamp: Stamp, registry: Registry, channel_id: str, draft: Draft, *, customer_id: str | None = None
) -> Received:
    """Begin a conversation with whom ``draft.letter`` is written to first; it is the agent's, and nobody waits in it.

    He is the customer with that address, or a new one; with ``customer_id`` it is this one's address from now on. The
    same ``draft.client_id`` begins it once. ``BadInput``: nothing to say, no subject, a wrong address, or a channel
    where the customer must write first. ``Conflict``: the channel is switched off or sends nothing; the customer is
    blocked; the address is another's than ``customer_id``'s.
    """
    stamp.need("conversations.answer")
    if stamp.actor.kind != "agent" or stamp.actor.id is None:
        raise Forbidden("people_only")
    channel, draft, whom = await _addressed(tx, registry, channel_id, draft)
    id = ids.derived("cnv", "first", stamp.actor.id, draft.client_id)
    await tx.lock(id)
    if await conversations.find(tx, id):
        return await reply(tx, stamp, id, draft)
    customer, identity = await _who(tx, stamp, whom, customer_id)
    if await is_blocked(tx, identity.id, stamp.at):
        raise Conflict("customer_blocked", name=customer.name)
    assert draft.letter is not None
    await open_conversation(
        tx,
        stamp,
        channel=channel.ref,
        customer=customer.ref,
        identity_id=identity.id,
        handler="agent",
        language=customer.language,
        subject=draft.letter.subject,
        thread=id,
        id=id,
    )
    await assign(tx, stamp, id, agent_id=stamp.actor.id, reason="taken")
    said = await reply(tx, stamp, id, draft)
    return msgspec.structs.replace(said, opened=True)


async def _addressed(tx: Tx, registry: Registry, channel_id: str, draft: Draft) -> tuple[Channel, Draft, Addressee]:
    if draft.letter is None or draft.letter.forwards is not None:
        raise BadInput("address", fields={"to": "missing"})
    checked_reply(draft)
    channel = await store.get(tx, channel_id)
    adapter = registry.addresses(channel, "writes_first")
    if channel.disabled:
        raise Conflict("channel_disabled", name=channel.name)
    letter = adapter.addressed(channel, checked_letter(draft.letter))
    if not letter.subject:
        raise BadInput("subject_empty", fields={"subject": "missing"})
    return channel, msgspec.structs.replace(draft, letter=letter), adapter.addressee(channel, letter)


async def _who(tx: Tx, stamp: Stamp, whom: Addressee, customer_id: str | None) -> tuple[Customer, Identity]:
    """What an agent calls somebody whom we know is only what stands on the envelope."""
    value = clean_value(whom.kind, whom.value)
    await tx.lock(f"identity:{whom.kind}::{value}")
    known = await find_identity(tx, whom.kind, "", value)
    if known is None and customer_id is not None:
        customer = await join_by_email(tx, stamp, await get_customer(tx, customer_id), value)
        known = await find_identity(tx, whom.kind, "", value)
        assert known is not None
        return customer, known
    if known is None:
        return await identify(tx, stamp, kind=whom.kind, value=value, name=whom.name)
    if customer_id is not None and (await get_customer(tx, customer_id)).id != known.customer_id:
        raise Conflict("email_of_another")
    return await get_customer(tx, known.customer_id), await get_identity(tx, known.id)
