"""What a rule needs to know of a conversation that is there now."""

from typing import Any

import msgspec

from goodword.automation import store
from goodword.automation.model import Happening
from goodword.automation.situation import Situation, actor_of, happenings
from goodword.conversations import store as conversations
from goodword.conversations.model import Conversation
from goodword.customers import find_customer
from goodword.platform.db import Tx
from goodword.platform.events import Event
from goodword.staff import all_teams


class Spoken(msgspec.Struct, frozen=True):
    """The words that an event is about, and what had been said before them."""

    text: str
    messages: int
    before: str | None


async def happenings_of(tx: Tx, event: Event) -> tuple[tuple[Happening, str], ...]:
    """What ``event`` is in people's words; see ``situation.happenings``."""
    data = msgspec.json.decode(event.data)
    first = event.type == "MessageUnderstood" and await _is_first(tx, event.stream, data["message_id"])
    return happenings(event.type, data, event.actor.kind, first=first)


async def situation_of(tx: Tx, event: Event, happening: Happening, about: str, at: int) -> Situation:
    """How things stand with what ``event`` brought. ``at``: when it happened, or when its time was over."""
    conversation = await conversations.get(tx, event.stream)
    customer = await find_customer(tx, conversation.customer_id)
    spoken = await _spoken(tx, event)
    return Situation(
        at=at,
        event=happening,
        about=about,
        actor=actor_of(event.type, event.actor.kind),
        text=spoken.text,
        channel=conversation.channel.id,
        language=conversation.language or (customer.language if customer else None),
        known=customer is not None and not customer.anonymous,
        customer_fields=customer.attributes if customer else {},
        tags=frozenset(await conversations.tags(tx, conversation.id)),
        messages=spoken.messages,
        before=spoken.before,
        **_standing(conversation),
    )


async def members(tx: Tx) -> dict[str, frozenset[str]]:
    """Who is in which team."""
    return {team.id: frozenset(team.members) for team in await all_teams(tx)}


async def state_of(tx: Tx, conversation: Conversation, at: int) -> Situation:
    """As much of it as steps can change."""
    tags = frozenset(await conversations.tags(tx, conversation.id))
    return Situation(at=at, event="opened", tags=tags, **_standing(conversation))


def _standing(conversation: Conversation) -> dict[str, Any]:
    return {
        "status": conversation.status,
        "handler": conversation.handler,
        "assignee": conversation.assignee_id,
        "team": conversation.team_id,
        "priority": conversation.priority,
        "fields": conversation.fields,
        "mood": conversation.mood,
        "waiting_since": conversation.waiting_since,
        "rating": conversation.rating,
        "snoozed_until": conversation.snoozed_until,
        "spam": conversation.spam,
    }


async def _spoken(tx: Tx, event: Event) -> Spoken:
    data = msgspec.json.decode(event.data)
    match event.type:
        case "MessageUnderstood":
            row = await conversations.message_row(tx, data["message_id"])
            return await _said_at(tx, event.stream, row["seq"], row["text"])
        case "ReplyQueued" | "NoteAdded":
            return await _said_at(tx, event.stream, event.seq, data["message"]["text"])
        case _:
            return await _said_at(tx, event.stream, event.seq, await store.customers_words(tx, event.stream, event.seq))


async def _said_at(tx: Tx, conversation_id: str, seq: int, text: str) -> Spoken:
    messages = await store.messages_until(tx, conversation_id, seq)
    return Spoken(text, messages, await store.spoke_before(tx, conversation_id, seq))


async def _is_first(tx: Tx, conversation_id: str, message_id: str) -> bool:
    """Where we wrote first, the customer's first message opens nothing."""
    row = await conversations.message_row(tx, message_id)
    if await store.spoke_before(tx, conversation_id, row["seq"]) is not None:
        return False
    return await store.messages_until(tx, conversation_id, row["seq"]) == 1
