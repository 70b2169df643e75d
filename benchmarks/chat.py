"""How long people wait for each other: visitor, assistant and agents, on a real server over SQLite.

    python benchmarks/chat.py [rounds]

- *Light load*: one visitor (server-sent events) and one agent (WebSocket) write in turn. From before the POST until
  the other side has the text in hand. The figure to keep: 100 ms.
- *The assistant answers*: visitors ask what stands
  in the demo company's articles, each in a conversation of his own. From before the POST until the answer is in the
  visitor's hand: taken in, understood, looked up, decided, said, delivered; no language model, the embedding on this
  machine's processor, no question asked twice. In the first minute after the start headings are embedded on the way.
  The figure to keep: p95 of 50 ms.
- *Fifty agents*: 500 messages a second come in through HTTP while 50 agents watch
  everything. From before the POST to each agent's hand. The figure to keep: p99 of 50 ms.
"""

import asyncio
import csv
import re
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import msgspec
import uvloop
from _desk import Furnished, cpu_seconds, desk
from _line import Line
from _wire import Connection, events, quantile, request

from goodword.rig.server import Server

QUESTIONS = Path(__file__).with_name("assistant_questions.tsv")
AGENTS = 50
EACH_SECOND = 500
SENDING = 32
SENT_AT = re.compile(rb"sent at (\d+)")


def main(rounds: int) -> None:
    print(f"{'':<38}{'times':>8}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}{'most ms':>8}")
    with desk(assistant_answers="false", embedding="none") as (server, furnished):
        uvloop.run(in_turn(server, furnished, rounds))
    with desk(languages=("en",)) as (server, _):
        uvloop.run(assistant(server, rounds))
    with desk(agents=AGENTS, embedding="none", workers_in_server="false") as (server, furnished):
        uvloop.run(watched(server, furnished, "50 agents, jobs elsewhere"))
    with desk(agents=AGENTS, assistant_answers="false", embedding="none") as (server, furnished):
        uvloop.run(watched(server, furnished, "50 agents, jobs in the server"))


async def in_turn(server: Server, furnished: Furnished, rounds: int) -> None:
    heard: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    agent = await Connection.open(server.port)
    line = await Line.open(
        server.port, furnished.cookies[0], lambda frame: heard.put_nowait((time.perf_counter(), frame))
    )
    visitor = await Visitor.come(server.port, "10.9.0.1")
    first = await visitor.says("Good morning")
    conversation = first["conversation_id"]
    path, cookie = f"/api/v1/conversations/{conversation}/replies", furnished.cookies[0]
    to_agent, to_visitor = [], []
    async with aclosing(visitor.news(first["cursor"])) as news:
        for n in range(rounds):
            # Nobody may write faster for long; and the load is to be light.
            await asyncio.sleep(0.4)
            began = time.perf_counter()
            await visitor.says(f"Visitor's {n}.")
            to_agent.append(await until(heard, f"Visitor's {n}.".encode()) - began)
            began = time.perf_counter()
            status, body = await agent.ask(
                request(
                    "POST",
                    path,
                    {"client_id": str(n), "text": f"Agent's {n}."},
                    Cookie=cookie,
                    Origin="http://desk.example",
                )
            )
            assert status == 202, body
            async for frame in news:
                if f"Agent's {n}.".encode() in frame:
                    break
            to_visitor.append(time.perf_counter() - began)
    line.close()
    show("light load: visitor to agent", to_agent)
    show("light load: agent to visitor", to_visitor)


async def until(heard: "asyncio.Queue[tuple[float, bytes]]", text: bytes) -> float:
    """When the frame with ``text`` came."""
    while True:
        at, frame = await asyncio.wait_for(heard.get(), 10)
        if text in frame:
            return at


async def assistant(server: Server, rounds: int) -> None:
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        questions = [row["en"] for row in csv.DictReader(file, delimiter="\t") if row["gold"] != "-"]
    asked = [await ask(server.port, f"10.8.0.{n}", text) for n, text in enumerate(questions)]
    for name, waits in (("in its first minute", asked[: -2 * rounds]), ("afterwards", asked[-2 * rounds :])):
        show(f"the assistant answers {name}", [wait for wait in waits if wait is not None])


