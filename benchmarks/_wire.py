"""A lean HTTP/1.1 client on raw sockets: a full one would cost more than the server it measures."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import cast

import msgspec

END = b"\r\n\r\n"


class Connection(asyncio.Protocol):
    """One keep-alive connection; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    @classmethod
    async def open(cls, port: int) -> "Connection":
        _, connection = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(END)
        if not end:
            return
        if len(body) >= length(head) and self._answer:
            self._received = b""
            self._answer.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(ConnectionError("the server hung up"))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body."""
        assert self._transport
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport:
            self._transport.abort()


def length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


def request(method: str, path: str, body: object = None, **headers: str) -> bytes:
    """The bytes of a request; ``body`` is sent as JSON. ``_`` in the name of a header stands for a dash."""
    content = b"" if body is None else msgspec.json.encode(body)
    lines = [f"{method} {path} HTTP/1.1", "Host: desk.example", f"Content-Length: {len(content)}"]
    lines += ["Content-Type: application/json"] if body is not None else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + END + content


async def in_turn(
    connections: Sequence[Connection], requests: Sequence[bytes], right: Callable[[int], bool]
) -> list[tuple[float, bytes]]:
    """Send ``requests`` over all connections, each asking again when it was answered; seconds and body of each."""
    loop = asyncio.get_running_loop()
    waiting = list(reversed(requests))
    answers: list[tuple[float, bytes]] = []

    async def one(connection: Connection) -> None:
        while waiting:
            sent, began = waiting.pop(), loop.time()
            status, body = await connection.ask(sent)
            if not right(status):
                raise RuntimeError(f"{status}: {body[:300]!r}")
            answers.append((loop.time() - began, body))

    await asyncio.gather(*(one(connection) for connection in connections))
    return answers


async def events(port: int, path: str, **headers: str) -> AsyncGenerator[bytes, None]:
    """A stream of server-sent events: the ``data`` of each frame."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request("GET", path, **headers))
    try:
        await reader.readuntil(END)
        while line := await reader.readline():
            if line.startswith(b"data: "):
                yield line[6:-1]
    finally:
        writer.close()


def quantile(sorted_values: Sequence[float], part: float) -> float:
    return sorted_values[int((len(sorted_values) - 1) * part)]
