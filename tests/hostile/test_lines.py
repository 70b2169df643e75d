"""Lines that stay open: for those who may listen, with news or an end, never in silence."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import msgspec
import pytest

from goodword.channels.adapters.webchat import live as visitors_line
from goodword.conversations.visible import Eyes
from goodword.notify import api as agents_line
from goodword.notify import live as frames_of_agents
from goodword.platform.db import Tx
from goodword.platform.errors import Unavailable
from goodword.platform.events import Batch, Feed
from tests.desks import WHERE, House

pytestmark = pytest.mark.anyio
SOON = 5
GARBAGE = (
    "x",
    "0",
    "-1.0",
    "1.2.3",
    "9" * 25 + ".1",
    f"{1 << 62}.{1 << 62}",
    "\u0660.\u0661",
    "1.1; DROP TABLE events",
)


class Telephone:
    """The browser's end of a WebSocket, without a network in between."""

    def __init__(self, desk: House, cookie: str | None, origin: str | None = WHERE) -> None:
        self.heard: asyncio.Queue[dict] = asyncio.Queue()
        self.said: asyncio.Queue[dict] = asyncio.Queue()
        headers = [(b"host", b"desk.test")]
        headers += [(b"cookie", f"goodword_session={cookie}".encode())] if cookie else []
        headers += [(b"origin", origin.encode())] if origin else []
        scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "scheme": "ws",
            "path": "/api/v1/live",
            "raw_path": b"/api/v1/live",
            "query_string": b"",
            "headers": headers,
            "subprotocols": [],
            "client": ("127.0.0.1", 1),
            "server": ("desk.test", 80),
        }
        self.said.put_nowait({"type": "websocket.connect"})
        self.call = asyncio.create_task(desk.app(scope, self.said.get, self.heard.put))

    async def opened(self) -> bool:
        return (await asyncio.wait_for(self.heard.get(), SOON))["type"] == "websocket.accept"

    def say(self, frame: object) -> None:
        text = frame if isinstance(frame, str) else msgspec.json.encode(frame).decode()
        self.said.put_nowait({"type": "websocket.receive", "text": text})

    async def hears(self, kind: str) -> dict:
        """The next frame of a kind."""
        while True:
            event = await asyncio.wait_for(self.heard.get(), SOON)
            assert event["type"] == "websocket.send", f"hung up before {kind}"
            frame = msgspec.json.decode(event["text"])
            if frame["kind"] == kind:
                return frame

    async def hung_up(self) -> None:
        await asyncio.wait_for(asyncio.wait([self.call]), SOON)
        assert self.call.done()

    async def hang_up(self) -> None:
        self.said.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await self.hung_up()


@pytest.mark.parametrize(
    ("origin", "takes"),
    [(WHERE, True), ("https://evil.example", False), ("null", False), (None, False), (f"{WHERE}.evil.example", False)],
)
async def test_a_line_is_opened_from_our_own_page_only(desk: House, origin, takes):
    li = await desk.signed_in("li")
    phone = Telephone(desk, li.cookies["goodword_session"], origin)
    assert await phone.opened() == takes
    if takes:
        await phone.hang_up()
    await phone.hung_up()


@pytest.mark.parametrize("cookie", [None, "gs_forged"])
async def test_a_stranger_has_no_line(desk: House, cookie):
    phone = Telephone(desk, cookie)
    assert not await phone.opened()
    await phone.hung_up()


@pytest.mark.parametrize("cursor", GARBAGE)
async def test_an_agent_with_a_cursor_that_leads_nowhere_is_told_to_look_anew(desk: House, cursor):
    li = await desk.signed_in("li")
    phone = Telephone(desk, li.cookies["goodword_session"])
    assert await phone.opened()
    phone.say({"cursor": cursor})
    await phone.hears("reset")
    await phone.hung_up()


@pytest.mark.parametrize("frame", ["", "{", "[]", '{"cursor": 1}', '{"cursor": "' + "9" * 100_000 + '"}'])
async def test_nonsense_ends_the_line_of_whoever_talks_it(desk: House, frame):
    li = await desk.signed_in("li")
    phone = Telephone(desk, li.cookies["goodword_session"])
    assert await phone.opened()
    phone.say(frame)
    await phone.hung_up()


