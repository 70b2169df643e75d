"""How many messages a second are accepted through HTTP, which is to say durable, on SQLite with ``synchronous=FULL``.

    python benchmarks/http_accept.py [seconds]

A real server in one process, a lean client in this one, 64 connections that each post again when they were answered.
Accepting is the whole door: routing, JSON, who writes, the time line, the inbox, the job for whoever reacts, the
commit. "jobs elsewhere" is a server beside ``goodword work``; "jobs in the server" is ``goodword serve`` as it comes,
where reading and answering what was accepted (embedding included) competes for the same processor. The figure to
keep: 2,000 messages a second. "CPU" is what the server used for each message; it says the same on a busy machine.
"""

import sys
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import msgspec
import uvloop
from _desk import cpu_seconds, desk
from _wire import Connection, in_turn, quantile, request

from goodword.rig.server import Server

CONNECTIONS = 64
CUSTOMERS = 500
CHUNK = 1_000
TEXT = "Hello, my bread knife of order {} arrived with a bent tip. What can we do about it?"
SETTINGS: dict[str, dict[str, Any]] = {
    "jobs elsewhere": {"workers_in_server": "false", "embedding": "none"},
    "jobs in the server": {},
}

Make = Callable[[int], bytes]


def main(seconds: float) -> None:
    print(f"{'server':<20}{'door':<26}{'messages/s':>11}{'p50 ms':>8}{'p99 ms':>8}{'CPU µs':>8}")
    for name, settings in SETTINGS.items():
        with desk(**settings) as (server, furnished):
            uvloop.run(all_doors(name, server, furnished.token, seconds))


async def all_doors(name: str, server: Server, token: str, seconds: float) -> None:
    doors = {
        "API, known customers": till(token, CUSTOMERS),
        "API, each one is new": till(token, 1 << 40),
        "web chat": await chat(server.port),
    }
    for door, make in doors.items():
        found = await measure(server, make, seconds)
        print(f"{name:<20}{door:<26}{found}", flush=True)


def till(token: str, customers: int) -> Make:
    def make(n: int) -> bytes:
        body = {
            "customer": {"external_id": f"{customers}-{n % customers}", "name": "Dana Evans"},
            "text": TEXT.format(n),
        }
        path = "/api/v1/channels/till/messages"
        return request("POST", path, body, Authorization=f"Bearer {token}", Idempotency_Key=f"{customers}-{n}")

    return make


async def chat(port: int) -> Make:
    """As many visitors as the limit on how fast one of them may write asks for."""
    calls = [
        request("POST", "/chat/v1/shop/session", {}, X_Forwarded_For=f"10.1.{n // 250}.{n % 250}") for n in range(2_000)
    ]
    connections = [await Connection.open(port) for _ in range(8)]
    opened = await in_turn(connections, calls, lambda status: status == 200)
    tokens = [msgspec.json.decode(body)["token"] for _, body in opened]
    for connection in connections:
        connection.close()

    def make(n: int) -> bytes:
        body = {"client_id": f"c{n}", "text": TEXT.format(n)}
        return request("POST", "/chat/v1/shop/messages", body, Authorization=f"Bearer {tokens[n % len(tokens)]}")

    return make


async def measure(server: Server, make: Make, seconds: float) -> str:
    connections = [await Connection.open(server.port) for _ in range(CONNECTIONS)]
    numbers = count()
    waits: list[float] = []
    took = used = 0.0
    while took < seconds:
        # Made beforehand: the client's own work is not what is measured.
        requests = [make(next(numbers)) for _ in range(CHUNK)]
        before, began = cpu_seconds(server.pid), time.perf_counter()
        waits += [wait for wait, _ in await in_turn(connections, requests, lambda status: status == 202)]
        took += time.perf_counter() - began
        used += cpu_seconds(server.pid) - before
    for connection in connections:
        connection.close()
    waits.sort()
    p50, p99 = quantile(waits, 0.5) * 1e3, quantile(waits, 0.99) * 1e3
    return f"{len(waits) / took:>11,.0f}{p50:>8.1f}{p99:>8.1f}{used / len(waits) * 1e6:>8.0f}"


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
