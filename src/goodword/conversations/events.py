"""Everything that can stand in a time line and is the doing of this package."""

from typing import Literal

import msgspec

from goodword.conversations.model import (
    Afterwards,
    Attachment,
    ChannelRef,
    Handler,
    HandoverReason,
    Intake,
    Letter,
    Message,
    MessageKind,
    Numbered,
    Preview,
    Priority,
    RatingReason,
    Ref,
    Standing,
    Status,
    Summary,
    Value,
)
from goodword.customers.model import CustomerRef
from goodword.platform.events import Fact

AssignedReason = Literal["taken", "assigned", "routed", "released", "overflow", "returned"]


class ConversationOpened(Fact):
    """``follows``: it answers a conversation that had been closed for too long to go on."""

    conversation_id: str
    number: int
    channel: ChannelRef
    customer: CustomerRef
    language: str | None
    subject: str
    handler: Handler
    split_from: str | None = None
    follows: Numbered | None = None


class MessageReceived(Fact):
    """The customer wrote."""

    message: Message


class ReplyQueued(Fact):
    """An agent or the assistant answered; the channel has yet to deliver it."""

    message: Message
    deliver_by: int | None = None


class Delivered(Fact):
    """``answer``: what the other side's server said when it took it; whether it arrives is another matter then."""

    message_id: str
    external_id: str | None = None
    answer: str = ""


class DeliveryFailed(Fact):
    """``detail``: the other side's own words."""

    message_id: str
    reason: str
    final: bool
    retry_at: int | None = None
    detail: str = ""


class Bounced(Fact):
    """A reply that had been taken came back. ``status`` as RFC 3463 has it, or empty; ``detail``: the server's words.

    ``arrival_id``: the mail that said so.
    """

    message_id: str
    recipient: str
    status: str
    action: str
    detail: str = ""
    arrival_id: str | None = None


class ReplyRequeued(Fact):
    """A reply that had failed or come back is sent once more."""

    message_id: str


class NoteAdded(Fact):
    """Something for colleagues only."""

    message: Message


class MessageRemoved(Fact):
    """What a message said was taken out of it, and out of this log; its ``removed`` says by whom and when.

    ``by_customer``: the customer had written it. ``preview``: how the conversation's line looks now, where it showed
    these words. ``quoted_in``: letters that had quoted them and have lost all that they quote.
    """

    message_id: str
    kind: MessageKind = "message"
    by_customer: bool = False
    preview: Preview | None = None
    quoted_in: tuple[str, ...] = ()


class IntakeGiven(Fact):
    """What the customer has said of his problem so far, all of it; the newest one counts."""

    intake: Intake


class HandoverRequested(Fact):
    """A person is wanted."""

    reason: HandoverReason
    summary: Summary


class HandlerChanged(Fact):
    handler: Handler
    previous: Handler


class Queued(Fact):
    """``estimate_seconds``: what it usually takes; ``seldom_seconds``: it seldom takes longer."""

    position: int
    estimate_seconds: int | None = None
    seldom_seconds: int | None = None


class QueuePositionChanged(Fact):
    position: int
    estimate_seconds: int | None = None
    seldom_seconds: int | None = None


class LeftQueue(Fact):
    pass


class NobodyAvailable(Fact):
    """No person is there now; an answer comes later, by e-mail where there is an address.

    ``opens_at``: when somebody's shift begins.
    """

    expected_answer_seconds: int | None = None
    opens_at: int | None = None


class Assigned(Fact):
    """``overflow``: to one of another team, because its own had no time; ``returned``: because ``previous`` is gone."""

    agent: Ref | None
    team: Ref | None
    previous: Ref | None
    reason: AssignedReason


class TeamLeft(Fact):
    """Its team is no more."""

    team: Ref


class StatusChanged(Fact):
    status: Status
    previous: Status
    reason: Literal["agent", "customer_wrote", "timer", "reply", "handover", "merged", "spam", "undelivered"]
    until: int | None = None


