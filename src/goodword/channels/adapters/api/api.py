"""The door of the API channel: messages in, and the time line to look at."""

import hmac
from typing import Annotated, Any

import msgspec
from litestar import Request, Router, get, post
from litestar.params import HeaderParameter
from msgspec import Meta

from goodword.channels import store
from goodword.channels.actions.take_in import take_in
from goodword.channels.model import Channel
from goodword.conversations import Draft, Received, mark_fetched
from goodword.conversations import store as conversations
from goodword.conversations.visible import to_customer
from goodword.customers.actions.identify import identify
from goodword.platform import ids
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import NotFound, Unauthenticated
from goodword.platform.events import SYSTEM, Actor, Stamp, latest
from goodword.platform.http import bearer
from goodword.platform.i18n import ours
from goodword.platform.settings import Settings
from goodword.platform.words import clean

LONGEST_KEY = 80
Line = Annotated[str, Meta(max_length=200)]


class Person(msgspec.Struct):
    """Who writes. ``external_id`` is what your system calls him; it is trusted."""

    external_id: Annotated[str, Meta(min_length=1, max_length=80)]
    name: Line = ""
    email: Line = ""


class Posted(msgspec.Struct):
    """``thread``: your system's own name for the conversation; the same one goes on where it was."""

    customer: Person
    text: str
    language: Line = ""
    subject: Line = ""
    thread: Line = ""


class Accepted(msgspec.Struct):
    message_id: str
    conversation_id: str
    number: int
    seq: int
    fresh: bool


@post("/{key:str}/messages", status_code=202)
async def post_message(
    request: Request[Any, Any, Any],
    key: str,
    data: Posted,
    idempotency_key: Annotated[str, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=200)],
    database: Database,
    clock: Clock,
    settings: Settings,
) -> Accepted:
    """Once this answers 202 the message is kept; the same ``Idempotency-Key`` and customer is taken in once."""
    token = bearer(request.headers.get("authorization"))
    received = await database.write(
        _take_in, clock.now(), key, token, data, idempotency_key, settings.assistant_answers
    )
    conversation = received.conversation
    return Accepted(received.message.id, conversation.id, conversation.number, received.seq, received.fresh)


@get("/{key:str}/conversations/{conversation_id:str}")
async def read_conversation(
    request: Request[Any, Any, Any], key: str, conversation_id: str, database: Database, clock: Clock
) -> dict[str, list[msgspec.Raw]]:
    """What the customer may see of it, newest 200 events, oldest first.

    Replies that waited to be read are delivered.
    """
    token = bearer(request.headers.get("authorization"))
    return {"events": await database.write(_events, Stamp(clock.now(), SYSTEM), key, token, conversation_id)}


routes = Router("/api/v1/channels", route_handlers=[post_message, read_conversation], tags=["channel: api"])


async def _take_in(
    tx: Tx, at: int, key: str, token: str, posted: Posted, idempotency_key: str, assistant: bool
) -> Received:
    channel = await _channel(tx, key, token)
    person, system = posted.customer, Stamp(at, Actor("system", channel.id, channel.name))
    customer, identity = await identify(
        tx,
        system,
        kind="api",
        value=clean(person.external_id),
        scope=channel.id,
        verified=True,
        name=clean(person.name),
        email=clean(person.email),
        language=ours(posted.language) or "",
    )
    stamp = system.acting_as(Actor("customer", customer.id, customer.name))
    draft = Draft(short(idempotency_key), clean(posted.text), ours(posted.language))
    return await take_in(
        tx,
        stamp,
        draft,
        channel=channel,
        customer=customer.ref,
        identity_id=identity.id,
        first="assistant" if assistant else "queue",
        thread=clean(posted.thread, 200),
        subject=" ".join(clean(posted.subject).split()),
    )


async def _events(tx: Tx, stamp: Stamp, key: str, token: str, conversation_id: str) -> list[msgspec.Raw]:
    channel = await _channel(tx, key, token)
    conversation = await conversations.get(tx, conversation_id)
    if conversation.channel.id != channel.id:
        raise NotFound("conversation")
    await mark_fetched(tx, stamp, conversation_id, conversation.seq)
    seen = (to_customer(event) for event in await latest(tx, conversation_id, 200))
    return [msgspec.Raw(json) for json in seen if json]


def short(key: str) -> str:
    """The key itself, or what stands for one that is longer than we keep."""
    return key if len(key) <= LONGEST_KEY else ids.fingerprint(key)


async def _channel(tx: Tx, key: str, token: str) -> Channel:
    channel = await store.by_key(tx, key)
    if not hmac.compare_digest(ids.fingerprint(token), channel.token_hash):
        raise Unauthenticated("token")
    return channel
