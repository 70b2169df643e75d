"""What an agent has asked for happens once, whenever the power goes: later, by a macro, or to many at a time."""

import asyncio
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from goodword.platform.db import Database, Tx, open_database
from goodword.rig.server import Server
from tests.walks.conftest import LI, PASSWORD, small_desk

pytestmark = [pytest.mark.anyio, pytest.mark.fault]

CUTS = 2
LATER = 12
SOON = 2_500
MACROS = 4
MANY = 80
# How long after it was asked for; the first time as soon as anything of it can be seen.
MOMENTS = (None, 0.02, 0.06)


class Desk:
    """Li Na's requests, each made until it is answered, whatever happens to the server."""

    def __init__(self, server: Server, token: str) -> None:
        self.server = server
        self.token = token
        self.client = httpx.AsyncClient(base_url=f"{server.url}/api/v1/", headers={"Origin": server.url}, timeout=20)

    async def once(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = await self.client.request(method, path, json=body, headers=headers)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    async def surely(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        while True:
            try:
                return await self.once(method, path, body, **headers)
            except httpx.TransportError:
                await asyncio.sleep(0.05)

    async def customer_writes(self, name: str) -> str:
        body = {"customer": {"external_id": name, "name": name}, "text": f"I am {name}"}
        key = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": name}
        return str((await self.surely("POST", "channels/till/messages", body, **key))["conversation_id"])

    async def sign_in(self) -> None:
        await self.surely("POST", "session", {"email": LI.email, "password": PASSWORD})

    async def cut(self) -> None:
        await asyncio.to_thread(self.server.kill)
        await asyncio.to_thread(self.server.start)

    async def close(self) -> None:
        await self.client.aclose()
        self.server.stop()


async def opened(folder: Path, url: str) -> Desk:
    token = await small_desk(folder, url)
    server = Server(folder, database_url=url, embedding="none", assistant_answers="false")
    await asyncio.to_thread(server.start)
    desk = Desk(server, token)
    await desk.sign_in()
    return desk


async def facts(database: Database, *types: str) -> list[tuple[str, str, dict[str, Any]]]:
    """The stream, type and data of each that an agent set off, in order."""

    async def look(tx: Tx) -> list[tuple[str, str, dict[str, Any]]]:
        rows = await tx.rows("SELECT * FROM events WHERE actor_kind = 'agent' ORDER BY seq")
        return [(row["stream"], row["type"], json.loads(row["data"])) for row in rows if row["type"] in types]

    return await database.read(look)


async def test_what_was_put_off_and_what_a_macro_says_is_said_once(database_url: str, tmp_path: Path) -> None:
    desk = await opened(tmp_path, database_url)
    database = await open_database(database_url)
    try:
        talks = [await desk.customer_writes(f"Omar {number}") for number in range(LATER)]
        steps = [{"do": "reply", "texts": {"en": "From the macro"}}, {"do": "tag", "tags": ["refund"]}]
        macro = (await desk.surely("POST", "macros", {"name": "Refund", "steps": steps}))["id"]
        soon = round(time.time() * 1_000) + SOON
        for number, talk in enumerate(talks):
            later = {"client_id": "later", "text": f"Later {number}", "send_at": soon + 150 * number}
            await desk.surely("POST", f"conversations/{talk}/scheduled", later)

        async def set_off(talk: str) -> None:
            for number in range(MACROS):
                body = {"client_id": f"m{number}"}
                await desk.surely("POST", f"conversations/{talk}/macros/{macro}", body)

        setting_off = [asyncio.create_task(set_off(talk)) for talk in talks]
        for number in range(CUTS):
            await asyncio.sleep(max(0.0, soon / 1_000 + 0.4 + number - time.time()))
            await desk.cut()
        await asyncio.gather(*setting_off)
        async with asyncio.timeout(60):
            while True:
                if len(await facts(database, "ScheduledReplySent")) >= LATER:
                    break
                await asyncio.sleep(0.1)
        told = await facts(database, "ReplyQueued", "ScheduledReplySent", "MacroApplied")
        said = Counter((stream, data["message"]["text"]) for stream, type, data in told if type == "ReplyQueued")
        scheduled: dict[tuple[str, str], int] = {(talk, f"Later {number}"): 1 for number, talk in enumerate(talks)}
        assert said == Counter(scheduled | {(talk, "From the macro"): MACROS for talk in talks})
        assert Counter(type for _, type, _ in told) == Counter(
            ReplyQueued=LATER * (1 + MACROS), ScheduledReplySent=LATER, MacroApplied=LATER * MACROS
        )
    finally:
        await database.close()
        await desk.close()


async def test_a_deed_to_many_is_done_or_not_to_each_and_can_be_asked_for_again(
    database_url: str, tmp_path: Path
) -> None:
    desk = await opened(tmp_path, database_url)
    database = await open_database(database_url)
    try:
        talks = list(await asyncio.gather(*(desk.customer_writes(f"Omar {number}") for number in range(MANY))))
        unanswered = 0
        for number, moment in enumerate(MOMENTS):
            name, status = ("close", "closed") if number % 2 == 0 else ("reopen", "open")
            body = {"ids": talks, "deed": {"name": name}}
            asked = asyncio.create_task(desk.once("POST", "conversations/bulk", body))
            while moment is None:
                if asked.done() or await standing(database, status):
                    break
                await asyncio.sleep(0.002)
            await asyncio.sleep(moment or 0)
            await desk.cut()
            unanswered += isinstance((await asyncio.gather(asked, return_exceptions=True))[0], httpx.TransportError)
            done = await standing(database, status)
            assert await turned(database, talks) == {talk: number + (talk in done) for talk in talks}
            answer = await desk.surely("POST", "conversations/bulk", body)
            assert [row["id"] for row in answer["done"]] == talks
            assert await turned(database, talks) == dict.fromkeys(talks, number + 1)
        assert unanswered
    finally:
        await database.close()
        await desk.close()


async def standing(database: Database, status: str) -> set[str]:
    async def look(tx: Tx) -> set[str]:
        return {row["id"] for row in await tx.rows("SELECT id FROM conversations WHERE status = :it", it=status)}

    return await database.read(look)


async def turned(database: Database, talks: list[str]) -> dict[str, int]:
    """How often each conversation was closed or opened again, as the log tells it."""
    found = Counter(stream for stream, _, _ in await facts(database, "StatusChanged"))
    return {talk: found[talk] for talk in talks}
