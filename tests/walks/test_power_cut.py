"""A message accepted is a message kept.

The server is killed under load, again and again, and everything is accounted for.
"""

import asyncio
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from goodword.platform.db import Tx, open_database
from goodword.rig.server import Server
from tests.walks.conftest import LI, PASSWORD, small_desk

pytestmark = [pytest.mark.anyio, pytest.mark.fault]

CUTS = 4
WRITERS = 8


class Till:
    """A system that posts one message after the other, and each until it is acknowledged."""

    def __init__(self, server: Server, token: str, name: str) -> None:
        self.server = server
        self.headers = {"Authorization": f"Bearer {token}"}
        self.name = name
        self.acknowledged: dict[str, str] = {}
        self.news = asyncio.Event()
        self.open = True

    async def post_until_closed(self) -> None:
        number = 0
        while self.open:
            number += 1
            await self._post(f"{self.name}-{number}")

    async def _post(self, key: str) -> None:
        body = {"customer": {"external_id": self.name, "name": "Omar Diallo"}, "text": f"Message {key}"}
        while True:
            try:
                async with httpx.AsyncClient(base_url=self.server.url, timeout=5) as client:
                    answer = await client.post(
                        "/api/v1/channels/till/messages", json=body, headers=self.headers | {"Idempotency-Key": key}
                    )
                    answer.raise_for_status()
                    self.acknowledged[key] = answer.json()["message_id"]
                    self.news.set()
                    self.news.clear()
                    return
            except httpx.HTTPError:
                await asyncio.sleep(0.05)


class Watcher:
    """An agent's live line that goes on from its cursor each time it breaks."""

    def __init__(self, server: Server, cookies: httpx.Cookies, cursor: str) -> None:
        self.server = server
        self.cookies = cookies
        self.cursor = cursor
        self.seen: Counter[str] = Counter()
        self.news = asyncio.Event()

    async def until_seen(self, ids: set[str]) -> None:
        async with asyncio.timeout(60):
            while not ids <= self.seen.keys():
                self.news.clear()
                await self.news.wait()

    async def watch(self) -> None:
        while True:
            try:
                await self._line()
            except httpx.HTTPError:
                await asyncio.sleep(0.05)

    async def _line(self) -> None:
        async with (
            httpx.AsyncClient(base_url=self.server.url, cookies=self.cookies, timeout=20) as client,
            client.stream("GET", "/api/v1/live/stream", params={"after": self.cursor}) as stream,
        ):
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    self._take(json.loads(line[6:]))

    def _take(self, frame: dict[str, Any]) -> None:
        assert frame["kind"] != "reset"
        if frame["kind"] == "events":
            for event in frame["events"]:
                if event["type"] == "MessageReceived":
                    self.seen[event["data"]["message"]["id"]] += 1
            self.cursor = str(frame["cursor"])
            self.news.set()


async def test_nothing_acknowledged_is_lost_or_doubled_when_the_power_goes(database_url: str, tmp_path: Path) -> None:
    token = await small_desk(tmp_path, database_url)
    server = Server(tmp_path, database_url=database_url, embedding="none")
    await asyncio.to_thread(server.start)
    try:
        tills = [Till(server, token, f"till-{n}") for n in range(WRITERS)]
        watcher = Watcher(server, *await _signed_in(server))
        watching = asyncio.create_task(watcher.watch())
        posting = [asyncio.create_task(till.post_until_closed()) for till in tills]
        cut = random.Random(20_260_922)
        for _ in range(CUTS):
            await _until_more(tills)
            await asyncio.sleep(cut.uniform(0, 0.4))
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
        for till in tills:
            till.open = False
        await asyncio.gather(*posting)
        acknowledged = {id for till in tills for id in till.acknowledged.values()}
        await watcher.until_seen(acknowledged)
        watching.cancel()
        stored, told, shown = await _kept(database_url)
        assert len(acknowledged) > CUTS * WRITERS
        assert stored == dict.fromkeys(acknowledged, 1)
        assert told == stored
        assert watcher.seen == Counter(stored)
        assert await _time_lines(server, token, shown) == stored
    finally:
        server.stop()


async def _signed_in(server: Server) -> tuple[httpx.Cookies, str]:
    async with httpx.AsyncClient(base_url=server.url) as client:
        answer = await client.post("/api/v1/session", json={"email": LI.email, "password": PASSWORD})
        answer.raise_for_status()
        inbox = await client.get("/api/v1/conversations", params={"view": "all"})
        return client.cookies, inbox.json()["cursor"]


async def _kept(url: str) -> tuple[dict[str, int], dict[str, int], list[str]]:
    """How often each customer's message stands in the store and in the log, and the conversations."""
    database = await open_database(url)

    async def look(tx: Tx) -> tuple[dict[str, int], dict[str, int], list[str]]:
        stored = Counter(row["id"] for row in await tx.rows("SELECT id FROM messages WHERE author_kind = 'customer'"))
        rows = await tx.rows("SELECT data FROM events WHERE type = 'MessageReceived'")
        told = Counter(json.loads(row["data"])["message"]["id"] for row in rows)
        return dict(stored), dict(told), [row["id"] for row in await tx.rows("SELECT id FROM conversations")]

    try:
        return await database.read(look)
    finally:
        await database.close()


async def _time_lines(server: Server, token: str, conversation_ids: list[str]) -> dict[str, int]:
    """What the readers of the time lines see, page by page from the newest back."""
    cookies, _ = await _signed_in(server)
    seen: Counter[str] = Counter()
    async with httpx.AsyncClient(base_url=server.url, cookies=cookies) as client:
        for id in conversation_ids:
            before, more = 1 << 62, True
            while more:
                page = await client.get(f"/api/v1/conversations/{id}/events", params={"before": before, "limit": 500})
                events, more = page.json()["events"], page.json()["earlier"]
                seen.update(e["data"]["message"]["id"] for e in events if e["type"] == "MessageReceived")
                before = events[0]["seq"] if events else 0
    return dict(seen)


async def _until_more(tills: list[Till]) -> None:
    """Until some more messages of each writer have been acknowledged: every cut is one in the middle of work."""
    wanted = [len(till.acknowledged) + 2 for till in tills]
    async with asyncio.timeout(60):
        for till, many in zip(tills, wanted, strict=True):
            while len(till.acknowledged) < many:
                await till.news.wait()
