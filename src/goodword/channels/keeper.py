"""Stores what the other side has renewed, for who holds neither the desk's key nor the manifest."""

from collections.abc import Mapping
from dataclasses import dataclass

from goodword.channels import store
from goodword.channels.actions.keep_secrets import keep_secrets
from goodword.channels.registry import Registry
from goodword.platform.db import Database, Tx


@dataclass(frozen=True)
class Keeper:
    """``await keeper(channel_id, {"oauth_refresh_token": …})``."""

    database: Database
    registry: Registry
    key: bytes

    async def __call__(self, channel_id: str, secrets: Mapping[str, str]) -> None:
        await self.database.write(self._keep, channel_id, secrets)

    async def _keep(self, tx: Tx, channel_id: str, secrets: Mapping[str, str]) -> None:
        kind = (await store.get(tx, channel_id)).kind
        await keep_secrets(tx, channel_id, self.registry.get(kind).manifest, secrets, self.key)
