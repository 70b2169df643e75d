"""Forms of the widget: what strangers are asked, a problem reported part by part, what the page knows, greetings."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import QueryParameter
from msgspec import Meta

from goodword.channels import store
from goodword.channels.actions.take_in import take_in
from goodword.channels.adapters.webchat import view
from goodword.channels.adapters.webchat.limits import limits, spend
from goodword.channels.adapters.webchat.visitors import (
    Calls,
    attachments_of,
    channel_and_session,
    language_of,
    session_of,
    stamp_of,
    token_of,
)
from goodword.channels.structured import checked_answers, greetings, in_language
from goodword.conversations import Draft, Intake, give_intake
from goodword.conversations.model import Message
from goodword.customers import OwnView, give_attributes, give_contact, give_name
from goodword.customers.actions.give_attributes import Value
from goodword.customers.store import keep_session
from goodword.platform.bus import Bus, Signal
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.files import FileStore
from goodword.platform.i18n import text
from goodword.platform.settings import Settings
from goodword.platform.words import clean
from goodword.staff import available_agents, company_name

# ``language`` alone is what the browser would like, and is handed in by the door.
Asked = Annotated[str, QueryParameter(name="language", max_length=20)]
FIVE_MINUTES = "public, max-age=300"
Part = Annotated[str, Meta(max_length=2_000)]
PARTS = ("what", "since", "wish", "order")


class AnswersCall(msgspec.Struct):
    answers: Annotated[dict[str, Annotated[str, Meta(max_length=2_000)]], Meta(max_length=8)]


class AttributesCall(msgspec.Struct):
    """``null`` takes a value back."""

    values: Annotated[dict[str, Value | None], Meta(max_length=20)]


class IntakeCall(msgspec.Struct):
    """A problem. Any part may be left empty: the assistant asks for it. ``evidence``: ids of uploaded files."""

    client_id: Annotated[str, Meta(min_length=1, max_length=80)]
    what: Part = ""
    since: Part = ""
    wish: Part = ""
    order: Part = ""
    evidence: Annotated[list[str], Meta(max_length=5)] = []


class Reported(msgspec.Struct):
    message: Message
    conversation_id: str
    seq: int


class SiteGreeting(msgspec.Struct):
    id: str
    text: str
    pages: tuple[str, ...]
    seconds: int
    scroll: int
    visits: int
    always: bool
    quiet_days: int


class Site(msgspec.Struct):
    """What a page needs before anybody has clicked."""

    language: str
    company: str
    available: bool
    close: str
    greetings: list[SiteGreeting]


@get("/site")
async def site(
    request: Calls, key: str, database: Database, clock: Clock, settings: Settings, asked: Asked = ""
) -> Response[Site]:
    """The greetings of the channel in the visitor's language, with their rules. May be kept for five minutes."""
    now = clock.now()
    limits(request).pages.spend(request.client.host if request.client else "", now)
    found = await database.read(_site, key, language_of(request, asked), settings.company, now)
    return Response(found, headers={"Cache-Control": FIVE_MINUTES, "Vary": "Accept-Language"})


@post("/answers", status_code=200)
async def answer(request: Calls, key: str, data: AnswersCall, database: Database, clock: Clock) -> dict[str, OwnView]:
    """What a stranger says of himself before he writes; ``fields`` of a refusal names what is missing or wrong."""
    token, now = token_of(request), clock.now()
    spend(limits(request).contacts, token, now)
    return {"customer": await database.write(_answer, now, key, token, data.answers)}


@post("/attributes", status_code=204)
async def note_attributes(request: Calls, key: str, data: AttributesCall, database: Database, clock: Clock) -> None:
    """What the page knows of its visitor: claims, shown to the staff as such."""
    token, now = token_of(request), clock.now()
    spend(limits(request).contacts, token, now)
    await database.write(_attributes, now, key, token, data.values)


@post("/intake", status_code=202)
async def report(
    request: Calls,
    key: str,
    data: IntakeCall,
    database: Database,
    clock: Clock,
    settings: Settings,
    files: FileStore,
    bus: Bus,
) -> Reported:
    """A problem, reported once however often it is sent with the same ``client_id``."""
    token, now = token_of(request), clock.now()
    spend(limits(request).messages, token, now)
    reported, opened = await database.write(_report, now, key, token, data, settings, files, language_of(request))
    if opened:
        bus.send(Signal("conversation_opened", opened, {}))
    return reported


HANDLERS = (site, answer, note_attributes, report)


async def _site(tx: Tx, key: str, language: str, company: str, now: int) -> Site:
    channel = await store.by_key(tx, key)
    language = view.in_our_languages(channel, language)
    found = [
        SiteGreeting(
            one.id,
            in_language(one.text, language),
            one.pages,
            one.seconds,
            one.scroll,
            one.visits,
            one.always,
            one.quiet_days,
        )
        for one in greetings(channel.settings.get("greetings"))
        if one.enabled and (not one.languages or language in one.languages)
    ]
    return Site(
        language=language,
        company=await company_name(tx, company),
        available=bool(await available_agents(tx, now)),
        close=text(language, "widget.head.close"),
        greetings=found,
    )


async def _answer(tx: Tx, now: int, key: str, token: str, given: dict[str, str]) -> OwnView:
    channel, session = await channel_and_session(tx, now, key, token)
    asked = await view.to_be_asked(tx, channel, session, await view.own_conversations(tx, session))
    answers = checked_answers(asked, {name: clean(words) for name, words in given.items()})
    stamp = await stamp_of(tx, now, session)
    name, email = answers.pop("name", ""), answers.pop("email", "")
    # Before an address makes him part of another record: that one is not to be written by a stranger.
    await give_attributes(tx, stamp, session, answers)
    if email:
        await give_contact(tx, stamp, session, email=email, name=name)
    elif name:
        await give_name(tx, stamp, session, name)
    await keep_session(tx, msgspec.structs.replace(session, answered_at=now))
    return (await view.visitor_of(tx, session))[1]


async def _attributes(tx: Tx, now: int, key: str, token: str, values: dict[str, Value | None]) -> None:
    session = await session_of(tx, now, key, token)
    await give_attributes(tx, await stamp_of(tx, now, session), session, values)


async def _report(
    tx: Tx, now: int, key: str, token: str, call: IntakeCall, settings: Settings, files: FileStore, language: str
) -> tuple[Reported, str | None]:
    channel, session = await channel_and_session(tx, now, key, token)
    customer, _ = await view.visitor_of(tx, session)
    stamp = await stamp_of(tx, now, session)
    parts = {part: clean(getattr(call, part)) for part in PARTS}
    evidence = await attachments_of(tx, call.evidence, session, files)
    received = await take_in(
        tx,
        stamp,
        Draft(call.client_id, _in_words(parts, language), attachments=evidence, template="intake"),
        channel=channel,
        customer=customer.ref,
        identity_id=session.writes_as,
        first="assistant" if settings.assistant_answers else "queue",
        language=language,
    )
    if received.fresh:
        intake = Intake(parts["what"], parts["since"], parts["wish"], parts["order"], evidence)
        await give_intake(tx, stamp, received.conversation.id, intake)
    reported = Reported(received.message, received.conversation.id, received.seq)
    return reported, session.writes_as if received.opened else None


def _in_words(parts: dict[str, str], language: str) -> str:
    """The report as the message that the time line shows."""
    said = [f"{text(language, f'channel.intake.{part}')} {words}" for part, words in parts.items() if words]
    return "\n".join(said) or text(language, "channel.intake.opening")
