"""A customer's message arrives through a channel."""

from goodword.channels.model import Channel
from goodword.conversations import Draft, Received, Summary, receive, request_person
from goodword.conversations.model import REOPENED_WITHIN, Handler
from goodword.customers.model import CustomerRef
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def take_in(
    tx: Tx,
    stamp: Stamp,
    draft: Draft,
    *,
    channel: Channel,
    customer: CustomerRef,
    identity_id: str,
    first: Handler,
    thread: str = "",
    subject: str = "",
    language: str | None = None,
    into: str | None = None,
    reopened_within: int = REOPENED_WITHIN,
) -> Received:
    """Put it where it belongs; the same ``draft.client_id`` of the same identity once.

    ``first`` handles a new conversation; ``into`` and ``reopened_within`` as in ``receive``.
    """
    received = await receive(
        tx,
        stamp,
        draft,
        channel=channel.ref,
        customer=customer,
        identity_id=identity_id,
        first=first,
        thread=thread,
        subject=subject,
        language=language,
        into=into,
        reopened_within=reopened_within,
    )
    conversation = received.conversation
    unattended = conversation.handler == "queue" and conversation.queued_at is None and conversation.assignee_id is None
    if received.fresh and unattended and not received.quiet:
        await request_person(tx, stamp, conversation.id, "policy", Summary())
    return received
