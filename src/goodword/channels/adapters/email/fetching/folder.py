"""One folder of a mailbox: everything new in it is kept, in order, and nothing stands in the way of the rest."""

import asyncio
from typing import Final

import msgspec
import structlog

from goodword.channels.adapters.email.fetching import store
from goodword.channels.adapters.email.fetching.asking import Asking
from goodword.channels.adapters.email.fetching.cursor import (
    FIRST_WINDOW,
    LARGEST_BATCH,
    Cursor,
    Stretch,
    adopt,
    batches,
    begun,
    is_renumbered,
    moved,
    stretches,
    window_after,
)
from goodword.channels.adapters.email.fetching.session import LARGEST_MAIL, Refused, Session, Sight
from goodword.channels.arrivals import keep_arrival
from goodword.channels.arrivals.actions.settle import quarantine
from goodword.channels.arrivals.model import MAIL
from goodword.channels.health import note_health
from goodword.channels.model import Channel
from goodword.channels.post_office import PostOffice
from goodword.platform.clock import HOUR
from goodword.platform.db import Tx
from goodword.platform.events import Actor, Stamp

# The head of a mail that is too large to be fetched.
HEAD: Final = "text/rfc822-headers"

log = structlog.get_logger(__name__)


class Kept(msgspec.Struct, frozen=True):
    """A mail whose bytes are on our disk; ``shape`` says whether they are all of it."""

    uid: int
    digest: str
    size: int
    shape: str = MAIL
    trouble: str = ""


