"""How soon a desk is open, how much it holds in memory while nobody comes, and how soon the terminal answers.

    python benchmarks/start_up.py [times]

Starts are counted from nothing to the first 200 of ``/readyz``; the first one also makes the database. The desk has
the demo company's English articles. Memory is resident, a few seconds after the start, and once the model has read a
message. "Longest pause": how long the event loop did not turn at most while 400 passages were embedded, asked of
``/healthz`` every 5 ms. The figure to keep: 3 seconds for a second start.
"""

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import uvloop
from _desk import desk, resident_mb
from _wire import Connection, request

from goodword.rig.server import Server

PASSAGES = 400
SIGNED = "http://desk.example"


def main(times: int) -> None:
    with TemporaryDirectory(prefix="goodword-bench-") as folder:
        first = Server(Path(folder))
        print(f"first start ever: {first.start():.2f} s")
        first.stop()
    with desk(languages=("en",)) as (server, furnished):
        server.stop()
        again = []
        for _ in range(times):
            again.append(server.start())
            server.stop()
        print(f"second start: {min(again):.2f} s at best, {max(again):.2f} s at worst of {times}")
        server.start()
        time.sleep(3)
        print(f"idle: {resident_mb(server.pid):.0f} MB")
        uvloop.run(embedding(server, furnished.token, furnished.cookies[0]))
    with desk(embedding="none") as (server, _):
        time.sleep(1)
        print(f"idle without a model: {resident_mb(server.pid):.0f} MB")
    for call in (["--help"], ["--version"], ["serve", "--help"]):
        print(f"goodword {' '.join(call)}: {min(terminal(call) for _ in range(times)):.2f} s")


async def embedding(server: Server, token: str, cookie: str) -> None:
    connection = await Connection.open(server.port)
    body = {"customer": {"external_id": "dana"}, "text": "Where is my kettle?"}
    call = request(
        "POST", "/api/v1/channels/till/messages", body, Authorization=f"Bearer {token}", Idempotency_Key="first"
    )
    await connection.ask(call)
    await asyncio.sleep(3)
    print(f"after the first message: {resident_mb(server.pid):.0f} MB")
    watching = asyncio.create_task(longest_pause(server.port))
    text = "\n\n".join(
        f"## Question {n}\n\nWhat to do about kettle {n}? {'It leaks at the spout. ' * 12}" for n in range(PASSAGES)
    )
    article = {"language": "en", "title": "Kettles", "body": text}
    signed = {"Cookie": cookie, "Origin": SIGNED}
    status, answer = await connection.ask(request("POST", "/api/v1/knowledge/articles", article, **signed))
    assert status == 201, answer
    id = msgspec.json.decode(answer)["article"]["id"]
    path = f"/api/v1/knowledge/articles/{id}/publish"
    status, answer = await connection.ask(request("POST", path, {"language": "en"}, **signed))
    assert status < 300, answer
    print(f"longest pause while {PASSAGES} passages are embedded: {await watching * 1e3:.0f} ms")
    print(f"afterwards: {resident_mb(server.pid):.0f} MB")


async def longest_pause(port: int, seconds: float = 8.0) -> float:
    connection, until, longest = await Connection.open(port), time.perf_counter() + seconds, 0.0
    while time.perf_counter() < until:
        asked = time.perf_counter()
        await connection.ask(request("GET", "/healthz"))
        longest = max(longest, time.perf_counter() - asked)
        await asyncio.sleep(0.005)
    return longest


def terminal(call: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "goodword", *call], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
