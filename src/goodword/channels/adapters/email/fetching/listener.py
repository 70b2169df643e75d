"""A mailbox that is listened at, for as long as it is switched on."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from goodword.channels.adapters.email.fetching import store
from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble, Way, way_of
from goodword.channels.adapters.email.fetching.cursor import pause_after
from goodword.channels.adapters.email.fetching.folder import Folder
from goodword.channels.adapters.email.fetching.session import MissingFolder, Session, opened
from goodword.channels.adapters.email.oauth import tokens
from goodword.channels.health import note_health
from goodword.channels.model import Channel
from goodword.channels.post_office import PostOffice
from goodword.platform.db import Tx
from goodword.platform.errors import GoodwordError, Unavailable

# The server tells at once where it can; who looks anyway each minute also finds what it forgot to tell, and no router
# on the way takes the line for dead.
LOOK_ANYWAY: Final = 60.0
STEADY: Final = 60.0

log = structlog.get_logger(__name__)


async def listen(channel: Channel, post: PostOffice) -> None:
    """See ``Listens``."""
    settings = channel.settings
    if settings.get("inbound") != "imap" or not settings.get("imap_host"):
        return

    async def find_way() -> Way:
        token = await tokens.token(channel, post.outgoing, post.clock.now())
        if (renewed := tokens.to_keep(channel)) and post.keep_secrets:
            await post.keep_secrets(channel.id, renewed)
        return way_of(settings, token)

    await Listener(channel, post, find_way).listen()


class Listener:
    """``find_way``: how the mailbox is reached, asked before each connection since tokens grow old."""

    def __init__(self, channel: Channel, post: PostOffice, find_way: Callable[[], Awaitable[Way]]) -> None:
        self._channel = channel
        self._post = post
        self._find_way = find_way
        self._folders: list[Folder] = []
        self._steady_since: float | None = None

    async def listen(self) -> None:
        """Until cancelled."""
        failures = 0
        while True:
            self._steady_since = None
            try:
                await self._attend()
            except Exception as error:
                # Whatever it is: a mailbox that nobody listens at looks like one without mail.
                reason, detail = _told(error)
                if reason == "oauth":
                    tokens.forget(self._channel.id)
                lasted = 0.0 if self._steady_since is None else time.monotonic() - self._steady_since
                failures = 0 if lasted >= STEADY else failures + 1
                log.warning("email.line_lost", channel=self._channel.id, reason=reason, error=repr(error))
                if failures:
                    await self._note_trouble(reason, detail)
                await asyncio.sleep(pause_after(failures, reason, random.random()))

    async def _attend(self) -> None:
        way = await self._find_way()
        self.know(way)
        async with opened(way) as session:
            while True:
                await self.catch_up(session)
                self._steady_since = self._steady_since or time.monotonic()
                await session.news(LOOK_ANYWAY)

    def know(self, way: Way) -> None:
        """Which folders there are to look into; what was learned of them stays."""
        names = dict.fromkeys(self._channel.settings.get("folders") or ["INBOX"])
        self._folders = self._folders or [Folder(self._channel, self._post, name, way.account) for name in names]

    async def catch_up(self, session: Session) -> None:
        """Look into every folder; into the first one last, because there news is waited for, until it is still."""
        troubles = []
        for folder in reversed(self._folders):
            try:
                while await folder.catch_up(session):
                    continue
            except MissingFolder as missing:
                troubles.append(missing.detail)
            troubles += [folder.untidy] if folder.untidy else []
        await self._post.database.write(self._note_round, troubles)

    async def _note_round(self, tx: Tx, troubles: list[str]) -> None:
        now, left = self._post.clock.now(), 0
        for folder in self._folders:
            left += await store.count_holes(tx, self._channel.id, folder.name)
        await note_health(tx, self._channel.id, "in", now, backlog=0, left_behind=left)
        if troubles:
            await note_health(tx, self._channel.id, "in", now, reason="folder", detail="; ".join(troubles))

    async def _note_trouble(self, reason: str, detail: str) -> None:
        try:
            now = self._post.clock.now()
            await self._post.database.write(note_health, self._channel.id, "in", now, reason=reason, detail=detail)
        except GoodwordError as error:
            log.warning("email.cannot_note", channel=self._channel.id, error=repr(error))


def _told(error: Exception) -> tuple[str, str]:
    """A word of the catalogue, and what was said."""
    if isinstance(error, MailboxTrouble):
        return error.reason, error.detail
    if isinstance(error, Unavailable):
        return ("disk" if error.reason == "disk" else "unknown"), str(error.facts.get("detail", ""))
    return "unknown", type(error).__name__
