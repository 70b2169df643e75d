"""The administrators' door to channels."""

from typing import Any

import msgspec
from litestar import Router, get, patch, post

from goodword.channels import store
from goodword.channels.actions.add_channel import add_channel
from goodword.channels.actions.edit_channel import edit_channel, renew_token
from goodword.channels.health import Health, health_of, health_of_all
from goodword.channels.model import Channel, Manifest, Setting, signing_secret
from goodword.channels.registry import Registry
from goodword.channels.secrets import sealed_settings, shown_settings
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp
from goodword.platform.i18n import has_text, text
from goodword.platform.settings import Settings
from goodword.staff import Caller


class ChannelView(msgspec.Struct):
    """``secret`` signs identities and webhooks; only who may manage channels is shown it. Of those of its
    ``settings`` that are secret nobody is shown more than whether there is one.

    ``script``: the address of the widget, where pages show one. ``capabilities``: those of its kind.
    """

    id: str
    kind: str
    name: str
    key: str
    settings: dict[str, Any]
    disabled: bool
    secret: str | None = None
    token: str | None = None
    script: str | None = None
    capabilities: list[str] = []


class NewChannel(msgspec.Struct):
    kind: str
    name: str
    settings: dict[str, Any] = {}


class ChannelChanges(msgspec.Struct):
    name: str | None = None
    settings: dict[str, Any] | None = None
    disabled: bool | None = None


@get("/channels")
async def list_channels(
    caller: Caller, database: Database, secret_key: bytes, registry: Registry, settings: Settings
) -> dict[str, list[ChannelView]]:
    """All channels; the secret only for who may manage them."""
    caller.need("conversations.read")
    shown_key = secret_key if "channels.manage" in caller.rights else None
    script = f"{settings.widget_path or '/widget'}.js"
    shown = [_view(channel, registry, shown_key) for channel in await database.read(store.all_channels)]
    for view in shown:
        view.script = script if registry.able(view.kind, "live") else None
    return {"channels": shown}


@get("/channels/kinds")
async def list_kinds(caller: Caller, registry: Registry, language: str) -> dict[str, list[dict[str, Any]]]:
    """What can be set up, and the form for it."""
    caller.need("channels.manage")
    return {"kinds": [_kind(adapter.manifest, language) for adapter in registry.all()]}


@post("/channels")
async def add(
    data: NewChannel, caller: Caller, database: Database, clock: Clock, registry: Registry, secret_key: bytes
) -> ChannelView:
    """``token`` is shown this once."""
    manifest = registry.get(data.kind).manifest
    stamp = caller.stamp(clock.now())
    settings = sealed_settings(manifest, data.settings, secret_key)
    channel, token = await database.write(add_channel, stamp, manifest, data.name, settings)
    return msgspec.structs.replace(_view(channel, registry, secret_key), token=token)


@patch("/channels/{id:str}")
async def edit(
    id: str,
    data: ChannelChanges,
    caller: Caller,
    database: Database,
    clock: Clock,
    registry: Registry,
    secret_key: bytes,
) -> ChannelView:
    """Another name, other settings, switched off or on. A secret that isn't given stays."""
    changed = await database.write(_edit, caller.stamp(clock.now()), id, data, registry, secret_key)
    return _view(changed, registry, secret_key)


@post("/channels/{id:str}/token")
async def renew(id: str, caller: Caller, database: Database, clock: Clock) -> dict[str, str]:
    """A new token, shown this once; the old one opens nothing any more."""
    return {"token": await database.write(renew_token, caller.stamp(clock.now()), id)}


@get("/channels/health")
async def read_all_health(caller: Caller, database: Database, clock: Clock) -> dict[str, dict[str, Health]]:
    """How every channel fares, by its id."""
    caller.need("channels.manage")
    return {"channels": await database.read(health_of_all, clock.now())}


@get("/channels/{id:str}/health")
async def read_health(id: str, caller: Caller, database: Database, clock: Clock) -> Health:
    """When something last came in and went out, what stands in the way, and how much waits, failed or is held."""
    caller.need("channels.manage")
    return await database.read(health_of, id, clock.now())


routes = Router(
    "/api/v1",
    route_handlers=[list_channels, list_kinds, add, edit, renew, read_all_health, read_health],
    tags=["channels"],
)


async def _edit(tx: Tx, stamp: Stamp, id: str, changes: ChannelChanges, registry: Registry, key: bytes) -> Channel:
    stamp.need("channels.manage")
    manifest = registry.get((await store.get(tx, id)).kind).manifest
    settings = sealed_settings(manifest, changes.settings or {}, key)
    return await edit_channel(tx, stamp, manifest, id, name=changes.name, settings=settings, disabled=changes.disabled)


def _view(channel: Channel, registry: Registry, key: bytes | None) -> ChannelView:
    manifest = registry.get(channel.kind).manifest if registry.knows(channel.kind) else None
    return ChannelView(
        id=channel.id,
        kind=channel.kind,
        name=channel.name,
        key=channel.key,
        settings=shown_settings(manifest, channel.settings) if manifest else {},
        disabled=channel.disabled,
        secret=signing_secret(key, channel.id) if key else None,
        capabilities=sorted(manifest.capabilities) if manifest else [],
    )


def _kind(manifest: Manifest, language: str) -> dict[str, Any]:
    return {
        "kind": manifest.kind,
        "name": _label(manifest, "name", manifest.name, language),
        "capabilities": sorted(manifest.capabilities),
        "settings_schema": [_field(manifest, setting, language) for setting in manifest.settings],
    }


def _field(manifest: Manifest, setting: Setting, language: str) -> dict[str, Any]:
    label = _label(manifest, setting.key, setting.key, language)
    return {
        "key": setting.key,
        "type": setting.type,
        "default": setting.default,
        "required": setting.required,
        "label": label,
        "options": [
            {"value": option, "label": _label(manifest, f"{setting.key}.{option}", option, language)}
            for option in setting.options
        ],
    }


def _label(manifest: Manifest, key: str, fallback: str, language: str) -> str:
    name = f"channel.{manifest.kind}.{key}"
    return text(language, name) if has_text(name) else fallback