async def test_the_line_of_an_agent_who_is_disabled_ends_at_once(desk: House):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    phone = Telephone(desk, li.cookies["goodword_session"])
    assert await phone.opened()
    phone.say({"cursor": None})
    await phone.hears("hello")
    dana = await desk.visitor()
    await dana.says("Hello?")
    await phone.hears("events")
    await ada.patch(f"/api/v1/agents/{desk.agents['li'].id}", json={"disabled": True})
    await phone.hung_up()


async def test_the_line_of_an_agent_who_has_signed_out_ends_soon(desk: House, monkeypatch):
    monkeypatch.setattr(frames_of_agents, "ASK_AGAIN_EVERY", 0.01)
    li = await desk.signed_in("li")
    phone = Telephone(desk, li.cookies["goodword_session"])
    assert await phone.opened()
    phone.say({"cursor": None})
    await phone.hears("hello")
    await li.delete("/api/v1/session")
    await phone.hung_up()


async def test_who_may_only_read_types_to_no_customer(desk: House):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    await ada.patch(f"/api/v1/agents/{desk.agents['li'].id}", json={"role": "analyst"})
    typed = []
    stop = desk.desk.services.bus.listen(lambda signal: typed.append(signal) if signal.kind == "typing" else None)
    phone = Telephone(desk, li.cookies["goodword_session"])
    assert await phone.opened()
    phone.say({"cursor": None})
    await phone.hears("hello")
    phone.say({"kind": "typing", "conversation_id": "cnv_1", "on": True})
    phone.say({"kind": "viewing", "conversation_id": "cnv_1"})
    while "cnv_1" not in (await phone.hears("presence")).get("changed", {}):
        pass
    assert typed == []
    stop()
    await phone.hang_up()


@pytest.mark.parametrize("cursor", GARBAGE)
async def test_a_visitor_with_a_cursor_that_leads_nowhere_is_told_to_look_anew(desk: House, cursor):
    dana = await desk.visitor()
    await dana.says("Hello?")
    answer = await dana.call("GET", "events", params={"after": cursor})
    assert answer.status_code in (200, 400)
    stream = await asyncio.wait_for(dana.call("GET", "stream", params={"after": cursor}), SOON)
    assert "event: reset" in stream.text


async def test_a_line_whose_log_cannot_be_read_ends_so_that_the_visitor_comes_back(desk: House):
    services = desk.desk.services
    frames = visitors_line.visitor_frames(
        await _session(desk), "0.0", services.database, AwayFeed(), services.bus, services.clock
    )
    assert await asyncio.wait_for(_all(frames), SOON) == []


async def test_a_line_whose_log_cannot_be_read_ends_so_that_the_agent_comes_back(desk: House):
    async def still_in() -> bool:
        return True

    frames = frames_of_agents.agent_frames(
        frames_of_agents.Listener("agt_1", Eyes("agt_1")), "0.0", AwayFeed(), desk.desk.services.bus, still_in
    )
    assert await asyncio.wait_for(_all(frames), SOON) == []


class AwayFeed(Feed):
    """A feed whose database has gone."""

    def __init__(self) -> None:
        pass

    async def follow(
        self, cursor: str | None, streams: frozenset[str] | None = None, **_how: Any
    ) -> AsyncGenerator[Batch, None]:
        if cursor:
            raise Unavailable("database")
        yield Batch("0.0", ())


async def _all(frames: AsyncIterator[bytes]) -> list[bytes]:
    return [frame async for frame in frames]


async def _session(desk: House):
    from goodword.customers import find_session
    from goodword.platform import ids

    dana = await desk.visitor()

    async def find(tx: Tx):
        return await find_session(tx, ids.fingerprint(dana.opened["token"]), desk.chat.id, desk.clock.now())

    return await desk.desk.services.database.read(find)


def test_agents_are_asked_again_as_often_as_they_beat():
    assert frames_of_agents.ASK_AGAIN_EVERY <= agents_line.BEAT_EVERY
