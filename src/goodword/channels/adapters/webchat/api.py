"""The widget's door.

Every call but the first carries the visitor's token and reaches nothing but his own conversations.
"""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from litestar import Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter
from litestar.response import Stream
from msgspec import Meta

from goodword.channels import store
from goodword.channels.actions.take_in import take_in
from goodword.channels.adapters.webchat import forms, judging, view
from goodword.channels.adapters.webchat.limits import limits, spend
from goodword.channels.adapters.webchat.live import visitor_frames
from goodword.channels.adapters.webchat.visitors import (
    Calls,
    attachments_of,
    channel_and_session,
    language_of,
    newest_conversation,
    session_of,
    stamp_of,
    token_of,
)
from goodword.channels.model import Channel, signing_secret
from goodword.conversations import Draft, mark_fetched, read_by_customer
from goodword.conversations.model import Message
from goodword.customers import OwnView, Session, SignedUser, give_contact, is_signed, open_session
from goodword.platform.bus import Bus, Signal
from goodword.platform.clock import DAY, SECOND, Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import BadInput, Forbidden, NotFound
from goodword.platform.events import SYSTEM, Actor, Feed, Stamp, newest_cursor
from goodword.platform.files import FileStore
from goodword.platform.files.model import TAKEN
from goodword.platform.http import TAKES_FILES, event_stream, presented, uploaded
from goodword.platform.i18n import ours, text
from goodword.platform.settings import Settings
from goodword.platform.words import clean

Line = Annotated[str, Meta(max_length=500)]

REPEATED_WISH = 10 * SECOND
# A wish for a person bears an id of our own, and waits for no answers.
WISH = "human:"


class Identity(msgspec.Struct):
    """Who the host page says is signed in.

    ``signature`` is the hex HMAC-SHA256 of ``user_id`` under the channel's secret.
    """

    user_id: Annotated[str, Meta(min_length=1, max_length=200)]
    signature: Line
    email: Line = ""
    name: Line = ""


class SessionCall(msgspec.Struct):
    token: Line | None = None
    language: Line = ""
    page: Annotated[str, Meta(max_length=2_000)] = ""
    title: Line = ""
    referrer: Annotated[str, Meta(max_length=2_000)] = ""
    identity: Identity | None = None


class MessageCall(msgspec.Struct):
    client_id: Annotated[str, Meta(min_length=1, max_length=80)]
    text: str = ""
    attachments: Annotated[list[str], Meta(max_length=20)] = []
    language: Line = ""
    choice: Line | None = None


class Taken(msgspec.Struct):
    """``cursor`` is not after this message's events: going on from it loses nothing."""

    message: Message
    conversation_id: str
    seq: int
    cursor: str


class Events(msgspec.Struct):
    events: list[msgspec.Raw]
    cursor: str = ""
    earlier: bool = False


class TypingCall(msgspec.Struct):
    on: bool


class ReadCall(msgspec.Struct):
    seq: int


class ContactCall(msgspec.Struct):
    email: Line
    name: Line = ""


@post("/session", status_code=200)
async def open_chat(
    request: Calls, key: str, data: SessionCall, database: Database, clock: Clock, settings: Settings, secret_key: bytes
) -> view.Opened:
    """Begin, or go on where the token left off."""
    now = clock.now()
    limits(request).visitors.spend(request.client.host if request.client else "", now)
    origin = request.headers.get("origin")
    return await database.write(
        _open, now, key, data, settings, secret_key, origin, language_of(request, data.language)
    )


@post("/messages", status_code=202)
async def send_message(
    request: Calls,
    key: str,
    data: MessageCall,
    database: Database,
    clock: Clock,
    settings: Settings,
    files: FileStore,
    bus: Bus,
) -> Response[Taken]:
    """202: the message is kept. 200: it had come before."""
    token, now = token_of(request), clock.now()
    spend(limits(request).messages, token, now)
    if len(data.text) > settings.message_characters:
        raise BadInput("text_too_long", limit=settings.message_characters)
    taken, fresh, opened = await database.write(_take, now, key, token, data, settings, files, language_of(request))
    if opened:
        bus.send(Signal("conversation_opened", opened, {}))
    return Response(taken, status_code=202 if fresh else 200)


