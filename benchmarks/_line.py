"""A lean WebSocket on a raw socket: fifty or a thousand agents' lines in one process that must not be the slow one."""

import asyncio
from collections.abc import Callable
from typing import cast

from _wire import END

TEXT = 0x81
CLOSE = 0x88


class Line(asyncio.Protocol):
    """An agent's live line; ``hear`` gets each frame. ``ready`` once the server has said hello."""

    def __init__(self, cookie: str, hear: Callable[[bytes], None]) -> None:
        self._cookie = cookie
        self._hear = hear
        self._received = bytearray()
        self._shaking_hands = True
        self._transport: asyncio.Transport | None = None
        self.ready = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(cls, port: int, cookie: str, hear: Callable[[bytes], None]) -> "Line":
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(lambda: cls(cookie, hear), "127.0.0.1", port)
        await asyncio.wait_for(line.ready, 60)
        return line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        lines = [
            "GET /api/v1/live HTTP/1.1",
            "Host: desk.example",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            f"Cookie: {self._cookie}",
            "Origin: http://desk.example",
        ]
        self._transport.write("\r\n".join(lines).encode() + END)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._shaking_hands:
            head, end, rest = bytes(self._received).partition(END)
            if not end:
                return
            if b" 101 " not in head:
                self.ready.set_exception(ConnectionError(head.decode()[:300]))
                return
            self._shaking_hands = False
            self._received = bytearray(rest)
            self._send(b"{}")
        while (frame := self._frame()) is not None:
            if not self.ready.done():
                self.ready.set_result(None)
            self._hear(frame)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("the server hung up"))

    def close(self) -> None:
        if self._transport:
            self._transport.write(bytes([CLOSE, 0x80, 0, 0, 0, 0]))
            self._transport.close()

    def _send(self, text: bytes) -> None:
        """Short ones only. A mask of noughts leaves the text as it is."""
        assert self._transport
        assert len(text) < 126
        self._transport.write(bytes([TEXT, 0x80 | len(text), 0, 0, 0, 0]) + text)

    def _frame(self) -> bytes | None:
        got = self._received
        if len(got) < 2:
            return None
        size, begins = got[1], 2
        if size >= 126:
            begins = 4 if size == 126 else 10
            if len(got) < begins:
                return None
            size = int.from_bytes(got[2:begins])
        if len(got) < begins + size:
            return None
        frame = bytes(got[begins : begins + size])
        del got[: begins + size]
        return frame
