"""The job that makes of an arrival what it is: a message, something to keep aside, or a case for a person."""

import asyncio
from contextlib import suppress
from typing import Final

import structlog

from goodword.channels import store as channels
from goodword.channels.arrivals import store
from goodword.channels.arrivals.actions.settle import quarantine, settle
from goodword.channels.arrivals.files import keep_files
from goodword.channels.arrivals.forgetting import have_it_forgotten
from goodword.channels.arrivals.model import Arrival
from goodword.channels.arrivals.queue import READ, have_it_read
from goodword.channels.arrivals.spool import RawStore
from goodword.channels.contract import Reads, Taken, Unreadable
from goodword.channels.model import Channel, signing_secret
from goodword.channels.registry import Registry
from goodword.conversations import letters
from goodword.conversations.model import Attachment, Handler
from goodword.platform.clock import MINUTE, SECOND
from goodword.platform.db import Tx
from goodword.platform.errors import Broken, Conflict, GoodwordError
from goodword.platform.events import Actor, Stamp
from goodword.platform.files import FileStore, StoredFile, record
from goodword.platform.jobs import LostLease, Run

__all__ = ["READ", "Reading"]

# Large mails are held whole while they are read.
AT_ONCE: Final = 4
LONGEST_READ: Final = 60.0
LONGEST_TURN: Final = 5.0
MOST_DEATHS: Final = 3
MOST_RACES: Final = 5
LONGEST_PAUSE: Final = 5 * MINUTE

log = structlog.get_logger(__name__)


class Reading:
    """The handler of ``channels.read_arrival``. What fails for good is quarantined, and never in the others' way."""

    def __init__(self, registry: Registry, raws: RawStore, files: FileStore, key: bytes, first: Handler) -> None:
        self._registry = registry
        self._raws = raws
        self._files = files
        self._key = key
        self._first = first
        self._places = asyncio.Semaphore(AT_ONCE)
        self._last = _done()

    async def read_arrival(self, run: Run) -> None:
        before, mine = self._last, asyncio.Event()
        self._last = mine
        try:
            # Places are given in turn, so that nobody who has one waits for somebody without.
            async with self._places:
                await self._read(run, before)
        finally:
            mine.set()

    async def _read(self, run: Run, before: asyncio.Event) -> None:
        arrival, channel = await run.database.read(_load, run.job.payload["id"])
        if arrival.state != "waiting":
            return
        if run.job.attempts > 1 and await run.database.write(store.count_death, arrival.id) >= MOST_DEATHS:
            await _give_to_a_person(run, arrival, channel, "crashed")
            return
        try:
            await self._take_in(run, arrival, channel, before)
        except LostLease:
            raise
        except Exception as error:
            await _failed(run, arrival, channel, error)

    async def _take_in(self, run: Run, arrival: Arrival, channel: Channel, before: asyncio.Event) -> None:
        adapter = self._registry.get(channel.kind)
        if not isinstance(adapter, Reads):
            raise Unreadable("unreadable")
        arrived = arrival.arrived(signing_secret(self._key, channel.id), self._first)
        raw = await self._raws.get(arrival.bytes_now)
        async with asyncio.timeout(LONGEST_READ):
            read = await adapter.read(raw, arrived, channel)
        kept = await keep_files(self._files, arrival, adapter.files(read), run.clock.now())

        async def deed(tx: Tx) -> None:
            current = await store.hold(tx, arrival.id)
            if current.state != "waiting" or current.bytes_now != arrival.bytes_now:
                return
            stamp = _stamp(run, channel)
            attachments = tuple([await self._recorded(tx, file) for file in kept])
            outcome = await adapter.take_in(tx, stamp, arrived, channel, read, attachments)
            await settle(tx, stamp, current, outcome)
            if isinstance(outcome, Taken) and (await letters.message_by_id(tx, outcome.message_id)).removed:
                # It has come again by another way, after it was removed.
                await have_it_forgotten(tx, arrival.id, stamp.at)

        # In the order in which they came, as well as may be: what answers another had better find it.
        with suppress(TimeoutError):
            await asyncio.wait_for(before.wait(), LONGEST_TURN)
        await run.finish(deed)

    async def _recorded(self, tx: Tx, file: StoredFile) -> Attachment:
        await record(tx, file)
        return Attachment(file.id, file.name, file.content_type, file.size, self._files.url(file))


async def _failed(run: Run, arrival: Arrival, channel: Channel, error: Exception) -> None:
    tries = int(run.job.payload.get("tries", 0)) + 1
    if _passes(error, tries):
        pause = min(SECOND << min(tries - 1, 20), LONGEST_PAUSE)
        log.warning("arrivals.put_off", arrival=arrival.id, tries=tries, error=repr(error))
        await run.finish(_put_off, arrival.id, run.clock.now() + pause, tries)
        return
    log.warning("arrivals.quarantined", arrival=arrival.id, exc_info=error)
    await _give_to_a_person(run, arrival, channel, *_why(error))


def _passes(error: Exception, tries: int) -> bool:
    """Whether it is about the moment, not about the bytes: a full disk, a database that is away, a lost race."""
    if isinstance(error, Conflict) or (isinstance(error, Broken) and error.reason == "database"):
        return tries < MOST_RACES
    return isinstance(error, GoodwordError) and error.retry


def _why(error: Exception) -> tuple[str, str]:
    """A word of the catalogue, and what the machine said."""
    if isinstance(error, Unreadable):
        return str(error) or "unreadable", ""
    if isinstance(error, TimeoutError):
        return "too_slow", ""
    if isinstance(error, Broken) and error.reason == "raw_damaged":
        return "damaged", ""
    said = error.facts.get("detail", "") if isinstance(error, GoodwordError) else ""
    return "failed", f"{type(error).__name__}: {error}{f' ({said})' if said else ''}"


async def _give_to_a_person(run: Run, arrival: Arrival, channel: Channel, reason: str, detail: str = "") -> None:
    async def deed(tx: Tx) -> None:
        current = await store.hold(tx, arrival.id)
        if current.state == "waiting":
            await quarantine(tx, _stamp(run, channel), current, reason, detail)

    await run.finish(deed)


async def _put_off(tx: Tx, id: str, at: int, tries: int) -> None:
    await store.forget_deaths(tx, id)
    await have_it_read(tx, id, at, tries)


async def _load(tx: Tx, id: str) -> tuple[Arrival, Channel]:
    arrival = await store.get(tx, id)
    return arrival, await channels.get(tx, arrival.channel_id)


def _done() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


def _stamp(run: Run, channel: Channel) -> Stamp:
    return Stamp(run.clock.now(), Actor("system", channel.id, channel.name))
