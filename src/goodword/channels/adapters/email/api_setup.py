"""Setting up a mailbox: its servers are found and tried, and leave to use it is asked for."""

import secrets as random
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import Parameter, QueryParameter

from goodword.channels import store
from goodword.channels.actions.edit_channel import edit_channel
from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble
from goodword.channels.adapters.email.oauth import PROVIDERS, REFRESH_TOKEN, consent_address, refresh_token, tokens
from goodword.channels.adapters.email.setup import Found, Tried, find, try_both
from goodword.channels.model import Channel, Manifest, checked_settings
from goodword.channels.registry import Registry
from goodword.channels.secrets import laid_over, opened_settings, sealed_settings
from goodword.platform.clock import MINUTE, Clock
from goodword.platform.db import Database
from goodword.platform.errors import BadInput, Broken, NotFound
from goodword.platform.http import Outgoing
from goodword.platform.i18n import has_text, text
from goodword.platform.sealing import seal, unseal
from goodword.platform.settings import Settings
from goodword.staff import Caller

KIND = "email"
ABOUT = "mailbox sign-in"
BACK = "/api/v1/channels/email/signed-in"
HOME = "/workspace/settings/channels"
LONGEST_ERRAND = 15 * MINUTE

Short = Annotated[str, Parameter(max_length=4_000)]
# ``state`` by itself is a word of the framework's.
Given = Annotated[str, QueryParameter(name="state", max_length=8_000)]


class Asked(msgspec.Struct):
    address: Annotated[str, msgspec.Meta(max_length=254)]


class Attempt(msgspec.Struct):
    """``channel_id``: whose secrets stand in for those that aren't given."""

    settings: dict[str, Any]
    channel_id: str | None = None


class Errand(msgspec.Struct):
    """Somebody on his way to the provider; sealed into what the provider hands back."""

    channel_id: str
    provider: str
    agent_id: str | None
    verifier: str
    redirect: str
    until: int


@post("/find", status_code=200)
async def find_servers(data: Asked, caller: Caller, outgoing: Outgoing, language: str) -> Found:
    """The servers of an address. ``note`` is a sentence; ``guess``: nobody has said so, it is only usual."""
    caller.need("channels.manage")
    found = await find(data.address, outgoing)
    key = f"mail.note.{found.note}"
    return msgspec.structs.replace(found, note=text(language, key) if found.note and has_text(key) else "")


@post("/try", status_code=200)
async def try_mailbox(
    data: Attempt,
    caller: Caller,
    database: Database,
    registry: Registry,
    secret_key: bytes,
    outgoing: Outgoing,
    clock: Clock,
) -> Tried:
    """Signs in both ways, looks at the folders, and asks whether mail may be sent. Nothing is sent or kept."""
    caller.need("channels.manage")
    manifest = registry.get(KIND).manifest
    channel = await _channel(database, data.channel_id) if data.channel_id else _draft()
    channel = _laid_over(channel, manifest, data.settings, secret_key)
    try:
        token: str | MailboxTrouble = await tokens.token(channel, outgoing, clock.now())
    except MailboxTrouble as trouble:
        token = trouble
    return await try_both(channel.settings, token)


@get("/{id:str}/sign-in")
async def begin_sign_in(
    request: Request[Any, Any, Any],
    id: str,
    caller: Caller,
    database: Database,
    secret_key: bytes,
    clock: Clock,
    settings: Settings,
) -> dict[str, str]:
    """The provider's page on which the owner of the mailbox agrees; it must know ``redirect`` as an address of ours."""
    caller.need("channels.manage")
    channel = await _channel(database, id)
    name = str(channel.settings.get("sign_in"))
    provider = PROVIDERS.get(name)
    if provider is None:
        raise BadInput("settings", fields={"sign_in": "missing"})
    if not channel.settings.get("oauth_client_id"):
        raise BadInput("settings", fields={"oauth_client_id": "missing"})
    redirect = f"{(settings.public_url or str(request.base_url)).rstrip('/')}{BACK}"
    errand = Errand(
        id, name, caller.stamp(0).actor.id, random.token_urlsafe(48), redirect, clock.now() + LONGEST_ERRAND
    )
    state = seal(secret_key, ABOUT, msgspec.json.encode(errand).decode())
    address = consent_address(provider, channel.settings, redirect=redirect, state=state, verifier=errand.verifier)
    return {"url": address, "redirect": redirect}


@get("/signed-in")
async def end_sign_in(
    caller: Caller,
    database: Database,
    registry: Registry,
    secret_key: bytes,
    clock: Clock,
    outgoing: Outgoing,
    given: Given = "",
    code: Short = "",
    error: Short = "",
) -> Response[None]:
    """Back from the provider; on to the mailbox, which says how it went."""
    caller.need("channels.manage")
    errand = _errand(secret_key, given)
    if errand is None or errand.until < clock.now() or errand.agent_id != caller.stamp(0).actor.id:
        return _home("trouble=errand")
    if error or not code:
        return _home(f"mailbox={errand.channel_id}&trouble=refused")
    manifest = registry.get(KIND).manifest
    channel = await _channel(database, errand.channel_id)
    opened = opened_settings(channel, manifest, secret_key)
    try:
        refresh = await refresh_token(
            outgoing, PROVIDERS[errand.provider], opened, code=code, redirect=errand.redirect, verifier=errand.verifier
        )
    except MailboxTrouble as trouble:
        return _home(f"mailbox={channel.id}&trouble={trouble.reason}")
    kept = sealed_settings(manifest, {REFRESH_TOKEN: refresh, "sign_in": errand.provider}, secret_key)
    await database.write(edit_channel, caller.stamp(clock.now()), manifest, channel.id, settings=kept)
    return _home(f"mailbox={channel.id}&signed_in={errand.provider}")


routes = Router(
    "/api/v1/channels/email",
    route_handlers=[find_servers, try_mailbox, begin_sign_in, end_sign_in],
    tags=["channel: email"],
)


async def _channel(database: Database, id: str) -> Channel:
    channel = await database.read(store.get, id)
    if channel.kind != KIND:
        raise NotFound("channel")
    return channel


def _draft() -> Channel:
    return Channel("", KIND, "", "", {}, "", 0)


def _laid_over(channel: Channel, manifest: Manifest, given: dict[str, Any], key: bytes) -> Channel:
    """As it would be if this were saved, with its secrets in the clear."""
    checked = checked_settings(manifest, laid_over(manifest, channel.settings, sealed_settings(manifest, given, key)))
    channel = msgspec.structs.replace(channel, settings=checked)
    return msgspec.structs.replace(channel, settings=opened_settings(channel, manifest, key))


def _errand(key: bytes, given: str) -> Errand | None:
    try:
        return msgspec.json.decode(unseal(key, ABOUT, given), type=Errand)
    except (Broken, msgspec.MsgspecError):
        return None


def _home(said: str) -> Response[None]:
    return Response(None, status_code=303, headers={"Location": f"{HOME}?{said}", "Cache-Control": "no-store"})
