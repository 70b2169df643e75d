"""Every channel that fetches is listened at, by one process among all that work."""

import asyncio
import secrets
from collections.abc import Iterable
from typing import Final

import msgspec
import structlog

from goodword.channels import lease, store
from goodword.channels.model import Channel
from goodword.channels.post_office import Listens, PostOffice
from goodword.channels.registry import Registry
from goodword.channels.secrets import opened_settings
from goodword.platform.bus import Bus
from goodword.platform.clock import SECOND

# Who was killed is replaced within this time.
LEASE: Final = 3 * SECOND
LOOK: Final = 1.0
NAME: Final = "listening"

log = structlog.get_logger(__name__)


class Listening:
    """Begins with each channel, and anew when it is edited; ends with the lease or when it is stopped."""

    def __init__(self, process: str, registry: Registry, post: PostOffice, bus: Bus, key: bytes) -> None:
        self._holder = f"{process[:24]}-{secrets.token_hex(6)}"
        self._registry = registry
        self._post = post
        self._bus = bus
        self._key = key
        self._tasks: dict[str, tuple[Channel, asyncio.Task[None]]] = {}
        self._leading: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._leading = asyncio.create_task(self._lead_forever())

    async def stop(self) -> None:
        """Break off, which loses nothing, and let another process begin at once."""
        if self._leading is None:
            return
        self._leading.cancel()
        await asyncio.gather(self._leading, return_exceptions=True)
        await self._end(list(self._tasks))
        await asyncio.gather(self._post.database.write(lease.let_go, NAME, self._holder), return_exceptions=True)

    async def _lead_forever(self) -> None:
        rung = await self._bus.wait(store.CHANNELS_BELL, -1, 0)
        while True:
            try:
                await self._follow(await self._lead())
            except Exception as error:
                # Whatever it is: mailboxes that nobody listens at look like mailboxes without mail.
                log.warning("listening.cannot_look", error=repr(error))
            rung = await self._bus.wait(store.CHANNELS_BELL, rung, LOOK)

    async def _lead(self) -> bool:
        database, now = self._post.database, self._post.clock.now()
        if not await database.read(lease.is_free, NAME, self._holder, now):
            return False
        return await database.write(lease.take, NAME, self._holder, now, LEASE)

    async def _follow(self, leading: bool) -> None:
        """Listen at those channels that want it, as they are set now, and at no others."""
        channels = await self._post.database.read(store.all_channels) if leading else []
        wanted = {channel.id: channel for channel in channels if self._is_wanted(channel)}
        await self._end([id for id, (channel, _) in self._tasks.items() if wanted.get(id) != channel])
        for id in wanted.keys() - self._tasks.keys():
            self._tasks[id] = wanted[id], asyncio.create_task(self._listen(wanted[id]))

    def _is_wanted(self, channel: Channel) -> bool:
        return not channel.disabled and self._registry.able(channel.kind, "mailbox")

    async def _listen(self, channel: Channel) -> None:
        adapter = self._registry.get(channel.kind)
        assert isinstance(adapter, Listens)
        settings = opened_settings(channel, adapter.manifest, self._key)
        try:
            await adapter.listen(msgspec.structs.replace(channel, settings=settings), self._post)
        except Exception:
            log.exception("listening.broke", channel=channel.id)

    async def _end(self, ids: Iterable[str]) -> None:
        tasks = [self._tasks.pop(id)[1] for id in ids]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
