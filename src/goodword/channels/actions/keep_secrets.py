"""A secret of a channel has changed by itself, as those do that the other side renews."""

from collections.abc import Mapping

import msgspec

from goodword.channels import store
from goodword.channels.model import Manifest
from goodword.channels.secrets import sealed_settings
from goodword.platform.db import Tx


async def keep_secrets(tx: Tx, channel_id: str, manifest: Manifest, secrets: Mapping[str, str], key: bytes) -> None:
    """Nobody edited the channel, so the log says nothing."""
    await tx.lock(channel_id)
    channel = await store.get(tx, channel_id)
    settings = {**channel.settings, **sealed_settings(manifest, secrets, key)}
    await store.update(tx, msgspec.structs.replace(channel, settings=settings))
