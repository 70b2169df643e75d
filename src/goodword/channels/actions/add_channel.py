"""A channel is set up."""

import secrets
from collections.abc import Mapping
from typing import Any

from goodword.channels import store
from goodword.channels.events import ChannelAdded
from goodword.channels.model import Channel, Manifest, checked_settings
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append
from goodword.platform.words import clean

LONGEST_NAME = 80


async def add_channel(
    tx: Tx, stamp: Stamp, manifest: Manifest, name: str, settings: Mapping[str, Any], *, key: str | None = None
) -> tuple[Channel, str]:
    """The channel, and the token with which systems post to it: shown now, never again."""
    stamp.need("channels.manage")
    token = ids.secret("gwc")
    channel = Channel(
        id=ids.new("chn", stamp.at),
        kind=manifest.kind,
        name=checked_name(name),
        key=key or secrets.token_urlsafe(12),
        settings=checked_settings(manifest, settings),
        token_hash=ids.fingerprint(token),
        created_at=stamp.at,
    )
    await store.insert(tx, channel)
    await append(tx, channel.id, ChannelAdded(channel=channel.ref), stamp)
    return channel, token


def checked_name(name: str) -> str:
    name = " ".join(clean(name).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput("name", limit=LONGEST_NAME)
    return name
