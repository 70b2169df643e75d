"""What a channel is, and what an adapter says of itself."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from goodword.channels.structured import SHAPES, trouble_in
from goodword.conversations.model import ChannelRef
from goodword.platform.errors import BadInput

PLAIN: dict[str, type] = {"boolean": bool, "number": int}
MOST_ITEMS = 100
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
# How a secret lies in ``Channel.settings``: ``{"sealed": …}`` (``secrets.py``).
SEALED = "sealed"


class Setting(msgspec.Struct, frozen=True):
    """One field of a channel's settings form. Its label is ``channel.<kind>.<key>`` in the catalogue.

    A ``choice`` is one of the ``options``, labelled ``channel.<kind>.<key>.<option>``. ``goes_to``: the settings that
    name to whom a secret is shown; where one of them changes it must be given anew.
    """

    key: str
    type: Literal[
        "text",
        "url",
        "color",
        "boolean",
        "number",
        "list",
        "translated",
        "languages",
        "questions",
        "greetings",
        "secret",
        "choice",
    ]
    default: Any = ""
    required: bool = False
    longest: int = 500
    options: tuple[str, ...] = ()
    goes_to: tuple[str, ...] = ()


class Limits(msgspec.Struct, frozen=True):
    """``text`` in characters, ``file_bytes`` in bytes.

    ``reply_window`` in hours, None when replies may be sent at any time; ``patience`` in hours: for so long a reply is
    tried again before it has failed.
    """

    text: int
    files_per_message: int
    file_bytes: int | None = None
    reply_window: int | None = None
    patience: int = 24


class Manifest(msgspec.Struct, frozen=True):
    """An adapter's ``manifest.toml``.

    Capabilities: ``pull`` (the customer's side fetches replies itself), ``push`` (replies are sent to it), ``live``
    (typing and read marks), ``files``, ``identity`` (the host signs who the customer is), ``idempotent`` (an inbound
    message carries its own key), ``letters`` (replies have recipients and a subject), ``writes_first`` (we may write to
    somebody who has not written to us).
    """

    kind: str
    name: str
    capabilities: frozenset[str]
    limits: Limits
    settings: tuple[Setting, ...] = ()


class Channel(msgspec.Struct, frozen=True):
    """A configured connection.

    ``key`` is public; ``token_hash`` fingerprints the secret with which systems post to it.
    """

    id: str
    kind: str
    name: str
    key: str
    settings: dict[str, Any]
    token_hash: str
    created_at: int
    disabled: bool = False

    @property
    def ref(self) -> ChannelRef:
        return ChannelRef(self.id, self.kind, self.name)


def signing_secret(key: bytes, channel_id: str) -> str:
    """The secret that the channel shares with the other side.

    For signed identities and signed webhooks. Never stored.
    """
    return hmac.new(key, f"channel:{channel_id}".encode(), hashlib.sha256).hexdigest()


def checked_settings(manifest: Manifest, given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings in full. ``BadInput`` with ``fields``: unknown, missing, or of the wrong type."""
    known = {setting.key: setting for setting in manifest.settings}
    wrong = {key: "unknown" for key in given if key not in known}
    values = {setting.key: given.get(setting.key, setting.default) for setting in manifest.settings}
    for key, value in values.items():
        if trouble := _trouble(known[key], value):
            wrong[key] = trouble
    if wrong:
        raise BadInput("settings", fields=wrong)
    return values


def _trouble(setting: Setting, value: Any) -> str:
    if setting.type == "choice":
        return "" if value in setting.options else "unknown"
    if value in ("", None, []):
        return "missing" if setting.required else ""
    if setting.type in PLAIN:
        return "" if isinstance(value, PLAIN[setting.type]) else "type"
    if setting.type == "list":
        return _trouble_in_list(setting, value)
    if setting.type in SHAPES:
        return trouble_in(setting.type, value, setting.longest)
    if setting.type == "secret":
        return "" if _is_sealed(value) else "type"
    if not isinstance(value, str):
        return "type"
    if len(value) > setting.longest:
        return "too_long"
    if setting.type == "url" and not _is_address(value):
        return "url"
    if setting.type == "color" and not COLOR.fullmatch(value):
        return "color"
    return ""


def _is_sealed(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {SEALED} and isinstance(value[SEALED], str)


def _trouble_in_list(setting: Setting, value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return "type"
    return "too_long" if len(value) > MOST_ITEMS or any(len(item) > setting.longest for item in value) else ""


def _is_address(value: str) -> bool:
    try:
        return urlsplit(value).scheme in ("http", "https")
    except ValueError:
        return False
