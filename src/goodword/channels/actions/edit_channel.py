"""A channel's name, settings or switch are changed, or its token renewed."""

from collections.abc import Mapping
from typing import Any

import msgspec

from goodword.channels import store
from goodword.channels.actions.add_channel import checked_name
from goodword.channels.events import ChannelEdited, ChannelTokenRenewed
from goodword.channels.model import Channel, Manifest, checked_settings
from goodword.channels.secrets import laid_over, shown_settings
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def edit_channel(
    tx: Tx,
    stamp: Stamp,
    manifest: Manifest,
    channel_id: str,
    *,
    name: str | None = None,
    settings: Mapping[str, Any] | None = None,
    disabled: bool | None = None,
) -> Channel:
    """What is None stays; ``settings`` are laid over those that are there, secrets sealed (``sealed_settings``)."""
    stamp.need("channels.manage")
    await tx.lock(channel_id)
    channel = await store.get(tx, channel_id)
    channel = msgspec.structs.replace(
        channel,
        name=channel.name if name is None else checked_name(name),
        settings=checked_settings(manifest, laid_over(manifest, channel.settings, settings or {})),
        disabled=channel.disabled if disabled is None else disabled,
    )
    await store.update(tx, channel)
    shown = shown_settings(manifest, channel.settings)
    fact = ChannelEdited(channel=channel.ref, settings=shown, disabled=channel.disabled)
    await append(tx, channel.id, fact, stamp)
    return channel


async def renew_token(tx: Tx, stamp: Stamp, channel_id: str) -> str:
    """A new token; the old one opens nothing any more."""
    stamp.need("channels.manage")
    channel = await store.get(tx, channel_id)
    token = ids.secret("gwc")
    await store.update(tx, msgspec.structs.replace(channel, token_hash=ids.fingerprint(token)))
    await append(tx, channel.id, ChannelTokenRenewed(channel=channel.ref), stamp)
    return token
