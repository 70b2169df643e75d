"""Conversations, messages, and the rules that need nothing but them."""

from typing import Final, Literal

import msgspec

from goodword.platform.clock import DAY
from goodword.platform.errors import BadInput
from goodword.platform.events import Actor

Status = Literal["open", "waiting", "snoozed", "closed"]
Handler = Literal["assistant", "queue", "agent", "nobody"]
MessageKind = Literal["message", "note"]
Afterwards = Literal["close", "snooze"]
RatingReason = Literal["slow", "unclear", "unsolved", "impolite", "other"]
Priority = Literal["low", "normal", "high", "urgent"]
Mood = Literal["calm", "displeased", "angry", "very_upset"]
Value = str | int | float | bool
Addressing = Literal["addressed", "forwarded", "outside"]
HandoverReason = Literal["asked", "repeated", "missed", "angry", "no_knowledge", "agent", "policy"]

PRIORITIES: Final[tuple[Priority, ...]] = ("low", "normal", "high", "urgent")
MOODS: Final[tuple[Mood, ...]] = ("calm", "displeased", "angry", "very_upset")
HEATED: Final[tuple[Mood, ...]] = ("angry", "very_upset")
LONGEST_TEXT = 20_000
PREVIEW = 140
REOPENED_WITHIN = 14 * DAY
MOST_FILES = 5
MOST_FILES_OF_A_LETTER = 100
MOST_CARDS = 10
MOST_BUTTONS = 4
MOST_TAGS = 30
LONGEST_TAG = 40


class Ref(msgspec.Struct, frozen=True):
    """Somebody or something by id, with the name that people were shown."""

    id: str
    name: str


class Numbered(msgspec.Struct, frozen=True):
    """Another conversation, as people call it."""

    id: str
    number: int


class Preview(msgspec.Struct, frozen=True):
    """The newest message as a list shows it."""

    text: str
    author_kind: str
    kind: str
    at: int


class Standing(msgspec.Struct, frozen=True):
    """What a list shows of a conversation and changes when messages come or go otherwise than one by one."""

    last_at: int
    waiting_since: int | None
    unread: int
    preview: Preview
    scheduled: int = 0


class ChannelRef(msgspec.Struct, frozen=True):
    id: str
    kind: str
    name: str


class Attachment(msgspec.Struct, frozen=True):
    """``size`` in bytes; ``url`` works for whoever has it."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


class Source(msgspec.Struct, frozen=True):
    """Where an answer of the assistant stands."""

    article_id: str
    title: str
    heading: str
    url: str


class Choice(msgspec.Struct, frozen=True):
    id: str
    label: str


class Card(msgspec.Struct, frozen=True):
    """Something to look at and act on: a product, an appointment. ``image`` and ``url`` are addresses or empty.

    A press on one of the ``buttons`` is answered like a choice.
    """

    title: str
    text: str = ""
    image: str = ""
    url: str = ""
    buttons: tuple[Choice, ...] = ()


class Intake(msgspec.Struct, frozen=True):
    """A problem as its customer reported it, part by part; what he has not said is empty.

    ``skipped``: parts that he would rather not give; ``asked``: the part he was asked for last; ``done``: there is
    nothing left to ask.
    """

    what: str = ""
    since: str = ""
    wish: str = ""
    order: str = ""
    evidence: tuple[Attachment, ...] = ()
    skipped: tuple[str, ...] = ()
    asked: str = ""
    done: bool = False


class Party(msgspec.Struct, frozen=True):
    """A mail address, and what its owner calls himself."""

    address: str
    name: str = ""


class Letter(msgspec.Struct, frozen=True):
    """What a message has beyond its words where it came or goes as mail.

    ``dated``: when it was written, as its sender says (ms); ``folded``: the quoted text and the signature below it;
    ``arrival_id``: the mail as it came; ``automatic``: a machine wrote it (``reply``, ``notice``, ``list``,
    ``bounce``, ``feedback``) and must not be answered by one; ``doubt``: why its sender may be another; ``shortened``:
    it is longer than a message may be; ``written``: it has a look of its own; ``bcc``: who gets it without any other
    reader's knowing; ``forwards``: the message that it passes on to somebody else; ``outside``: its sender knows of the
    conversation only because it was passed on to somebody.

    A reply has one where its writer addressed it himself; without, it goes to whom an answer goes.
    """

    subject: str = ""
    sender: Party | None = None
    reply_to: Party | None = None
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    dated: int | None = None
    folded: str = ""
    arrival_id: str | None = None
    automatic: str = ""
    doubt: Literal["", "sender_check"] = ""
    shortened: bool = False
    written: bool = False
    bcc: tuple[Party, ...] = ()
    forwards: str | None = None
    outside: bool = False


class Removed(msgspec.Struct, frozen=True):
    """By whom, and when, what a message said was taken out of it."""

    by: Actor
    at: int


class Message(msgspec.Struct, frozen=True):
    """What somebody said, as everyone sees it. ``language`` is a BCP 47 tag or None while unknown.

    ``removed``: its words and files are gone, and only that it was said is left.
    """

    id: str
    kind: MessageKind
    author: Actor
    text: str
    at: int
    language: str | None = None
    client_id: str | None = None
    attachments: tuple[Attachment, ...] = ()
    sources: tuple[Source, ...] = ()
    choices: tuple[Choice, ...] = ()
    choice: str | None = None
    template: str | None = None
    cards: tuple[Card, ...] = ()
    mentions: tuple[Ref, ...] = ()
    letter: Letter | None = None
    removed: Removed | None = None


class Draft(msgspec.Struct, frozen=True):
    """A message that is about to be said. The same ``client_id`` says it once, however often it is sent.

    ``canned``: the canned answers (ids) that were put into its text.
    """

    client_id: str
    text: str
    language: str | None = None
    attachments: tuple[Attachment, ...] = ()
    sources: tuple[Source, ...] = ()
    choices: tuple[Choice, ...] = ()
    choice: str | None = None
    template: str | None = None
    cards: tuple[Card, ...] = ()
    mentions: tuple[Ref, ...] = ()
    letter: Letter | None = None
    canned: tuple[str, ...] = ()


class Said(msgspec.Struct, frozen=True):
    """A line of a hand-over summary, and the message in which it stands."""

    text: str
    message_id: str


class KnownFact(msgspec.Struct, frozen=True):
    name: str
    value: str
    message_id: str


class Summary(msgspec.Struct, frozen=True):
    """What an agent must know so that the customer repeats nothing."""

    asked: tuple[Said, ...] = ()
    tried: tuple[Said, ...] = ()
    language: str | None = None
    facts: tuple[KnownFact, ...] = ()
    intake: Intake | None = None


class Conversation(msgspec.Struct, frozen=True):
    """A thread with a customer, as its projection stands. Times in milliseconds since 1970 UTC.

    ``waiting_since``: the customer has waited for an answer from then on. ``unread``: customer's messages that no
    agent has read. ``seq``: the newest event of the time line. ``merged_into``: the conversation in which this one
    goes on. ``scheduled``: replies that wait to be sent later. ``split_from``: the one it was split off.
    ``undelivered``: the newest reply that did not get through, until it is sent again or an agent writes another.
    """

    id: str
    number: int
    status: Status
    handler: Handler
    channel: ChannelRef
    customer_id: str
    identity_id: str
    thread: str
    language: str | None
    subject: str
    assignee_id: str | None
    team_id: str | None
    created_at: int
    last_at: int
    waiting_since: int | None
    snoozed_until: int | None
    queued_at: int | None
    queue_position: int | None
    unread: int
    mood: str | None
    customer_read_seq: int
    agent_read_seq: int
    seq: int
    priority: Priority = "normal"
    fields: dict[str, Value] = {}
    spam: bool = False
    rating: int | None = None
    merged_into: str | None = None
    scheduled: int = 0
    split_from: str | None = None
    undelivered: str | None = None


def addressing_of(message: Message) -> Addressing | None:
    """None where it simply goes between the customer's side and us."""
    letter = message.letter
    if letter is None or message.kind == "note":
        return None
    if message.author.kind == "customer":
        return "outside" if letter.outside else None
    return "forwarded" if letter.forwards is not None else "addressed"


