"""A line to a server that breaks, hangs and lies dead as it is told."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self


class Wire:
    """``async with Wire(port) as wire``: ``wire.port`` leads to ``port``.

    ``breaks_after``: so many bytes from the server, then the line breaks; ``hangs``: accepted, and nothing more is
    said; ``cut``: nobody answers; ``alters``: what the server says is changed on the way.
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._lines: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.port = 0
        self.hangs = False
        self.breaks_after: int | None = None
        self.alters: Callable[[bytes], bytes] = lambda said: said
        self.accepted = 0

    async def __aenter__(self) -> Self:
        await self.mend()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.cut()

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Every line that is open, and every new one."""
        if self._server:
            self._server.close()
        for line in self._lines:
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = asyncio.current_task()
        assert line
        self._lines.add(line)
        self.accepted += 1
        try:
            await self._hang() if self.hangs else await self._join(reader, writer)
        except OSError:
            pass
        finally:
            self._lines.discard(line)
            writer.transport.abort()

    async def _hang(self) -> None:
        await asyncio.Event().wait()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._to)
        ways = [
            asyncio.create_task(_pour(reader, forth, None, lambda said: said)),
            asyncio.create_task(_pour(back, writer, self.breaks_after, self.alters)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            forth.transport.abort()


async def _pour(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int | None, alters: Callable[[bytes], bytes]
) -> None:
    left = most
    with suppress(OSError):
        while left is None or left > 0:
            piece = await reader.read(65_536 if left is None else min(left, 65_536))
            if not piece:
                return
            writer.write(alters(piece))
            await writer.drain()
            left = None if left is None else left - len(piece)
