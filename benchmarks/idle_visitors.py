"""What 10,000 visitors cost who have the chat open and say nothing.

    python benchmarks/idle_visitors.py [visitors]

A real server over SQLite, each visitor with a session and a stream of server-sent events of his own, over loopback.
Resident memory of the server before, with all of them, and with all of them after the pauses that keep their streams
alive; and how long another visitor meanwhile waits for his message to be accepted. The figure to keep: 350 MB for all
of it.
"""

import asyncio
import resource
import sys
import time
from functools import partial
from typing import cast

import msgspec
import uvloop
from _desk import cpu_seconds, desk, resident_mb
from _wire import Connection, in_turn, quantile, request

from goodword.rig.server import Server

AT_ONCE = 100
WATCHED = 32.0


def main(visitors: int) -> None:
    allow_open_files(visitors + 1_000)
    with desk(embedding="none") as (server, _):
        uvloop.run(measure(server, visitors))


async def measure(server: Server, visitors: int) -> None:
    print(f"before: {resident_mb(server.pid):.0f} MB")
    opened = await sessions(server.port, visitors)
    came = resident_mb(server.pid)
    print(f"{visitors:,} sessions were opened: {came:.0f} MB")
    streams = await listening(server.port, opened)
    print(f"{visitors:,} listen: {resident_mb(server.pid):.0f} MB", flush=True)
    used, began = cpu_seconds(server.pid), time.perf_counter()
    waits: list[float] = []
    while time.perf_counter() - began < WATCHED:
        waits.append(await one_writes(server.port, opened[len(waits) % len(opened)][0], len(waits)))
        await asyncio.sleep(0.25)
    used = (cpu_seconds(server.pid) - used) / (time.perf_counter() - began)
    alive = sum(stream.heard > 1 and stream.open for stream in streams)
    waits.sort()
    print(f"{WATCHED:.0f} s later: {resident_mb(server.pid):.0f} MB, {alive:,} have heard a beat, server at {used:.0%}")
    print(
        f"a message is accepted meanwhile in {quantile(waits, 0.5) * 1e3:.1f} ms (p50), {waits[-1] * 1e3:.1f} ms (most)"
    )


async def sessions(port: int, visitors: int) -> list[tuple[str, str]]:
    """Token and cursor of each."""
    calls = [
        request("POST", "/chat/v1/shop/session", {}, X_Forwarded_For=f"10.{n >> 16}.{(n >> 8) & 255}.{n & 255}")
        for n in range(visitors)
    ]
    connections = [await Connection.open(port) for _ in range(16)]
    answers = await in_turn(connections, calls, lambda status: status == 200)
    for connection in connections:
        connection.close()
    opened = [msgspec.json.decode(body) for _, body in answers]
    return [(one["token"], one["cursor"]) for one in opened]


async def listening(port: int, visitors: list[tuple[str, str]]) -> list["Stream"]:
    loop = asyncio.get_running_loop()
    streams: list[Stream] = []
    for start in range(0, len(visitors), AT_ONCE):
        opened = [
            loop.create_connection(partial(Stream, *visitor), "127.0.0.1", port)
            for visitor in visitors[start : start + AT_ONCE]
        ]
        streams += [stream for _, stream in await asyncio.gather(*opened)]
        await asyncio.gather(*(stream.begun.wait() for stream in streams[start:]))
    return streams


async def one_writes(port: int, token: str, n: int) -> float:
    connection = await Connection.open(port)
    began = time.perf_counter()
    call = {"client_id": f"w{n}", "text": "Is anybody there?"}
    status, body = await connection.ask(
        request("POST", "/chat/v1/shop/messages", call, Authorization=f"Bearer {token}")
    )
    waited = time.perf_counter() - began
    connection.close()
    assert status == 202, body
    return waited


class Stream(asyncio.Protocol):
    """Listens and keeps nothing but how often something came."""

    def __init__(self, token: str, cursor: str) -> None:
        self._call = request("GET", f"/chat/v1/shop/stream?after={cursor}", Authorization=f"Bearer {token}")
        self.heard = 0
        self.begun = asyncio.Event()
        self.open = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast(asyncio.Transport, transport).write(self._call)

    def data_received(self, data: bytes) -> None:
        self.begun.set()
        self.heard += data.count(b": beat") + data.count(b"data: ")

    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False


def allow_open_files(wanted: int) -> None:
    """For this process and the server it starts."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, most), most))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