class Folder:
    """Lives as long as its mailbox is listened at, over many sessions. ``untidy``: what couldn't be put away."""

    def __init__(self, channel: Channel, post: PostOffice, name: str, account: str) -> None:
        self._channel = channel
        self._post = post
        self._account = account
        self.name = name
        self._mark_read = bool(channel.settings.get("mark_read"))
        self._move_to = str(channel.settings.get("move_to") or "")
        self._asking = Asking()
        self.untidy = ""

    async def catch_up(self, session: Session) -> int:
        """Fetch what is new; how many that were. ``MailboxTrouble``: the line broke, what was kept is kept."""
        self.untidy = ""
        cursor = await self._place()
        server = await session.look_at(self.name, writing=self._mark_read or bool(self._move_to))
        if is_renumbered(cursor, server):
            cursor = adopt(cursor, server)
            self._asking = Asking()
            await self._post.database.write(store.replace, self._channel.id, self.name, cursor)
        done = 0
        for stretch in stretches(cursor, server):
            done += await self._fetch(session, cursor, stretch, await _there(session, stretch))
        await self._note_caught_up(cursor, server.highest)
        return done + await self._ask_again(session, cursor)

    async def _place(self) -> Cursor:
        cursor = await self._post.database.read(store.find, self._channel.id, self.name)
        if cursor and cursor.account == self._account:
            return cursor
        return await self._post.database.write(self._begin, self._post.clock.now())

    async def _begin(self, tx: Tx, now: int) -> Cursor:
        channel = self._channel
        old = await store.find(tx, channel.id, self.name)
        if old:
            cursor = moved(old, self._account)
            await store.replace(tx, channel.id, self.name, cursor)
            return cursor
        # What came between the setting-up and the first look counts; a folder that is named later begins then.
        since = now if await store.is_known(tx, channel.id) else channel.created_at
        cursor = begun(self._account, since, float(channel.settings.get("import_days") or 0))
        await store.begin(tx, channel.id, self.name, cursor)
        return cursor

    async def _fetch(self, session: Session, cursor: Cursor, stretch: Stretch, uids: list[int]) -> int:
        done = 0
        while uids:
            chunk = uids[: self._asking.at_once]
            uids = uids[len(chunk) :]
            found = await self._asking.sights(session, chunk)
            sights = {sight.uid: sight for sight in found if _counts(sight, stretch.floor)}
            for batch in batches([(uid, sight.size) for uid, sight in sights.items()], self._asking.alone):
                kept, left = await self._keep(session, [sights[uid] for uid in batch])
                backlog = len(uids) + sum(uid > batch[-1] for uid in sights)
                await self._post.database.write(self._record, cursor, kept, left, batch[-1], backlog)
                await self._tidy(session, [one.uid for one in kept])
                done += len(kept)
        return done

    async def _keep(self, session: Session, batch: list[Sight]) -> tuple[list[Kept], dict[int, str]]:
        """The mails on our disk, and why others aren't."""
        if len(batch) == 1 and batch[0].size > LARGEST_BATCH:
            return await self._keep_large(session, batch[0])
        raws, left = await self._asking.raws(session, [sight.uid for sight in batch])
        digests = await asyncio.gather(*(self._post.raws.put(raw) for raw in raws.values()))
        return [Kept(uid, digest, len(raws[uid])) for uid, digest in zip(raws, digests, strict=True)], left

    async def _keep_large(self, session: Session, sight: Sight) -> tuple[list[Kept], dict[int, str]]:
        uid, shape, trouble = sight.uid, MAIL, ""
        raw, left = (None, {}) if sight.size > LARGEST_MAIL else await self._asking.large(session, uid)
        if raw is None:
            shape, trouble = HEAD, f"{self.name}: {sight.size} bytes"
            raw, left = await self._asking.head(session, uid)
        return [Kept(uid, await self._post.raws.put(raw), len(raw), shape, trouble)] if raw else [], left

    async def _record(
        self, tx: Tx, cursor: Cursor, kept: list[Kept], left: dict[int, str], last_uid: int, backlog: int
    ) -> None:
        """What is on our disk is ours, and the place moves on: both or neither."""
        now = self._post.clock.now()
        stamp = Stamp(now, Actor("system", self._channel.id, self._channel.name))
        for one in kept:
            await self._hand_in(tx, stamp, one)
        for uid, why in left.items():
            await store.leave_behind(tx, self._channel.id, self.name, uid, now, why)
        await store.advance(tx, self._channel.id, self.name, cursor, last_uid)
        await note_health(tx, self._channel.id, "in", now, backlog=backlog)

    async def _hand_in(self, tx: Tx, stamp: Stamp, one: Kept) -> None:
        source = f"imap:{self.name}:{one.uid}"
        arrival, fresh = await keep_arrival(tx, stamp, self._channel, one.digest, one.size, source, one.shape)
        if fresh and one.trouble:
            await quarantine(tx, stamp, arrival, "too_large", one.trouble)

    async def _note_caught_up(self, cursor: Cursor, last_uid: int) -> None:
        now = self._post.clock.now()
        if cursor.last_uid >= last_uid and cursor.caught_up_at and now - cursor.caught_up_at < HOUR:
            return

        async def deed(tx: Tx) -> None:
            await store.advance(tx, self._channel.id, self.name, cursor, last_uid)
            await store.note_caught_up(tx, self._channel.id, self.name, cursor, now)

        await self._post.database.write(deed)

    async def _ask_again(self, session: Session, cursor: Cursor) -> int:
        """What the server wouldn't hand over earlier; how many it does now."""
        database, place = self._post.database, (self._channel.id, self.name)
        done = 0
        for uid in await database.read(store.due_holes, *place, self._post.clock.now()):
            await database.write(store.try_hole, *place, uid, self._post.clock.now())
            self._asking.forget(uid)
            [sight] = await self._asking.sights(session, [uid])
            kept, left = await self._keep(session, [sight])
            if not left:
                await database.write(self._close_hole, kept, uid)
                done += len(kept)
        return done

    async def _close_hole(self, tx: Tx, kept: list[Kept], uid: int) -> None:
        stamp = Stamp(self._post.clock.now(), Actor("system", self._channel.id, self._channel.name))
        for one in kept:
            await self._hand_in(tx, stamp, one)
        await store.close_hole(tx, self._channel.id, self.name, uid)

    async def _tidy(self, session: Session, uids: list[int]) -> None:
        """As the settings want it, once they are ours. That it can't be done is shown, and stops nothing."""
        try:
            if uids and self._mark_read:
                await session.mark_seen(uids)
            if uids and self._move_to and self._move_to != self.name:
                await session.move(uids, self._move_to)
        except Refused as no:
            self.untidy = f"{self.name}: {no}"
            log.warning("email.cannot_tidy", channel=self._channel.id, folder=self.name, error=str(no))


async def _there(session: Session, stretch: Stretch) -> list[int]:
    uids: list[int] = []
    first, size = stretch.first, FIRST_WINDOW
    while first <= stretch.last:
        last = min(first + size - 1, stretch.last)
        found = await session.uids(first, last, stretch.floor)
        uids += found
        first, size = last + 1, window_after(size, len(found))
    return uids


def _counts(sight: Sight, floor: int | None) -> bool:
    return floor is None or sight.got_at is None or sight.got_at >= floor
