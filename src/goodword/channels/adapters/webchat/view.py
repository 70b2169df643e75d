"""What the widget is shown: the visitor, his conversation, his events and the manners of this chat."""

from typing import Literal

import msgspec

from goodword.channels.model import Channel
from goodword.conversations import Conversation
from goodword.conversations import store as conversations
from goodword.conversations.visible import to_customer
from goodword.customers import Customer, OwnView, Session, get_customer, get_identity, own_view
from goodword.platform.db import Tx
from goodword.platform.events import Event, earlier, since
from goodword.platform.i18n import LANGUAGES, text
from goodword.platform.settings import Settings
from goodword.staff import available_agents, company_name, find_agent

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
        status="open" if conversation.status == "snoozed" else conversation.status,
        handler=conversation.handler,
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


async def config(tx: Tx, channel: Channel, settings: Settings, language: str, now: int, types: list[str]) -> Config:
    available = bool(await available_agents(tx, now))
    company = await company_name(tx, settings.company)
    greeting = channel.settings.get("greeting") or text(language, "channel.greeting", company=company)
    return Config(
        company=company,
        assistant_name=settings.assistant_name,
        language=language,
        languages=list(LANGUAGES),
        available=available,
        reply_expectation="minutes" if available else "hours",
        greeting=greeting,
        brand=Brand(channel.settings.get("color") or "#016569", channel.settings.get("logo") or None),
        help_url=f"/help/{language}/",
        limits=Limits(settings.message_characters, settings.file_bytes, types, 5),
    )