async def ask(port: int, address: str, text: str) -> float | None:
    """Seconds to the first answer; None where there was none within five."""
    visitor = await Visitor.come(port, address)
    async with aclosing(visitor.news(visitor.cursor)) as news:
        # A stream that waits for the conversation to begin ends when it does, as the widget knows.
        began = time.perf_counter()
        first = await visitor.says(text)
    async with aclosing(visitor.news(first["cursor"])) as news:
        try:
            async with asyncio.timeout(5):
                async for frame in news:
                    if b'"ReplyQueued"' in frame:
                        return time.perf_counter() - began
        except TimeoutError:
            pass
    return None


async def watched(server: Server, furnished: Furnished, name: str) -> None:
    waits: list[float] = []

    def hear(frame: bytes) -> None:
        now = time.perf_counter_ns()
        waits.extend((now - int(sent)) / 1e9 for sent in SENT_AT.findall(frame))

    lines = [await Line.open(server.port, cookie, hear) for cookie in furnished.cookies]
    connections = [await Connection.open(server.port) for _ in range(SENDING)]
    # The first hundred opens the conversations.
    await send(connections, furnished.token, 100, EACH_SECOND)
    await asyncio.sleep(1.0)
    waits.clear()
    used, began = cpu_seconds(server.pid), time.perf_counter()
    sent = await send(connections, furnished.token, 5 * EACH_SECOND, EACH_SECOND)
    took = time.perf_counter() - began
    used = cpu_seconds(server.pid) - used
    for _ in range(100):
        if len(waits) >= sent * AGENTS:
            break
        await asyncio.sleep(0.05)
    for line in lines:
        line.close()
    show(name, waits)
    print(f"{'':<38}{sent / took:,.0f} messages/s, server at {used / took:.0%} of a processor")
    if len(waits) < sent * AGENTS:
        print(f"{'':<38}MISSING: {sent * AGENTS - len(waits)}")


async def send(
    connections: list[Connection],
    token: str,
    count: int,
    each_second: int,
    words: str = "My kettle leaks, sent at {ns}",
) -> int:
    """At their appointed times, whether those before were answered or not, as far as there are connections.

    ``words`` may tell when: ``{ns}`` of the steady clock, ``{ms}`` since 1970.
    """
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for connection in connections:
        free.put_nowait(connection)

    async def post(connection: Connection, n: int) -> None:
        now = time.perf_counter_ns()
        text = words.format(ns=now, ms=time.time_ns() // 1_000_000) + " exactly"
        body = {"customer": {"external_id": f"c{n % 100}"}, "text": text}
        key = f"{now}-{n}"
        sent = request(
            "POST", "/api/v1/channels/till/messages", body, Authorization=f"Bearer {token}", Idempotency_Key=key
        )
        status, answer = await connection.ask(sent)
        assert status == 202, answer
        free.put_nowait(connection)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for n in range(count):
            await asyncio.sleep(began + n / each_second - time.perf_counter())
            tasks.create_task(post(await free.get(), n))
    return count


class Visitor:
    """Somebody with a widget."""

    def __init__(self, port: int, connection: Connection, opened: dict[str, Any]) -> None:
        self._port = port
        self._connection = connection
        self._token = f"Bearer {opened['token']}"
        self.cursor = opened["cursor"]
        self._said = 0

    @classmethod
    async def come(cls, port: int, address: str) -> "Visitor":
        connection = await Connection.open(port)
        status, body = await connection.ask(request("POST", "/chat/v1/shop/session", {}, X_Forwarded_For=address))
        assert status == 200, body
        return cls(port, connection, msgspec.json.decode(body))

    async def says(self, text: str) -> dict[str, Any]:
        self._said += 1
        call = {"client_id": f"c{self._said}", "text": text}
        path = "/chat/v1/shop/messages"
        status, body = await self._connection.ask(request("POST", path, call, Authorization=self._token))
        assert status == 202, body
        return msgspec.json.decode(body, type=dict[str, Any])

    def news(self, cursor: str) -> AsyncGenerator[bytes, None]:
        return events(self._port, f"/chat/v1/shop/stream?after={cursor}", Authorization=self._token)


def show(name: str, waits: list[float]) -> None:
    waits.sort()
    found = "".join(f"{quantile(waits, part) * 1e3:>8.1f}" for part in (0.5, 0.95, 0.99, 1.0))
    print(f"{name:<38}{len(waits):>8,}{found}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
