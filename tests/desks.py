"""A whole desk inside the test: every door open, jobs run when told to, no server, no sleeping."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec
from argon2 import PasswordHasher
from litestar import Litestar

from goodword.app import Desk, build_app, open_desk
from goodword.channels.actions.add_channel import add_channel
from goodword.channels.model import Channel
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import Settings, load
from goodword.rig.clock import HandClock
from goodword.staff import Agent, Profile, add_agent
from goodword.web import change_hands

PASSWORD = "kettles-and-knives"
# As cheap as argon2 makes it: what a password costs a guesser is not what these tests are about.
KEPT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
WHERE = "http://desk.test"


@dataclass
class House:
    """``http`` speaks to the doors as a stranger; ``signed_in`` gives one who is somebody."""

    desk: Desk
    clock: HandClock
    app: Any
    http: httpx.AsyncClient
    chat: Channel
    till: Channel
    till_token: str
    agents: dict[str, Agent] = field(default_factory=dict)

    async def settle(self) -> None:
        """Everything that is due happens, and what that sets off."""
        await self.desk.worker.run_until_idle()

    async def signed_in(self, key: str) -> httpx.AsyncClient:
        client = self.client()
        answer = await client.post("/api/v1/session", json={"email": f"{key}@fennel-oak.example", "password": PASSWORD})
        answer.raise_for_status()
        return client

    def client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=WHERE, headers={"Origin": WHERE})

    async def visitor(self, language: str = "en", **call: Any) -> "Visitor":
        answer = await self.http.post("/chat/v1/shop/session", json={"language": language, **call})
        answer.raise_for_status()
        return Visitor(self, answer.json())


class Visitor:
    """Somebody with a widget."""

    def __init__(self, house: House, opened: dict[str, Any]) -> None:
        self.house = house
        self.opened = opened
        self.cursor = opened["cursor"]
        self.headers = {"Authorization": f"Bearer {opened['token']}"}
        self._said = 0

    async def says(self, text: str, **more: Any) -> httpx.Response:
        self._said += 1
        call = {"client_id": f"c{self._said}", "text": text, **more}
        return await self.house.http.post("/chat/v1/shop/messages", json=call, headers=self.headers)

    async def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        return await self.house.http.request(method, f"/chat/v1/shop/{path}", headers=self.headers, **more)

    async def news(self) -> list[dict[str, Any]]:
        """What has come since he looked last."""
        answer = await self.call("GET", "events", params={"after": self.cursor, "limit": 200})
        answer.raise_for_status()
        self.cursor = answer.json()["cursor"]
        return list(answer.json()["events"])

    async def hears(self) -> list[str]:
        """The texts of the replies among the news."""
        return [e["data"]["message"]["text"] for e in await self.news() if e["type"] == "ReplyQueued"]


@asynccontextmanager
async def house(folder: Path, url: str, clock: HandClock, **settings: Any) -> AsyncIterator[House]:
    """Ada (administrator), Li (Chinese) and Jun (Korean) at a desk with a web chat and an API channel."""
    given = {"embedding": "none", "company": "Fennel & Oak", **settings}
    async with open_desk(load({}, data=folder, database_url=url, **given), clock=clock) as desk:
        kinds = desk.services.registry

        async def furnish(tx: Tx) -> tuple[Channel, Channel, str, list[Agent]]:
            stamp = Stamp(clock.now(), SYSTEM)
            agents = [await add_agent(tx, stamp, profile, KEPT) for profile in STAFF]
            chat, _ = await add_channel(tx, stamp, kinds.get("webchat").manifest, "Shop chat", {}, key="shop")
            hook = {"webhook_url": "http://127.0.0.1:9/hook"}
            till, token = await add_channel(tx, stamp, kinds.get("api").manifest, "Till", hook, key="till")
            return chat, till, token, agents

        chat, till, token, agents = await desk.services.database.write(furnish)
        app = _door(desk)
        whole = House(desk, clock, app, None, chat, till, token)  # type: ignore[arg-type]
        whole.agents = {agent.email.partition("@")[0]: agent for agent in agents}
        whole.http = whole.client()
        feed = asyncio.create_task(_feeding(desk))
        try:
            yield whole
        finally:
            feed.cancel()
            await asyncio.gather(feed, return_exceptions=True)
            DOORS.setdefault(_shape(desk), []).append(app)


# Doors whose house is gone. To build one takes most of the time in which a house is built.
DOORS: dict[Settings, list[Litestar]] = {}


def _door(desk: Desk) -> Litestar:
    left = DOORS.get(_shape(desk))
    if not left:
        return build_app(desk)
    door = left.pop()
    change_hands(door, desk.services)
    return door


def _shape(desk: Desk) -> Settings:
    """All that a door may depend on: every setting but where the data are."""
    return msgspec.structs.replace(desk.services.settings, data="", database_url="")


async def _feeding(desk: Desk) -> None:
    await desk.services.feed.start()
    try:
        await asyncio.Event().wait()
    finally:
        await desk.services.feed.stop()


STAFF = (
    Profile("Ada Silva", "ada@fennel-oak.example", role="admin", languages=("en", "fr")),
    Profile("Li Na", "li@fennel-oak.example", languages=("zh-Hans", "zh-Hant", "en")),
    Profile("Jun Park", "jun@fennel-oak.example", languages=("ko", "en")),
)