@post("/human", status_code=202)
async def ask_for_person(
    request: Calls, key: str, database: Database, clock: Clock, settings: Settings, files: FileStore, bus: Bus
) -> Taken:
    """The button says in words what the customer wants, so that the time line shows it as it was."""
    token, now, language = token_of(request), clock.now(), language_of(request)
    spend(limits(request).messages, token, now)
    words = MessageCall(f"{WISH}{now // REPEATED_WISH}", text(language, "channel.human_wanted"), language=language)
    taken, _, opened = await database.write(_take, now, key, token, words, settings, files, language)
    if opened:
        bus.send(Signal("conversation_opened", opened, {}))
    return taken


@get("/events")
async def read_events(
    request: Calls,
    key: str,
    database: Database,
    clock: Clock,
    after: str | None = None,
    before: Annotated[int | None, Parameter(ge=0, le=view.END)] = None,
    limit: Annotated[int, Parameter(ge=1, le=200)] = 50,
) -> Events:
    """``after`` a cursor (newer) or ``before`` a seq (older)."""
    token = token_of(request)
    if after is not None:
        return await database.write(_newer, clock.now(), key, token, after, limit)
    return await database.read(_older, clock.now(), key, token, before or view.END, limit)


@get("/stream")
async def stream_events(
    request: Calls, key: str, database: Database, clock: Clock, feed: Feed, bus: Bus, after: str
) -> Stream:
    """Server-sent events from ``after`` on: ``events``, ``typing`` and ``reset`` frames, a beat every 15 s."""
    session = await database.read(session_of, clock.now(), key, token_of(request))
    return event_stream(visitor_frames(session, after, database, feed, bus, clock), beating=True)


@post("/typing", status_code=204)
async def tell_typing(request: Calls, key: str, data: TypingCall, database: Database, clock: Clock, bus: Bus) -> None:
    """The visitor is writing, or no more."""
    token, now = token_of(request), clock.now()
    spend(limits(request).typing, token, now)
    found = await database.read(newest_conversation, now, key, token)
    if found:
        conversation_id, who = found
        said = {"name": who.name, "kind": "customer", "on": data.on, "customer": who.id}
        bus.send(Signal("typing", conversation_id, said))


@post("/read", status_code=204)
async def mark_read(request: Calls, key: str, data: ReadCall, database: Database, clock: Clock) -> None:
    """The visitor has seen everything up to ``seq``."""
    await database.write(_read, clock.now(), key, token_of(request), data.seq)


@post("/contact", status_code=200)
async def leave_contact(
    request: Calls, key: str, data: ContactCall, database: Database, clock: Clock
) -> dict[str, OwnView]:
    """Where he can be answered when he is gone."""
    token, now = token_of(request), clock.now()
    spend(limits(request).contacts, token, now)
    return {"customer": await database.write(_contact, now, key, token, data)}


@post("/files", status_code=201, opt=TAKES_FILES)
async def upload_file(
    request: Calls,
    key: str,
    data: Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
    database: Database,
    clock: Clock,
    files: FileStore,
) -> dict[str, object]:
    """A file to be attached to a message, in the field ``file``."""
    token, now = token_of(request), clock.now()
    spend(limits(request).files, token, now)
    session = await database.read(session_of, now, key, token)
    if "file" not in data:
        raise BadInput("file_missing")
    return presented(await uploaded(data["file"], session.identity_id, now, files, database), files)


HANDLERS = (
    open_chat,
    send_message,
    ask_for_person,
    read_events,
    stream_events,
    tell_typing,
    mark_read,
    leave_contact,
    upload_file,
    *forms.HANDLERS,
    *judging.HANDLERS,
)

routes = Router("/chat/v1/{key:str}", route_handlers=HANDLERS, tags=["channel: web chat"])


