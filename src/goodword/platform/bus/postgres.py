"""The bus between processes: LISTEN and NOTIFY as a coalesced doorbell on connections of its own, after the commit."""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from typing import Any

import asyncpg
import msgspec
import structlog

from goodword.platform.bus.local import LocalBus
from goodword.platform.bus.model import Signal

CHANNEL = "goodword"
RECONNECT_AFTER = 1.0
# PostgreSQL takes up to 8,000 bytes; who has more to say must put it into an event.
LARGEST = 7_900
MOST_WAITING = 1_000

log = structlog.get_logger(__name__)


class Notice(msgspec.Struct):
    sender: str
    bells: list[str] = []
    signals: list[Signal] = []


class PostgresBus:
    """See ``Bus``. While the server is away, bells ring inside this process only."""

    def __init__(self, url: str, process: str) -> None:
        self._url = url
        self._process = f"{process}-{secrets.token_hex(6)}"
        self._local = LocalBus()
        self._bells: set[str] = set()
        self._signals: deque[Signal] = deque(maxlen=MOST_WAITING)
        self._outgoing = asyncio.Event()
        self._task = asyncio.create_task(self._stay_connected())

    def ring(self, bells: frozenset[str]) -> None:
        self._local.ring(bells)
        self._bells |= bells
        self._outgoing.set()

    async def wait(self, bell: str, seen: int, patience: float) -> int:
        return await self._local.wait(bell, seen, patience)

    def send(self, signal: Signal) -> None:
        self._local.send(signal)
        self._signals.append(signal)
        self._outgoing.set()

    def listen(self, hear: Callable[[Signal], None]) -> Callable[[], None]:
        return self._local.listen(hear)

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _stay_connected(self) -> None:
        while True:
            try:
                await self._serve()
            except Exception as error:
                log.warning("bus.away", error=repr(error))
                await asyncio.sleep(RECONNECT_AFTER)

    async def _serve(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=5, command_timeout=10)
        try:
            await connection.add_listener(CHANNEL, self._hear)
            connection.add_termination_listener(lambda _: self._outgoing.set())
            # Signals of while the server was away are no news any more.
            self._signals.clear()
            while not connection.is_closed():
                await self._outgoing.wait()
                self._outgoing.clear()
                for payload in self._payloads():
                    await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)
        finally:
            await connection.close(timeout=1)

    def _payloads(self) -> list[str]:
        bells, self._bells = sorted(self._bells), set()
        signals = [self._signals.popleft() for _ in range(len(self._signals))]
        notices = [Notice(self._process, bells)] if bells else []
        notices += [Notice(self._process, signals=[signal]) for signal in signals]
        encoded = [msgspec.json.encode(notice) for notice in notices]
        return [payload.decode() for payload in encoded if len(payload) <= LARGEST]

    def _hear(self, _connection: Any, _pid: int, _channel: str, payload: object) -> None:
        notice = msgspec.json.decode(str(payload), type=Notice)
        if notice.sender == self._process:
            return
        self._local.ring(frozenset(notice.bells))
        for signal in notice.signals:
            self._local.send(signal)
