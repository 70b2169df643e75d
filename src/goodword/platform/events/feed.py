"""The live tail of the log: one reader per process, each event encoded once, handed to everyone who follows."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

import structlog

from goodword.platform.bus import Bus
from goodword.platform.db import Database, Tx
from goodword.platform.events.model import Event
from goodword.platform.events.store import EVENTS_BELL, come_home, has_unsettled, newest_cursor, parse_cursor, since

PAGE = 500
LOOK_ANYWAY = 1.0
LOOK_SOON = 0.01
# Who falls this far behind is told to start again from a snapshot: cheaper for both than the whole way.
MOST_BEHIND = 5_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event and its JSON, made once for everyone."""

    event: Event
    json: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """News in order. ``cursor`` is where to go on; ``reset`` says that a fresh snapshot is needed instead."""

    cursor: str
    entries: tuple[Entry, ...]
    reset: bool = False


class Nudge:
    """Wakes the one who waits for it. ``asyncio.Event`` in a tenth of the memory: thousands wait at the same time."""

    __slots__ = ("_is_set", "_waiting")

    def __init__(self) -> None:
        self._is_set = False
        self._waiting: asyncio.Future[None] | None = None

    def set(self) -> None:
        self._is_set = True
        self._release()

    def clear(self) -> None:
        self._is_set = False

    async def wait(self, patience: float | None = None) -> None:
        """Until it is set, or for ``patience`` seconds."""
        if self._is_set:
            return
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        timer = None if patience is None else loop.call_later(patience, self._release)
        try:
            await self._waiting
        finally:
            self._waiting = None
            if timer:
                timer.cancel()

    def _release(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)


class Follower:
    """One who watches."""

    def __init__(self, streams: frozenset[str] | None, nudge: Nudge | None) -> None:
        self.streams = streams
        self.queue: list[Entry] = []
        self.behind = False
        self.ready = nudge or Nudge()

    def offer(self, entries: list[Entry]) -> None:
        if not self.behind:
            self.queue.extend(entries)
        if len(self.queue) > MOST_BEHIND:
            self.behind = True
            self.queue.clear()
        self.ready.set()


class Feed:
    """Tails the log from the moment it is started."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus
        self._of_all: set[Follower] = set()
        self._of_stream: defaultdict[str, set[Follower]] = defaultdict(set)
        self._tail = "0.0"
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._database.write(come_home)
        self._tail = await self._database.read(newest_cursor)
        self._task = asyncio.create_task(self._tail_forever())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def follow(
        self,
        cursor: str | None,
        streams: frozenset[str] | None = None,
        *,
        nudge: Nudge | None = None,
        patience: float | None = None,
    ) -> AsyncGenerator[Batch, None]:
        """Batches from ``cursor`` on (``None``: from now), of some streams or of all, for as long as the caller asks.

        Each event comes once, in the order of the log; first what is missed, then what is new. Who has more to wait
        for than events needs no second task for it: when ``nudge`` is set, and when nothing has come for ``patience``
        seconds, there is a batch with nothing in it.
        """
        follower = Follower(streams, nudge)
        self._enter(follower)
        try:
            at = cursor or self._tail
            if cursor is not None:
                async for batch in self._missed(cursor, streams):
                    yield batch
                    if batch.reset:
                        return
                    at = batch.cursor
            last = parse_cursor(at)
            while True:
                await follower.ready.wait(patience)
                follower.ready.clear()
                entries = tuple(e for e in follower.queue if parse_cursor(e.event.cursor) > last)
                follower.queue.clear()
                if follower.behind:
                    yield Batch(self._tail, (), reset=True)
                    return
                if entries:
                    at = entries[-1].event.cursor
                    last = parse_cursor(at)
                if entries or nudge or patience:
                    yield Batch(at, entries)
        finally:
            self._leave(follower)

    async def _missed(self, cursor: str, streams: frozenset[str] | None) -> AsyncIterator[Batch]:
        read = 0
        if parse_cursor(cursor) > parse_cursor(await self._database.read(newest_cursor)):
            # A cursor from before a restored backup: what it saw is not our past.
            yield Batch(cursor, (), reset=True)
            return
        while events := await self._next_page(cursor, streams):
            read += len(events)
            cursor = events[-1].cursor
            if read > MOST_BEHIND:
                yield Batch(cursor, (), reset=True)
                return
            yield Batch(cursor, tuple(Entry(event, event.public()) for event in events))

    async def _next_page(self, cursor: str, streams: frozenset[str] | None) -> list[Event]:
        """Of some streams only these are read: whoever watches one conversation doesn't pay for all the others."""
        if streams is None:
            return await self._database.read(since, cursor, PAGE)
        return await self._database.read(_since_of, cursor, PAGE, streams)

    async def _tail_forever(self) -> None:
        rung = await self._bus.wait(EVENTS_BELL, -1, 0)
        while True:
            try:
                events, more_soon = await self._database.read(_news, self._tail)
            except Exception as error:
                # Whatever it is: a feed that has stopped looks like a desk where nothing happens.
                log.warning("feed.cannot_read", error=repr(error))
                await asyncio.sleep(LOOK_ANYWAY)
                continue
            if events:
                self._tail = events[-1].cursor
                self._hand_out(events)
            if len(events) < PAGE:
                rung = await self._bus.wait(EVENTS_BELL, rung, LOOK_SOON if more_soon else LOOK_ANYWAY)

    def _hand_out(self, events: list[Event]) -> None:
        offers: defaultdict[Follower, list[Entry]] = defaultdict(list)
        for event in events:
            watching = self._of_all | self._of_stream.get(event.stream, set())
            if watching:
                entry = Entry(event, event.public())
                for follower in watching:
                    offers[follower].append(entry)
        for follower, entries in offers.items():
            follower.offer(entries)

    def _enter(self, follower: Follower) -> None:
        if follower.streams is None:
            self._of_all.add(follower)
        for stream in follower.streams or ():
            self._of_stream[stream].add(follower)

    def _leave(self, follower: Follower) -> None:
        self._of_all.discard(follower)
        for stream in follower.streams or ():
            self._of_stream[stream].discard(follower)
            if not self._of_stream[stream]:
                del self._of_stream[stream]


async def _since_of(tx: Tx, cursor: str, limit: int, streams: frozenset[str]) -> list[Event]:
    found = [event for stream in streams for event in await since(tx, cursor, limit, stream)]
    return sorted(found, key=lambda event: parse_cursor(event.cursor))[:limit]


async def _news(tx: Tx, cursor: str) -> tuple[list[Event], bool]:
    return await since(tx, cursor, PAGE), await has_unsettled(tx)
