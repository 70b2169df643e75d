"""The adapters that are there: every folder under ``adapters``, found by looking."""

import importlib
import pkgutil
import tomllib
from importlib.resources import files

import msgspec

from goodword.channels import store
from goodword.channels.contract import Adapter, Addresses
from goodword.channels.model import Channel, Manifest
from goodword.conversations.model import Letter
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput

ADAPTERS = "goodword.channels.adapters"


class Registry:
    """Adapters by kind."""

    def __init__(self, adapters: dict[str, Adapter]) -> None:
        self._adapters = adapters

    @classmethod
    def discover(cls) -> "Registry":
        names = [found.name for found in pkgutil.iter_modules(importlib.import_module(ADAPTERS).__path__)]
        loaded = [importlib.import_module(f"{ADAPTERS}.{name}.adapter").adapter for name in names]
        return cls({adapter.manifest.kind: adapter for adapter in loaded})

    def get(self, kind: str) -> Adapter:
        """``BadInput`` where no adapter speaks it."""
        if kind not in self._adapters:
            raise BadInput("channel_kind")
        return self._adapters[kind]

    def all(self) -> list[Adapter]:
        return [self._adapters[kind] for kind in sorted(self._adapters)]

    def knows(self, kind: str) -> bool:
        return kind in self._adapters

    async def addressed(self, tx: Tx, channel_id: str, letter: Letter) -> Letter:
        """See ``conversations.addressing.Post``."""
        channel = await store.get(tx, channel_id)
        return self.addresses(channel, "letters").addressed(channel, letter)

    def addresses(self, channel: Channel, capability: str) -> Addresses:
        """``BadInput``: whom its replies go to is not for their writer to choose."""
        adapter = self.get(channel.kind)
        if capability not in adapter.manifest.capabilities or not isinstance(adapter, Addresses):
            raise BadInput("letter_not_here")
        return adapter

    def able(self, kind: str, capability: str) -> bool:
        return kind in self._adapters and capability in self._adapters[kind].manifest.capabilities


def load_manifest(package: str) -> Manifest:
    """The ``manifest.toml`` beside the adapter."""
    content = files(package).joinpath("manifest.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(content), Manifest)
