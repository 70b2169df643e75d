"""What a visitor thinks of how he was served, and what was said, for him to keep."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from msgspec import Meta

from goodword.channels.adapters.webchat import view
from goodword.channels.adapters.webchat.forms import Asked
from goodword.channels.adapters.webchat.limits import limits, spend
from goodword.channels.adapters.webchat.visitors import Calls, language_of, session_of, stamp_of, token_of
from goodword.conversations import rate
from goodword.conversations.model import RatingReason
from goodword.conversations.transcript import Transcript, transcript
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import NotFound
from goodword.platform.settings import Settings
from goodword.platform.words import clean
from goodword.staff import company_name


class RatingCall(msgspec.Struct):
    """Of the newest conversation. ``reason`` where it was not good."""

    score: int
    reason: RatingReason | None = None
    text: Annotated[str, Meta(max_length=2_000)] = ""


@post("/rating", status_code=204)
async def give_rating(request: Calls, key: str, data: RatingCall, database: Database, clock: Clock) -> None:
    """For a week it may be changed by giving another one."""
    token, now = token_of(request), clock.now()
    spend(limits(request).contacts, token, now)
    await database.write(_rate, now, key, token, data)


@get("/transcript")
async def take_transcript(
    request: Calls,
    key: str,
    database: Database,
    clock: Clock,
    settings: Settings,
    format: Literal["txt", "html"] = "txt",
    asked: Asked = "",
    tz: Annotated[str, Meta(max_length=60)] = "UTC",
) -> Response[bytes]:
    """The newest conversation as a file; ``tz`` is the visitor's own time zone."""
    token, now = token_of(request), clock.now()
    spend(limits(request).contacts, token, now)
    base = (settings.public_url or str(request.base_url)).rstrip("/")
    made = await database.read(_transcript, now, key, token, format, language_of(request, asked), tz, base, settings)
    named = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, media_type=made.content_type, headers=named)


HANDLERS = (give_rating, take_transcript)


async def _rate(tx: Tx, now: int, key: str, token: str, call: RatingCall) -> None:
    session = await session_of(tx, now, key, token)
    own = await view.own_conversations(tx, session)
    if not own:
        raise NotFound("conversation")
    stamp = await stamp_of(tx, now, session)
    await rate(tx, stamp, view.current(own).id, call.score, call.reason, clean(call.text).strip() or None)


async def _transcript(
    tx: Tx,
    now: int,
    key: str,
    token: str,
    format: Literal["txt", "html"],
    language: str,
    tz: str,
    base: str,
    settings: Settings,
) -> Transcript:
    own = await view.own_conversations(tx, await session_of(tx, now, key, token))
    if not own:
        raise NotFound("conversation")
    company = await company_name(tx, settings.company)
    return await transcript(
        tx, view.current(own).id, format, for_customer=True, language=language, tz=tz, company=company, base_url=base
    )
