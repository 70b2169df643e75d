"""The door for mail that is handed over: whole, or in the shapes of providers."""

import asyncio
from typing import Any

import msgspec
from litestar import Request, Router, post

from goodword.channels import store
from goodword.channels.adapters.email.webhooks.authorizing import has_token, is_signed_by_mailgun
from goodword.channels.adapters.email.webhooks.forms import read_form
from goodword.channels.adapters.email.webhooks.sns import Amazon
from goodword.channels.arrivals import RawStore, keep_bytes
from goodword.channels.arrivals.model import MAIL
from goodword.channels.registry import Registry
from goodword.channels.secrets import opened_settings
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.errors import BadInput, NotFound, Unauthenticated
from goodword.platform.http import Outgoing

SHAPES = frozenset({"raw", "mailgun", "postmark", "ses", "sendgrid"})

LARGEST_POST = 80_000_000

amazon = Amazon()


class Kept(msgspec.Struct):
    """``id`` is None where there was nothing to keep."""

    id: str | None = None
    fresh: bool = False


@post("/{key:str}/inbound/{shape:str}", status_code=200, request_max_body_size=LARGEST_POST)
async def inbound(
    request: Request[Any, Any, Any],
    key: str,
    shape: str,
    database: Database,
    clock: Clock,
    raws: RawStore,
    registry: Registry,
    secret_key: bytes,
    outgoing: Outgoing,
) -> Kept:
    """Once this answers 200 the mail is kept. Whatever else it answers: send it again.

    ``raw`` takes the mail as it is; the others what Mailgun, Postmark, SES (through SNS) and SendGrid post. The
    channel's token or its webhook secret opens the door, as Bearer, Basic or ``?token=``; for Mailgun its signature.
    """
    channel = await database.read(store.by_key, key)
    manifest = registry.get(channel.kind).manifest
    secret = str(opened_settings(channel, manifest, secret_key).get("webhook_secret", ""))
    known = has_token(channel, secret, request.headers.get("authorization", ""), request.url.query)
    if not known and shape != "mailgun":
        raise Unauthenticated("token")
    body = await request.body()
    if not known and not await asyncio.to_thread(_is_signed, body, secret, clock.now()):
        raise Unauthenticated("signature")
    if channel.kind != "email" or shape not in SHAPES:
        raise NotFound("channel")
    if not body:
        raise BadInput("text_empty")
    if shape == "ses":
        posted = await amazon.check(body, outgoing)
        if posted.Type == "SubscriptionConfirmation":
            await amazon.confirm(posted, outgoing)
            return Kept()
    form = MAIL if shape == "raw" else shape
    arrival, fresh = await keep_bytes(database, raws, channel, body, clock.now(), source=shape, shape=form)
    return Kept(arrival.id, fresh)


routes = Router("/api/v1/channels/email", route_handlers=[inbound], tags=["channel: email"])


def _is_signed(body: bytes, secret: str, now: int) -> bool:
    return is_signed_by_mailgun(read_form(body), secret, now)
