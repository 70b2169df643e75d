"""Where letters come from and go to in a walk: a mailbox, servers of providers, and somebody who eavesdrops."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

import httpx

from goodword.rig.mail.smtp import ScriptedSmtp
from tests.walks.people import AgentAtWork

ADDRESS = "help@fennel-oak.example"
APP_PASSWORD = "app-password"
S = TypeVar("S")


class Mailbox:
    """A mailbox to which mail is handed in by a webhook; it sends through ``relay``."""

    def __init__(self, agent: AgentAtWork, relay: ScriptedSmtp) -> None:
        self._agent = agent
        self.relay = relay
        kinds = ask(agent, "GET", "channels/kinds")["kinds"]
        self.kind = next(one["kind"] for one in kinds if "mailbox" in one["capabilities"])
        settings = {
            "address": ADDRESS,
            "inbound": "webhook",
            "smtp_host": "127.0.0.1",
            "smtp_port": relay.port,
            "smtp_security": "none",
            "acknowledge": False,
            "trusted_servers": ["mx.fennel-oak.example"],
        }
        made = ask(agent, "POST", "channels", {"kind": self.kind, "name": "Help mailbox", "settings": settings})
        self.id, self._key, self._token = made["id"], made["key"], made["token"]

    def takes(self, raw: str | bytes, shape: str = "raw") -> str:
        """Hand in a mail; its arrival."""
        content = raw.replace("\n", "\r\n").encode() if isinstance(raw, str) else raw
        door = f"{self._agent.url}/api/v1/channels/{self.kind}/{self._key}/inbound/{shape}"
        answer = httpx.post(door, content=content, headers={"Authorization": f"Bearer {self._token}"})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])


def ask(agent: AgentAtWork, method: str, path: str, data: Any = None) -> Any:
    answer = agent.page.request.fetch(
        f"{agent.url}/api/v1/{path}", method=method, data=data, headers={"Origin": agent.url}
    )
    assert answer.ok, answer.text()
    return answer.json()


@contextmanager
def running(server: Callable[[], AbstractAsyncContextManager[S]]) -> Iterator[S]:
    """A server of asyncio beside a browser that knows nothing of it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opened = server()
    try:
        yield asyncio.run_coroutine_threadsafe(opened.__aenter__(), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(opened.__aexit__(None, None, None), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


@asynccontextmanager
async def empty_imap() -> AsyncIterator[int]:
    """The port of a mailbox with nothing in it, opened by the address and ``APP_PASSWORD``."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK IMAP4rev1 at your service\r\n")
        while line := (await reader.readline()).decode("utf-8", "replace"):
            tag, _, command = line.strip().partition(" ")
            writer.write(
                "".join(f"{said}\r\n" for said in [*_untagged(command), f"{tag} {_verdict(command)}"]).encode()
            )
            await writer.drain()
            if command.upper() == "LOGOUT":
                break
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def _verdict(command: str) -> str:
    if command.upper().startswith("LOGIN") and APP_PASSWORD not in command:
        return "NO [AUTHENTICATIONFAILED] Invalid credentials"
    return "OK done"


def _untagged(command: str) -> list[str]:
    match command.upper().removeprefix("UID ").split(" ")[0]:
        case "CAPABILITY":
            return ["* CAPABILITY IMAP4rev1"]
        case "LIST":
            return ['* LIST (\\HasNoChildren) "/" INBOX', '* LIST (\\HasNoChildren) "/" Archive']
        case "SELECT" | "EXAMINE":
            return ["* FLAGS (\\Seen)", "* 0 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 1] ok"]
        case "SEARCH":
            return ["* SEARCH"]
        case "LOGOUT":
            return ["* BYE"]
        case _:
            return []


@contextmanager
def eavesdropper() -> Iterator["Eavesdropper"]:
    """Somebody elsewhere on the web who learns of whatever is loaded from him."""
    heard: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Eavesdropper(f"http://127.0.0.1:{server.server_port}", heard)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


class Eavesdropper:
    def __init__(self, url: str, heard: list[str]) -> None:
        self.url = url
        self.heard = heard
