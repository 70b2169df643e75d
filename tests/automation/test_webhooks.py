"""A rule calls another system: signed, later, never inwards, and what becomes of it is told."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from goodword.platform.http import webhook_signature
from tests.automation.conftest import Automated
from tests.desks import house

pytestmark = pytest.mark.anyio


class Listener:
    """A server that keeps what it is sent, and answers as told."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        self.heard.append((headers, await reader.readexactly(int(headers["content-length"]))))
        writer.write(f"HTTP/1.1 {self.status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    one = Listener()
    async with await asyncio.start_server(one.answer, "127.0.0.1", 0) as server:
        one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook?key=secret"
        yield one


async def test_it_is_called_once_and_can_tell_who_calls(database_url, tmp_path, clock, listener):
    settings = {"call_private_addresses": True, "assistant_answers": False}
    async with house(tmp_path, database_url, clock, **settings) as opened:
        desk = Automated(opened, await opened.signed_in("ada"))
        await desk.rule("Tell the till", "customer_wrote", [{"do": "webhook", "url": listener.url}])
        thread = await desk.writes("hello")
        ((headers, body),) = listener.heard
        secret = (await desk.ada.get("/api/v1/rules")).json()["secret"]
        id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
        assert headers["webhook-signature"] == webhook_signature(secret, id, timestamp, body)
        told = msgspec.json.decode(body)
        assert (told["conversation"]["id"], told["event"]["type"]) == (thread.id, "MessageUnderstood")
        (applied,) = await thread.events("RuleApplied")
        assert b"key=secret" not in bytes(applied.data), "every agent may read this"


async def test_who_is_away_is_called_again_and_who_says_no_is_not(database_url, tmp_path, clock, listener):
    settings = {"call_private_addresses": True, "assistant_answers": False}
    async with house(tmp_path, database_url, clock, **settings) as opened:
        desk = Automated(opened, await opened.signed_in("ada"))
        rule = await desk.rule("Tell the till", "customer_wrote", [{"do": "webhook", "url": listener.url}])
        listener.status = 503
        await desk.writes("hello")
        listener.status = 400
        await desk.settle(minutes=1)
        assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 1
        assert len(listener.heard) == 2
        assert [doing["outcome"] for doing in await desk.log(rule)] == ["call_failed", "applied"]


async def test_never_into_our_own_network(desk, listener):
    rule = await desk.rule("Inwards", "customer_wrote", [{"do": "webhook", "url": listener.url}])
    await desk.writes("hello")
    assert listener.heard == []
    assert (await desk.log(rule))[0]["trouble"] == "This address leads into our own network and is not called."
