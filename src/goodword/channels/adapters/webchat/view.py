"""What the widget is shown: the visitor, his conversation, his events and the manners of this chat."""

from typing import Literal

import msgspec

from goodword.channels.carrying_on import mailbox_for_chats
from goodword.channels.model import Channel
from goodword.channels.structured import Question, in_language, questions
from goodword.conversations import Conversation
from goodword.conversations import store as conversations
from goodword.conversations.visible import to_customer
from goodword.customers import Customer, OwnView, Session, get_customer, get_identity, own_view
from goodword.platform.db import Tx
from goodword.platform.events import Event, earlier, since
from goodword.platform.i18n import LANGUAGES, text
from goodword.platform.settings import Settings
from goodword.staff import agents_on_duty, company_name, find_agent

NEWEST = 50
LARGEST_PAGE = 200
END = 1 << 62


class Named(msgspec.Struct):
    name: str


class OwnConversation(msgspec.Struct):
    id: str
    number: int
    status: str
    handler: str
    queue_position: int | None
    assignee: Named | None
    last_read_seq: int
    unread: int


class Limits(msgspec.Struct):
    text: int
    file_bytes: int
    file_types: list[str]
    files_per_message: int


class Brand(msgspec.Struct):
    color: str
    logo: str | None


class Asked(msgspec.Struct):
    """A question to a stranger, in his language."""

    key: str
    label: str
    options: list[str]
    required: bool


class Config(msgspec.Struct):
    company: str
    assistant_name: str
    language: str
    languages: list[str]
    available: bool
    reply_expectation: Literal["minutes", "hours", "days"]
    greeting: str
    brand: Brand
    help_url: str
    limits: Limits
    hours: str
    articles: bool
    intake: bool
    rating: bool
    by_mail: bool
    questions: list[Asked]


class Opened(msgspec.Struct):
    """The answer to a session call."""

    token: str
    cursor: str
    customer: OwnView
    conversation: OwnConversation | None
    events: list[msgspec.Raw]
    earlier: bool
    config: Config


async def own_conversations(tx: Tx, session: Session) -> list[Conversation]:
    """Oldest first; what this session may read and nothing else."""
    return await conversations.of_identities(tx, session.identity_ids, session.channel_id)


def current(own: list[Conversation]) -> Conversation:
    """Of these, the one in which his talk goes on: the newest, or what that was merged into.

    What an agent split off is part of the same talk to him; it is never the one he is in.
    """
    found = [one for one in own if one.split_from is None][-1]
    mine = {one.id: one for one in own}
    while found.merged_into in mine:
        found = mine[found.merged_into]
    return found


def running(own: list[Conversation]) -> list[Conversation]:
    """Where something may be new to him: the current one, and all that are not closed."""
    return [one for one in own if one.status != "closed" or one.id == current(own).id]


async def visitor_of(tx: Tx, session: Session) -> tuple[Customer, OwnView]:
    """The record that the staff sees, and the little of it that may be shown to the visitor."""
    identity = await get_identity(tx, session.writes_as)
    return await get_customer(tx, identity.customer_id), own_view(identity)


async def own_conversation(tx: Tx, conversation: Conversation) -> OwnConversation:
    assignee = await find_agent(tx, conversation.assignee_id) if conversation.assignee_id else None
    events = await earlier(tx, conversation.id, END, LARGEST_PAGE)
    unread = sum(event.type == "ReplyQueued" and event.seq > conversation.customer_read_seq for event in events)
    return OwnConversation(
        id=conversation.id,
        number=conversation.number,
        status="open" if conversation.status == "snoozed" or conversation.spam else conversation.status,
        handler="assistant" if conversation.spam else conversation.handler,
        queue_position=conversation.queue_position,
        assignee=Named(assignee.name) if assignee else None,
        last_read_seq=conversation.customer_read_seq,
        unread=unread,
    )


async def newest_events(tx: Tx, own: list[Conversation], before: int, limit: int) -> tuple[list[Event], bool]:
    """The last of what he may see below ``before``, oldest first, and whether there is more."""
    found: list[Event] = []
    for conversation in own:
        found += await earlier(tx, conversation.id, before, limit + 1)
    found = sorted((event for event in found if to_customer(event)), key=lambda event: event.seq)
    return found[-limit:], len(found) > limit


async def events_after(tx: Tx, own: list[Conversation], cursor: str, limit: int) -> tuple[list[Event], str]:
    """What came after ``cursor``, in the order of the log, and where to go on."""
    found: list[Event] = []
    for conversation in own:
        found += await since(tx, cursor, limit, conversation.id)
    found = sorted(found, key=lambda event: tuple(map(int, event.cursor.split("."))))[:limit]
    return found, found[-1].cursor if found else cursor


def shown(events: list[Event]) -> list[msgspec.Raw]:
    return [msgspec.Raw(json) for event in events if (json := to_customer(event))]


def spoken(channel: Channel) -> tuple[str, ...]:
    """The languages in which this chat may be read, the company's first one first."""
    return tuple(channel.settings.get("languages") or LANGUAGES)


def in_our_languages(channel: Channel, language: str) -> str:
    """``language``, or what is nearest to it of those that this chat speaks."""
    ours = spoken(channel)
    return language if language in ours else next((one for one in ours if one[:2] == language[:2]), ours[0])


async def to_be_asked(tx: Tx, channel: Channel, session: Session, own: list[Conversation]) -> tuple[Question, ...]:
    """What a stranger has yet to say of himself. Nothing more once he has answered, written, or been vouched for."""
    if session.answered_at or session.signed_identity_id or own:
        return ()
    _, who = await visitor_of(tx, session)
    known = {"email": bool(who.email), "name": bool(who.name) and who.name != who.email}
    return tuple(one for one in questions(channel.settings.get("questions")) if not known.get(one.key))


async def config(
    tx: Tx,
    channel: Channel,
    settings: Settings,
    language: str,
    now: int,
    types: list[str],
    asked: tuple[Question, ...],
) -> Config:
    said = channel.settings
    available = bool(await agents_on_duty(tx, now))
    company = await company_name(tx, settings.company)
    greeting = in_language(said.get("greeting"), language) or text(language, "channel.greeting", company=company)
    return Config(
        company=company,
        assistant_name=settings.assistant_name,
        language=language,
        languages=list(spoken(channel)),
        available=available,
        reply_expectation="minutes" if available else "hours",
        greeting=greeting,
        brand=Brand(channel.settings.get("color") or "#016569", channel.settings.get("logo") or None),
        help_url=f"/help/{language}/",
        limits=Limits(settings.message_characters, settings.file_bytes, types, 5),
        hours=in_language(said.get("hours"), language),
        articles=said.get("articles", True),
        intake=said.get("intake", True),
        rating=said.get("rating", True),
        by_mail=await mailbox_for_chats(tx) is not None,
        questions=[_asked(question, language) for question in asked],
    )


def _asked(question: Question, language: str) -> Asked:
    label = in_language(question.label, language) or text(language, f"channel.question.{question.key}")
    return Asked(question.key, label, list(question.options), question.required)