async def _open(
    tx: Tx,
    now: int,
    key: str,
    call: SessionCall,
    settings: Settings,
    secret_key: bytes,
    origin: str | None,
    language: str,
) -> view.Opened:
    channel = await store.by_key(tx, key)
    _check_origin(channel.settings, origin)
    language = view.in_our_languages(channel, language)
    session, token = await open_session(
        tx,
        Stamp(now, SYSTEM),
        channel.id,
        call.token,
        signed=_signed(call.identity, signing_secret(secret_key, channel.id)),
        language=language,
        page=call.page,
        title=call.title,
        referrer=call.referrer,
        lifetime=settings.visitor_days * DAY,
    )
    cursor = await newest_cursor(tx)
    own = await view.own_conversations(tx, session)
    events, more = await view.newest_events(tx, own, view.END, view.NEWEST)
    for conversation in view.running(own):
        await mark_fetched(tx, Stamp(now, SYSTEM), conversation.id, view.END)
    return view.Opened(
        token=token,
        cursor=cursor,
        customer=(await view.visitor_of(tx, session))[1],
        conversation=await view.own_conversation(tx, view.current(own)) if own else None,
        events=view.shown(events),
        earlier=more,
        config=await view.config(
            tx, channel, settings, language, now, sorted(TAKEN), await view.to_be_asked(tx, channel, session, own)
        ),
    )


async def _take(
    tx: Tx, now: int, key: str, token: str, call: MessageCall, settings: Settings, files: FileStore, language: str
) -> tuple[Taken, bool, str | None]:
    channel, session = await channel_and_session(tx, now, key, token)
    customer, who = await view.visitor_of(tx, session)
    cursor = await newest_cursor(tx)
    if not call.client_id.startswith(WISH):
        await _must_have_answered(tx, channel, session)
    draft = Draft(
        client_id=call.client_id,
        text=clean(call.text),
        attachments=await attachments_of(tx, call.attachments, session, files),
        choice=call.choice,
    )
    received = await take_in(
        tx,
        Stamp(now, Actor("customer", customer.id, who.name)),
        draft,
        channel=channel,
        customer=customer.ref,
        identity_id=session.writes_as,
        first="assistant" if settings.assistant_answers else "queue",
        language=ours(call.language) or language,
    )
    return (
        Taken(received.message, received.conversation.id, received.seq, cursor),
        received.fresh,
        session.writes_as if received.opened else None,
    )


async def _must_have_answered(tx: Tx, channel: Channel, session: Session) -> None:
    """``BadInput`` while a stranger owes an answer without which the company takes no message."""
    asked = await view.to_be_asked(tx, channel, session, await view.own_conversations(tx, session))
    if missing := [question.key for question in asked if question.required]:
        raise BadInput("answers", fields=dict.fromkeys(missing, "required"))


async def _newer(tx: Tx, now: int, key: str, token: str, after: str, limit: int) -> Events:
    own = await view.own_conversations(tx, await session_of(tx, now, key, token))
    events, cursor = await view.events_after(tx, own, after, limit)
    for conversation in view.running(own):
        newest = max((event.seq for event in events if event.stream == conversation.id), default=0)
        await mark_fetched(tx, Stamp(now, SYSTEM), conversation.id, newest)
    return Events(view.shown(events), cursor)


async def _older(tx: Tx, now: int, key: str, token: str, before: int, limit: int) -> Events:
    own = await view.own_conversations(tx, await session_of(tx, now, key, token))
    events, more = await view.newest_events(tx, own, before, limit)
    return Events(view.shown(events), earlier=more)


async def _read(tx: Tx, now: int, key: str, token: str, seq: int) -> None:
    session = await session_of(tx, now, key, token)
    own = await view.own_conversations(tx, session)
    if not own:
        raise NotFound("conversation")
    stamp = await stamp_of(tx, now, session)
    for conversation in view.running(own):
        await read_by_customer(tx, stamp, conversation.id, seq)


async def _contact(tx: Tx, now: int, key: str, token: str, call: ContactCall) -> OwnView:
    session = await session_of(tx, now, key, token)
    stamp = await stamp_of(tx, now, session)
    return await give_contact(tx, stamp, session, email=call.email, name=clean(call.name))


def _signed(identity: Identity | None, secret: str) -> SignedUser | None:
    """``Forbidden`` for a signature that isn't ours: better no chat than somebody else's."""
    if identity is None:
        return None
    if not is_signed(secret, identity.user_id, identity.signature):
        raise Forbidden("signature")
    return SignedUser(clean(identity.user_id), clean(identity.email), clean(identity.name))


def _check_origin(settings: Mapping[str, Any], origin: str | None) -> None:
    allowed = settings.get("origins") or []
    if allowed and origin and _host(origin) not in {_host(one) or one for one in allowed}:
        raise Forbidden("origin")


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
