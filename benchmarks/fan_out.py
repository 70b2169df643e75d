"""How long it takes until 1,000 agents have one event.

    python benchmarks/fan_out.py [agents] [events]

A real server over SQLite, 1,000 WebSockets of as many agents in this process, one message at a time through HTTP.
From before the POST to the hand of each agent; the last one's wait is what "most" says. The figure to keep: p99 of
100 ms. Also: what 1,000 open lines hold in memory.
"""

import asyncio
import sys
import time

import uvloop
from _desk import Furnished, desk, resident_mb
from _line import Line
from _wire import Connection, quantile, request
from idle_visitors import allow_open_files

from goodword.rig.server import Server

AT_ONCE = 50


def main(agents: int, events: int) -> None:
    allow_open_files(agents + 1_000)
    with desk(agents=agents, embedding="none", workers_in_server="false") as (server, furnished):
        uvloop.run(measure(server, furnished, events))


async def measure(server: Server, furnished: Furnished, events: int) -> None:
    before, waits = resident_mb(server.pid), Waits()
    for start in range(0, len(furnished.cookies), AT_ONCE):
        some = furnished.cookies[start : start + AT_ONCE]
        waits.lines += await asyncio.gather(*(Line.open(server.port, cookie, waits.hear) for cookie in some))
    print(f"{len(waits.lines):,} lines: {resident_mb(server.pid) - before:.0f} MB on top of {before:.0f} MB")
    # The news that everyone has come is itself told to everyone.
    await asyncio.sleep(3)
    connection = await Connection.open(server.port)
    found = sorted([wait for n in range(events) for wait in await waits.of_all(connection, furnished.token, n)])
    p50, p99, most = (quantile(found, part) * 1e3 for part in (0.5, 0.99, 1.0))
    print(f"{events} events to {len(waits.lines):,} agents: p50 {p50:.1f} ms, p99 {p99:.1f} ms, most {most:.1f} ms")


class Waits:
    """Who has heard of the message that is under way."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._marked = b"nothing"
        self._heard: list[float] = []
        self._all = asyncio.Event()

    def hear(self, frame: bytes) -> None:
        if self._marked in frame:
            self._heard.append(time.perf_counter())
            if len(self._heard) == len(self.lines):
                self._all.set()

    async def of_all(self, connection: Connection, token: str, n: int) -> list[float]:
        """Seconds."""
        self._marked, self._heard = f"Message {n} for everyone".encode(), []
        self._all.clear()
        body = {"customer": {"external_id": "dana"}, "text": self._marked.decode()}
        call = request(
            "POST", "/api/v1/channels/till/messages", body, Authorization=f"Bearer {token}", Idempotency_Key=str(n)
        )
        began = time.perf_counter()
        status, answer = await connection.ask(call)
        assert status == 202, answer
        await asyncio.wait_for(self._all.wait(), 30)
        await asyncio.sleep(0.1)
        return [at - began for at in self._heard]


if __name__ == "__main__":
    main(*(int(sys.argv[place]) if len(sys.argv) > place else usual for place, usual in ((1, 1_000), (2, 30))))
