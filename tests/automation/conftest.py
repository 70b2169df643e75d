"""The desk of Fennel & Oak, whose rules are written through the doors and whose customers write through the chat."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from goodword.platform.events import Event, latest
from tests.desks import House, Visitor, house


@pytest.fixture
async def desk(database_url, tmp_path, clock) -> AsyncIterator["Automated"]:
    async with house(tmp_path, database_url, clock, assistant_answers=False) as opened:
        yield Automated(opened, await opened.signed_in("ada"))


class Automated:
    """Ada looks after the rules."""

    def __init__(self, opened: House, ada: httpx.AsyncClient) -> None:
        self.house = opened
        self.clock = opened.clock
        self.database = opened.desk.services.database
        self.ada = ada

    async def rule(self, name: str, when: Any, steps: list[dict[str, Any]], *conditions: Any, **more: Any) -> str:
        """A rule that is in force; its id."""
        event = {"event": when} if isinstance(when, str) else when
        given = [{"field": field, "op": op, "value": value} for field, op, value in (one[:3] for one in conditions)]
        for written, one in zip(given, conditions, strict=True):
            written |= {"key": one[3]} if len(one) > 3 else {}
        body = {"name": name, "when": event, "conditions": given, "steps": steps, "enabled": True, **more}
        answer = await self.ada.post("/api/v1/rules", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def writes(self, text: str, visitor: Visitor | None = None, settle: bool = True) -> "Thread":
        visitor = visitor or await self.house.visitor()
        answer = await visitor.says(text)
        assert answer.status_code in (200, 202), answer.text
        if settle:
            await self.settle()
        return Thread(self, visitor, answer.json()["conversation_id"])

    async def settle(self, minutes: int = 0) -> None:
        await self.house.settle()
        if minutes:
            self.clock.go_on(minutes * 60_000)
            await self.house.settle()

    async def log(self, rule_id: str) -> list[dict[str, Any]]:
        answer = await self.ada.get(f"/api/v1/rules/{rule_id}/log")
        return list(answer.json()["doings"])


class Thread:
    """A conversation with somebody who has a widget."""

    def __init__(self, desk: Automated, visitor: Visitor, id: str) -> None:
        self.desk = desk
        self.visitor = visitor
        self.id = id

    async def says(self, text: str) -> None:
        self.desk.clock.go_on(1_000)
        await self.desk.writes(text, self.visitor)

    async def do(self, path: str, client: httpx.AsyncClient | None = None, **body: Any) -> httpx.Response:
        """A deed of Ada's, or of whoever's client it is."""
        self.desk.clock.go_on(1_000)
        answer = await (client or self.desk.ada).post(f"/api/v1/conversations/{self.id}/{path}", json=body)
        await self.desk.settle()
        return answer

    async def replies(self, text: str) -> None:
        answer = await self.do("replies", client_id=f"r{self.desk.clock.now()}", text=text)
        assert answer.status_code == 202, answer.text

    async def row(self) -> dict[str, Any]:
        answer = await self.desk.ada.get(f"/api/v1/conversations/{self.id}")
        return dict(answer.json()["conversation"])

    async def events(self, *types: str) -> list[Event]:
        found = await self.desk.database.read(latest, self.id, 1_000)
        return [event for event in found if event.type in types or not types]

    async def applied(self) -> list[str]:
        """The names of the rules that were applied, in order."""
        return [event.fact().rule.name for event in await self.events("RuleApplied")]  # type: ignore[attr-defined]
