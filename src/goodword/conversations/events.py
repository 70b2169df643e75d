"""Everything that can stand in a time line and is the doing of this package."""

from typing import Literal

from goodword.conversations.model import (
    ChannelRef,
    Handler,
    HandoverReason,
    Message,
    Ref,
    Status,
    Summary,
)
from goodword.customers.model import CustomerRef
from goodword.platform.events import Fact


class ConversationOpened(Fact):
    conversation_id: str
    number: int
    channel: ChannelRef
    customer: CustomerRef
    language: str | None
    subject: str
    handler: Handler


class MessageReceived(Fact):
    """The customer wrote."""

    message: Message


class ReplyQueued(Fact):
    """An agent or the assistant answered; the channel has yet to deliver it."""

    message: Message
    deliver_by: int | None = None


class Delivered(Fact):
    message_id: str
    external_id: str | None = None


class DeliveryFailed(Fact):
    message_id: str
    reason: str
    final: bool
    retry_at: int | None = None


class NoteAdded(Fact):
    """Something for colleagues only."""

    message: Message


class HandoverRequested(Fact):
    """A person is wanted."""

    reason: HandoverReason
    summary: Summary


class HandlerChanged(Fact):
    handler: Handler
    previous: Handler


class Queued(Fact):
    position: int
    estimate_seconds: int | None = None


class QueuePositionChanged(Fact):
    position: int
    estimate_seconds: int | None = None


class LeftQueue(Fact):
    pass


class NobodyAvailable(Fact):
    """No person is there now; an answer comes later, by e-mail where there is an address."""

    expected_answer_seconds: int | None = None


class Assigned(Fact):
    agent: Ref | None
    team: Ref | None
    previous: Ref | None
    reason: Literal["taken", "assigned", "routed", "released"]


class StatusChanged(Fact):
    status: Status
    previous: Status
    reason: Literal["agent", "customer_wrote", "timer", "reply", "handover"]
    until: int | None = None


class Tagged(Fact):
    tag: str


class Untagged(Fact):
    tag: str


class ReadByCustomer(Fact):
    seq: int


class ReadByAgent(Fact):
    seq: int


class ConversationMoved(Fact):
    """The conversation is another customer's now: two records turned out to be one person, or not to be."""

    customer: CustomerRef
    previous_id: str