class Tagged(Fact):
    tag: str


class Untagged(Fact):
    tag: str


class ReadByCustomer(Fact):
    seq: int


class ReadByAgent(Fact):
    """``unread``: messages of the customer that stand behind it."""

    seq: int
    unread: int = 0


class MarkedUnread(Fact):
    """To be read again from behind ``seq`` on: the customer's last message, so that ``unread`` is one."""

    seq: int
    unread: int = 1


class PriorityChanged(Fact):
    priority: Priority
    previous: Priority


class FieldSet(Fact):
    """A field of one's own has another value, or none."""

    key: str
    value: Value | None
    previous: Value | None


class ConversationMoved(Fact):
    """The conversation is another customer's now: two records turned out to be one person, or not to be."""

    customer: CustomerRef
    previous_id: str


class MarkedSpam(Fact):
    """Nobody answers here (handler ``nobody``); ``previous`` is who was to.

    ``blocked``: because its customer is blocked; it comes back when he no longer is.
    """

    previous: Handler
    blocked: bool = False


class UnmarkedSpam(Fact):
    """``standing``: how it stands now, with what was written meanwhile."""

    standing: Standing


class ConversationMerged(Fact):
    """On the source: what was said here is shown in ``into`` now."""

    into: Numbered
    undone: bool = False


class ConversationJoined(Fact):
    """On the target: the source's ``messages`` stand in this time line, too."""

    source: Numbered
    messages: int
    standing: Standing


class ConversationUnmerged(Fact):
    """On the source: it stands alone again."""

    origin: Numbered = msgspec.field(name="from")
    standing: Standing


class ConversationLeft(Fact):
    """On the target: the source's messages are gone from this time line."""

    source: Numbered
    standing: Standing


class MessagesSplitOff(Fact):
    """These messages are shown in ``into`` from now on."""

    into: Numbered
    message_ids: tuple[str, ...]
    standing: Standing


class MessagesMovedHere(Fact):
    """They were said in ``source``; each with the ``seq`` under which it was said."""

    source: Numbered
    messages: tuple[Message, ...]
    seqs: tuple[int, ...]
    standing: Standing


class SplitUndone(Fact):
    """The messages are back from ``into``."""

    into: Numbered
    message_ids: tuple[str, ...]
    standing: Standing


class SideThreadStarted(Fact):
    """Colleagues talk about it among themselves."""

    thread_id: str
    title: str
    members: tuple[Ref, ...]


class SideThreadSaid(Fact):
    """Also in one that was closed: it is open again then."""

    thread_id: str
    message: Message


class SideThreadClosed(Fact):
    thread_id: str


class Whispered(Fact):
    """Seen by ``to``, whoever said it, and those who may read everything; never by anybody else."""

    message: Message
    to: Ref


class ReplyScheduled(Fact):
    """An agent's reply waits for ``send_at``; ``until``: how long to put the conversation off afterwards.

    ``letter``: to whom it goes, where its writer chose.
    """

    scheduled_id: str
    text: str
    send_at: int
    then: Afterwards | None = None
    until: int | None = None
    only_if_silent: bool = True
    attachments: tuple[Attachment, ...] = ()
    letter: Letter | None = None


class ReplyRescheduled(Fact):
    """It says something else now, or is sent at another time; ``author``: who means it from now on."""

    scheduled_id: str
    text: str
    send_at: int
    author: Ref


class ScheduledReplyCancelled(Fact):
    scheduled_id: str
    reason: Literal["agent", "customer_wrote", "author_gone", "no_letters"]


class ScheduledReplySent(Fact):
    scheduled_id: str
    message_id: str


class RatingAsked(Fact):
    """The customer is asked what he thinks of how he was served."""

    kind: Literal["csat"] = "csat"


class RatingGiven(Fact):
    """``score`` from 1 to 5; the newest one counts."""

    score: int
    kind: Literal["csat"] = "csat"
    reason: RatingReason | None = None
    text: str | None = None
