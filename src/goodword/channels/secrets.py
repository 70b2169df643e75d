"""Settings that nobody is to read again: sealed where they come in, opened only for the adapter that needs them.

Between the two they are ``{"sealed": …}``. An action takes no other form, so that a password can't be stored in the
clear by mistake; facts and views only ever say whether there is one.
"""

from collections.abc import Mapping
from typing import Any

import structlog

from goodword.channels.model import SEALED, Channel, Manifest, Setting
from goodword.platform.errors import BadInput, Broken
from goodword.platform.sealing import seal, unseal

log = structlog.get_logger(__name__)


def sealed_settings(manifest: Manifest, given: Mapping[str, Any], key: bytes) -> dict[str, Any]:
    """``given`` by a person, with what is secret sealed under the desk's ``key``.

    An empty one is forgotten. None or a boolean, which is how views show it, leaves the one that is there.
    """
    secret = _secrets(manifest)
    kept = {name: value for name, value in given.items() if name not in secret or _is_new(value)}
    wrong = {name: trouble for name in secret & kept.keys() if (trouble := _trouble(secret[name], kept[name]))}
    if wrong:
        raise BadInput("settings", fields=wrong)
    sealed = {name: _sealed(manifest, name, kept[name], key) for name in secret & kept.keys()}
    return {**kept, **sealed}


def laid_over(manifest: Manifest, before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """``before`` with what is ``given``, sealed. A secret is not sent to a place for which nobody has given it."""
    moved = {name for name, value in given.items() if before.get(name) and value != before[name]}
    astray = [
        setting.key for setting in manifest.settings if setting.key not in given and moved.intersection(setting.goes_to)
    ]
    return {**before, **given, **dict.fromkeys(astray, "")}


def shown_settings(manifest: Manifest, settings: Mapping[str, Any]) -> dict[str, Any]:
    """For eyes and for the log: of a secret, whether there is one."""
    secret = _secrets(manifest)
    return {name: bool(value) if name in secret else value for name, value in settings.items()}


def opened_settings(channel: Channel, manifest: Manifest, key: bytes) -> dict[str, Any]:
    """In the clear. A secret that another desk's key has sealed is as good as none, and reads as empty."""
    secret = _secrets(manifest)
    return {
        name: _opened(channel, name, value, key) if name in secret else value
        for name, value in channel.settings.items()
    }


def _secrets(manifest: Manifest) -> dict[str, Setting]:
    return {setting.key: setting for setting in manifest.settings if setting.type == "secret"}


def _is_new(value: Any) -> bool:
    return value is not None and not isinstance(value, bool)


def _trouble(setting: Setting, value: Any) -> str:
    if not isinstance(value, str):
        return "type"
    return "too_long" if len(value) > setting.longest else ""


def _sealed(manifest: Manifest, name: str, value: str, key: bytes) -> Any:
    return {SEALED: seal(key, _about(manifest.kind, name), value)} if value else ""


def _opened(channel: Channel, name: str, value: Any, key: bytes) -> str:
    if not isinstance(value, dict):
        return ""
    try:
        return unseal(key, _about(channel.kind, name), value[SEALED])
    except Broken:
        log.warning("channels.sealed_with_another_key", channel=channel.id, setting=name)
        return ""


def _about(kind: str, name: str) -> str:
    return f"channel.{kind}.{name}"
