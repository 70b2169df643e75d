"""A running desk whose disk is full or whose database is away: it says so, keeps what it has acknowledged, goes on."""

import asyncio
import contextlib
import os
import subprocess
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from goodword.rig.postgres import NoPostgres, _programs, _run, private_postgres
from goodword.rig.server import Server
from tests.walks.conftest import LI, PASSWORD, small_desk

pytestmark = [pytest.mark.anyio, pytest.mark.fault, pytest.mark.slow]
PATIENCE = 30


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.asynccontextmanager
async def serving(folder: Path, url: str) -> AsyncIterator[httpx.AsyncClient]:
    server = Server(folder, database_url=url, embedding="none")
    await asyncio.to_thread(server.start)
    try:
        async with httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}, timeout=PATIENCE) as client:
            yield client
    finally:
        server.stop()


async def visitor(client: httpx.AsyncClient) -> dict[str, str]:
    opened = (await client.post("/chat/v1/shop/session", json={"language": "en"})).json()
    return {"Authorization": f"Bearer {opened['token']}"}


async def says(client: httpx.AsyncClient, who: dict[str, str], text: str) -> httpx.Response:
    call = {"client_id": str(uuid.uuid4()), "text": text}
    return await client.post("/chat/v1/shop/messages", json=call, headers=who)


async def texts(client: httpx.AsyncClient, who: dict[str, str]) -> list[str]:
    events = (await client.get("/chat/v1/shop/events", params={"limit": 200}, headers=who)).json()["events"]
    return [event["data"]["message"]["text"] for event in events if event["type"] == "MessageReceived"]


def assert_away(answer: httpx.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["retry"] is True
    assert int(answer.headers["retry-after"]) >= 1


async def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(small_disk: Path):
    url = f"sqlite:///{small_disk / 'goodword.db'}"
    await small_desk(small_disk, url)
    async with serving(small_disk, url) as client:
        who, kept, refused = await visitor(client), [], None
        (small_disk / "ballast").write_bytes(bytes(room(small_disk) - 300_000))
        for number in range(25):
            text = f"{number} " + "a" * 4_900
            answer = await says(client, who, text)
            if answer.status_code != 202:
                refused = answer
                break
            kept.append(text)
        file = {"file": ("a.txt", b"a" * 3_000_000)}
        assert_away(await client.post("/chat/v1/shop/files", files=file, headers=who))
        assert not list((small_disk / "files").rglob("fil_*"))
        assert refused is not None, "the disk never filled up"
        assert_away(refused)
        assert (await client.get("/healthz")).status_code == 200
        assert await texts(client, who) == kept
        (small_disk / "ballast").unlink()
        await until_ready(client)
        assert (await says(client, who, "There is room again")).status_code == 202
        assert await texts(client, who) == [*kept, "There is room again"]
        kept_file = await client.post("/chat/v1/shop/files", files={"file": ("a.txt", b"a")}, headers=who)
        assert kept_file.status_code == 201


async def until_ready(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if (await client.get("/readyz")).status_code == 200:
                return
            await asyncio.sleep(0.1)


def room(folder: Path) -> int:
    left = os.statvfs(folder)
    return left.f_bavail * left.f_frsize


async def control(url: str):
    """What stops the server and what starts it as the same."""
    connection = await asyncpg.connect(url)
    folder = await connection.fetchval("SHOW data_directory")
    for setting in ("port", "listen_addresses", "unix_socket_directories"):
        value = await connection.fetchval(f"SHOW {setting}")
        await connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'")
    await connection.close()
    program = _programs() / "pg_ctl"

    async def stop() -> None:
        await asyncio.to_thread(_run, program, "-D", folder, "-m", "fast", "-w", "stop")

    async def start() -> None:
        await asyncio.to_thread(_run, program, "-D", folder, "-w", "-l", f"{folder}/../log", "start")

    return stop, start


@pytest.mark.postgres
async def test_a_database_that_is_away_is_said_and_lines_go_on_when_it_is_back(tmp_path: Path):
    try:
        own = private_postgres(durable=True)
        with own as url:
            await _database_away(tmp_path, url)
    except NoPostgres as error:
        pytest.skip(str(error))


async def _database_away(tmp_path: Path, url: str) -> None:
    await small_desk(tmp_path, url)
    stop, start = await control(url)
    async with serving(tmp_path, url) as client:
        answer = await client.post("/api/v1/session", json={"email": LI.email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        who = await visitor(client)
        assert (await says(client, who, "Before")).status_code == 202
        cursor = (await client.get("/api/v1/conversations")).json()["cursor"]
        heard = asyncio.create_task(_hears(client, cursor, "After"))
        await asyncio.sleep(0.5)
        await stop()
        try:
            assert_away(await says(client, who, "Meanwhile"))
            assert_away(await client.get("/api/v1/conversations"))
            assert_away(await client.post("/api/v1/session", json={"email": LI.email, "password": PASSWORD}))
            assert (await client.get("/readyz")).status_code == 503
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/workspace/")).status_code == 200
        finally:
            await start()
        await until_ready(client)
        assert (await says(client, who, "After")).status_code == 202
        assert await texts(client, who) == ["Before", "After"]
        await asyncio.wait_for(heard, PATIENCE)


async def _hears(client: httpx.AsyncClient, cursor: str, text: str) -> None:
    """An agent's line that is opened again from its cursor whenever it ends, until ``text`` is heard."""
    while True:
        with contextlib.suppress(httpx.HTTPError):
            async with client.stream("GET", "/api/v1/live/stream", params={"after": cursor}, timeout=None) as line:
                async for one in line.aiter_lines():
                    if f'"text":"{text}"' in one:
                        return
        await asyncio.sleep(0.1)
