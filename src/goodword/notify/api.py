"""The agents' live line: a WebSocket, and server-sent events where a proxy lets no WebSocket through."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from typing import Any, Literal

import msgspec
from litestar import Router, WebSocket, get, websocket
from litestar.exceptions import WebSocketDisconnect, WebSocketException
from litestar.response import Stream

from goodword.conversations.visible import eyes_of
from goodword.notify.live import Listener, agent_frames, hello
from goodword.notify.viewing import Viewing
from goodword.platform.bus import Bus, Signal
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.errors import GoodwordError
from goodword.platform.events import Feed, Stamp, newest_cursor
from goodword.platform.http import event_stream
from goodword.staff import Agent, Caller, is_still_in
from goodword.staff.actions.presence import beat, connect, disconnect

BEAT_EVERY = 15.0
MOST_FRAME = 4_000


class Greeting(msgspec.Struct):
    """``device``: any name; drafts that are written under it are not told on this line."""

    cursor: str | None = None
    device: str = ""


class Said(msgspec.Struct):
    kind: Literal["viewing", "typing", "beat"]
    conversation_id: str | None = None
    on: bool = False


@websocket("/live")
async def live(
    socket: WebSocket[Any, Any, Any],
    caller: Caller,
    database: Database,
    feed: Feed,
    bus: Bus,
    clock: Clock,
    viewing: Viewing,
) -> None:
    """The first frame names the cursor to go on from; from then on frames go both ways until somebody hangs up."""
    caller.need("conversations.read")
    line = Line(socket, caller, caller.person, database, feed, bus, clock, viewing)
    await socket.accept()
    with suppress(
        WebSocketDisconnect, WebSocketException, GoodwordError, msgspec.MsgspecError, TimeoutError, RuntimeError
    ):
        await line.run()


@get("/live/stream")
async def stream(
    caller: Caller,
    database: Database,
    feed: Feed,
    bus: Bus,
    clock: Clock,
    viewing: Viewing,
    after: str | None = None,
    device: str = "",
) -> Stream:
    """The same frames as the WebSocket's, one in each ``data:``."""
    caller.need("conversations.read")
    agent = caller.person
    cursor = after if after else await database.read(newest_cursor)
    return event_stream(_stream_frames(caller, agent, cursor, device, database, feed, bus, clock, viewing))


routes = Router("/api/v1", route_handlers=[live, stream], tags=["live"])


class Line:
    """One open WebSocket."""

    def __init__(
        self,
        socket: WebSocket[Any, Any, Any],
        caller: Caller,
        agent: Agent,
        database: Database,
        feed: Feed,
        bus: Bus,
        clock: Clock,
        viewing: Viewing,
    ) -> None:
        self._socket = socket
        self._caller = caller
        self._agent = agent
        self._database = database
        self._feed = feed
        self._bus = bus
        self._clock = clock
        self._viewing = viewing
        self._id = secrets.token_hex(8)
        self._looking_at: str | None = None
        self._device = ""

    async def run(self) -> None:
        first = await asyncio.wait_for(self._socket.receive_data("text"), BEAT_EVERY)
        greeting = msgspec.json.decode(str(first)[:MOST_FRAME], type=Greeting)
        self._device = greeting.device
        cursor = greeting.cursor if greeting.cursor else await self._database.read(newest_cursor)
        await self._database.write(connect, self._stamp(), self._agent.id, self._id)
        tasks = [asyncio.create_task(one) for one in (self._tell(cursor), self._hear(), self._stay())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._viewing.look(self._id, None, self._agent.id, self._agent.name)
            with suppress(GoodwordError):
                await self._database.write(disconnect, self._stamp(), self._agent.id, self._id)

    async def _tell(self, cursor: str) -> None:
        await self._send(hello(cursor, self._clock.now()))
        still_in = _still_in(self._caller, self._database, self._clock)
        async for frame in agent_frames(self._listener(), cursor, self._feed, self._bus, still_in, self._viewing):
            await self._send(frame)

    def _listener(self) -> Listener:
        return Listener(self._agent.id, eyes_of(self._caller), self._device)

    async def _hear(self) -> None:
        while True:
            frame = await self._socket.receive_data("text")
            said = msgspec.json.decode(str(frame)[:MOST_FRAME], type=Said)
            if said.kind == "viewing":
                self._looking_at = said.conversation_id
                self._viewing.look(self._id, said.conversation_id, self._agent.id, self._agent.name)
            elif said.kind == "typing" and said.conversation_id and "conversations.answer" in self._caller.rights:
                data = {"name": self._agent.name, "kind": "agent", "on": said.on, "id": self._agent.id}
                self._bus.send(Signal("typing", said.conversation_id, data))

    async def _stay(self) -> None:
        while True:
            await asyncio.sleep(BEAT_EVERY)
            await self._send(b'{"kind":"beat"}')
            with suppress(GoodwordError):
                await self._database.write(beat, self._stamp(), self._agent.id, self._id)
            if self._looking_at:
                self._viewing.look(self._id, self._looking_at, self._agent.id, self._agent.name)

    async def _send(self, frame: bytes) -> None:
        await self._socket.send_data(frame, mode="text")

    def _stamp(self) -> Stamp:
        return self._caller.stamp(self._clock.now())


async def _stream_frames(
    caller: Caller,
    agent: Agent,
    cursor: str,
    device: str,
    database: Database,
    feed: Feed,
    bus: Bus,
    clock: Clock,
    viewing: Viewing,
) -> AsyncGenerator[bytes, None]:
    connection = secrets.token_hex(8)
    stamp = caller.stamp(clock.now())
    await database.write(connect, stamp, agent.id, connection)
    keeping = asyncio.create_task(_keep_seen(agent, connection, database, clock))
    try:
        yield _data(hello(cursor, clock.now()))
        listener = Listener(agent.id, eyes_of(caller), device)
        still_in = _still_in(caller, database, clock)
        async for frame in agent_frames(listener, cursor, feed, bus, still_in, viewing):
            yield _data(frame)
    finally:
        keeping.cancel()
        with suppress(GoodwordError):
            await database.write(disconnect, stamp, agent.id, connection)


async def _keep_seen(agent: Agent, connection: str, database: Database, clock: Clock) -> None:
    while True:
        await asyncio.sleep(BEAT_EVERY)
        with suppress(GoodwordError):
            await database.write(beat, Caller(agent=agent).stamp(clock.now()), agent.id, connection)


def _still_in(caller: Caller, database: Database, clock: Clock) -> Callable[[], Awaitable[bool]]:
    async def still_in() -> bool:
        try:
            return await is_still_in(database, clock, caller)
        except GoodwordError:
            # Nobody is thrown out because the database is away.
            return True

    return still_in


def _data(frame: bytes) -> bytes:
    return b"data: " + frame + b"\n\n"