def takes_new_message(conversation: Conversation, at: int, within: int = REOPENED_WITHIN) -> bool:
    """Whether what the customer writes now belongs here; to an older one he would open a new conversation."""
    return conversation.spam or conversation.status != "closed" or at - conversation.last_at <= within


def preview(text: str, attachments: tuple[Attachment, ...] = (), cards: tuple[Card, ...] = ()) -> str:
    """The one line of a message that lists show."""
    line = " ".join(text.split()) or (cards[0].title if cards else "")
    if not line and attachments:
        line = attachments[0].name
    return line if len(line) <= PREVIEW else f"{line[: PREVIEW - 1]}…"


def checked(draft: Draft) -> Draft:
    """``BadInput`` unless there is something to say, of bearable length; a letter may be empty."""
    if not draft.text.strip() and not draft.attachments and not draft.cards and draft.letter is None:
        raise BadInput("text_empty")
    if len(draft.text) > LONGEST_TEXT:
        raise BadInput("text_too_long", limit=LONGEST_TEXT)
    most_files = MOST_FILES if draft.letter is None else MOST_FILES_OF_A_LETTER
    if len(draft.attachments) > most_files:
        raise BadInput("too_many_files", limit=most_files)
    if not 1 <= len(draft.client_id) <= 80:
        raise BadInput("client_id")
    if len(draft.cards) > MOST_CARDS or not all(_bearable(card) for card in draft.cards):
        raise BadInput("cards", limit=MOST_CARDS)
    return draft


def checked_reply(draft: Draft) -> Draft:
    """As ``checked``: only of what is passed on there is something to read without a word of ours."""
    checked(draft if passes_on(draft) else msgspec.structs.replace(draft, letter=None))
    return draft


def passes_on(said: Draft | Message) -> bool:
    """Whether it goes to somebody else, and so answers nothing."""
    return said.letter is not None and said.letter.forwards is not None


def _bearable(card: Card) -> bool:
    labels = [button.label for button in card.buttons]
    addresses = all(url == "" or url.startswith(("https://", "http://", "/")) for url in (card.image, card.url))
    return addresses and 1 <= len(card.title) <= 120 and len(card.text) <= 500 and len(labels) <= MOST_BUTTONS


def checked_tag(tag: str) -> str:
    """A tag as it is kept: one line without surrounding space. ``BadInput``: empty or too long."""
    tag = " ".join(tag.split())
    if not 1 <= len(tag) <= LONGEST_TAG:
        raise BadInput("tag", limit=LONGEST_TAG)
    return tag
