"""What is nobody's business is in no log and lies nowhere in the clear."""

import asyncio
from pathlib import Path

import httpx
import pytest
import websockets

from goodword.platform.ids import fingerprint
from goodword.rig.server import Server
from tests.walks.conftest import LI, PASSWORD, small_desk

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
SAID = {
    "text": "My card is 4111 1111 1111 1111",
    "email": "dana@customers.example",
    "name": "Dana Evans of Leeds",
    "page": "https://oak.example/reset?token=wren",
    "file": "passport-of-dana.txt",
    "bytes": "born in Whitby",
    "wrong": "knives-and-kettles-wrong",
}


async def a_chat(server: Server) -> dict[str, str]:
    """A visitor and an agent do whatever they do; the keys they came in with."""
    async with httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}, timeout=30) as client:
        await client.post("/api/v1/session", json={"email": LI.email, "password": SAID["wrong"]})
        await client.post("/api/v1/session", json={"email": LI.email, "password": PASSWORD})
        scopes = {"name": "Till", "scopes": ["conversations.read"]}
        token = (await client.post("/api/v1/tokens", json=scopes)).json()["token"]
        await httpx.AsyncClient().get(
            f"{server.url}/api/v1/conversations", headers={"Authorization": f"Bearer {token}"}
        )
        opened = (await client.post("/chat/v1/shop/session", json={"language": "en", "page": SAID["page"]})).json()
        who = {"Authorization": f"Bearer {opened['token']}"}
        said = {"client_id": "c1", "text": SAID["text"]}
        id = (await client.post("/chat/v1/shop/messages", json=said, headers=who)).json()["conversation_id"]
        contact = {"email": SAID["email"], "name": SAID["name"]}
        await client.post("/chat/v1/shop/contact", json=contact, headers=who)
        file = {"file": (SAID["file"], SAID["bytes"].encode())}
        assert (await client.post("/chat/v1/shop/files", files=file, headers=who)).status_code == 201
        await client.post("/chat/v1/shop/messages", content=SAID["text"].encode(), headers=who)
        await client.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r", "text": SAID["text"]})
        await client.get("/api/v1/customers", params={"q": SAID["email"]})
        await client.get("/help/en/search", params={"q": SAID["name"]})
        return {"cookie": client.cookies["goodword_session"], "visitor": opened["token"], "token": token}


async def test_no_log_tells_what_was_said_or_how_one_gets_in(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'goodword.db'}"
    till = await small_desk(tmp_path, url)
    server = Server(tmp_path, database_url=url, embedding="none", log_level="debug")
    await asyncio.to_thread(server.start)
    try:
        keys = await a_chat(server)
        await asyncio.sleep(0.5)
    finally:
        server.stop()
    log = (tmp_path / "server.log").read_text()
    secret = {**SAID, **keys, "password": PASSWORD, "till": till, "key": (tmp_path / "secret.key").read_text()}
    assert [name for name, value in secret.items() if value in log] == []
    stored = written(tmp_path)
    never = {**keys, "password": PASSWORD, "wrong": SAID["wrong"], "till": till, "key": secret["key"]}
    assert [name for name, value in never.items() if value.encode() in stored] == []
    assert fingerprint(keys["visitor"]).encode() in stored


async def test_no_log_tells_what_goes_over_a_live_line(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'goodword.db'}"
    await small_desk(tmp_path, url)
    server = Server(tmp_path, database_url=url, embedding="none", log_level="debug")
    await asyncio.to_thread(server.start)
    try:
        cookie = (await a_chat(server))["cookie"]
        headers = {"Cookie": f"goodword_session={cookie}", "Origin": server.url}
        address = f"{server.url.replace('http', 'ws')}/api/v1/live"
        async with websockets.connect(address, additional_headers=headers) as line:
            await line.send('{"cursor": "0.0"}')
            await asyncio.wait_for(line.recv(), 10)
    finally:
        server.stop()
    assert cookie not in (tmp_path / "server.log").read_text()


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("goodword.db*"))


async def visits(server: Server, times: int) -> list[int]:
    """Each from another address, as a reverse proxy on this machine would say it."""
    async with httpx.AsyncClient(base_url=server.url) as client:
        calls = [
            client.post("/chat/v1/shop/session", json={}, headers={"X-Forwarded-For": f"203.0.113.{number}"})
            for number in range(times)
        ]
        return [(await call).status_code for call in calls]


async def test_visitors_behind_our_proxy_are_told_apart_and_others_can_not_pretend(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'goodword.db'}"
    await small_desk(tmp_path, url)
    for trusted, refused in (("127.0.0.1", 0), ("192.0.2.1", 5)):
        server = Server(tmp_path, database_url=url, embedding="none", trusted_proxies=trusted)
        await asyncio.to_thread(server.start)
        try:
            assert (await visits(server, 65)).count(429) == refused
        finally:
            server.stop()
