"""What a watcher makes of the events is what a fresh look would show: the workspace's reducers and the server agree."""

import asyncio
import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any, get_args

import httpx
import msgspec
import pytest

from goodword.conversations import bounced, delivered, delivery_failed, inbox
from goodword.conversations.filter import Filter, Sort, View
from goodword.conversations.model import PRIORITIES
from goodword.conversations.visible import Eyes, may_see
from goodword.platform.clock import HOUR, MINUTE
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp, newest_cursor, since
from goodword.rig.clock import HandClock
from tests.desks import House, Visitor, house

pytestmark = pytest.mark.anyio
CLIENTS = Path(__file__).parents[2] / "clients"
STEPS = 340
FILTERS = [
    *(Filter(view=view, sort=sort) for view in get_args(View) for sort in get_args(Sort)),
    Filter(assignee="me"),
    Filter(assignee="none", waiting=True),
    Filter(team="none", status="waiting"),
    Filter(priority="high", sort="waiting"),
    Filter(tag="a", view="closed"),
    Filter(mood=("angry", "very_upset")),
    Filter(language="ko"),
    Filter(fields={"gift": True}),
    Filter(fields={"order": "水壶", "gift": False}),
]
# Whether it is there any more is a matter of chance.
MAY_MISS = {"unmerge", "merge", "split", "unsplit", "replies", "scheduled", "give-back", "snooze", "spam"}
WORTH_TELLING = {
    "MessageReceived",
    "ReplyQueued",
    "NoteAdded",
    "SideThreadSaid",
    "Whispered",
    "ReplyScheduled",
    "ReplyRescheduled",
    "ScheduledReplyCancelled",
    "StatusChanged",
    "Assigned",
    "Tagged",
    "Untagged",
    "PriorityChanged",
    "FieldSet",
    "ReadByAgent",
    "MarkedUnread",
    "MarkedSpam",
    "UnmarkedSpam",
    "ConversationJoined",
    "ConversationLeft",
    "MessagesSplitOff",
    "RatingGiven",
    "DeliveryFailed",
    "Bounced",
    "ReplyRequeued",
    "MessageRemoved",
}


@pytest.mark.parametrize("seed", [4_472, 79])
async def test_rows_follow_their_events_to_where_a_fresh_look_finds_them(
    database_url: str, tmp_path: Path, clock: HandClock, seed: int
) -> None:
    chance = random.Random(seed)
    async with house(tmp_path, database_url, clock) as desk:
        days = Days(desk, chance, await desk.signed_in("li"), await desk.signed_in("ada"))
        await days.begin()
        before, cursor = await _look(desk, days.li)
        for _ in range(STEPS):
            await days.something_happens()
            clock.go_on(chance.randint(1, 20_000))
            if chance.random() < 0.3:
                await desk.settle()
        await desk.settle()
        after, _ = await _look(desk, days.li)
        events = await desk.desk.services.database.read(since, cursor, 10_000)
    me = desk.agents["li"].id
    told = [msgspec.json.decode(event.public()) for event in events if may_see(event, Eyes(me))]
    story = {"me": me, "before": before, "after": after, "events": told}
    assert {event["type"] for event in told} >= WORTH_TELLING
    path = tmp_path / "story.json"
    path.write_text(json.dumps(story, ensure_ascii=False))
    run = await asyncio.to_thread(_reduced, path)
    assert run.returncode == 0, run.stdout[-6_000:] + run.stderr[-1_000:]


def _reduced(story: Path) -> subprocess.CompletedProcess[str]:
    command = ["npx", "vitest", "run", "tests/server_agrees.test.ts"]
    env = {**os.environ, "GOODWORD_STORY": str(story)}
    return subprocess.run(command, cwd=CLIENTS / "workspace", env=env, capture_output=True, text=True, check=False)


async def _look(desk: House, li: httpx.AsyncClient) -> tuple[dict[str, Any], str]:
    """All that Li could see, whichever way she looked."""
    me = desk.agents["li"].id

    async def look(tx: Tx) -> tuple[dict[str, Any], str]:
        ids = [row["id"] for row in await tx.rows("SELECT id FROM conversations")]
        lists = []
        for wanted in FILTERS:
            rows, _ = await inbox.rows(tx, wanted, me, 200)
            lists.append({"filter": msgspec.to_builtins(wanted), "ids": [row.id for row in rows]})
        rows = msgspec.to_builtins(await inbox.rows_of(tx, ids, me))
        seen = {"rows": rows, "counts": await inbox.counts(tx, me), "lists": lists}
        return seen, await newest_cursor(tx)

    seen, cursor = await desk.desk.services.database.read(look)
    pages = [(await li.get(f"/api/v1/conversations/{row['id']}")).json() for row in seen["rows"]]
    return {**seen, "pages": pages}, cursor


class Days:
    """Everything that can happen to a handful of conversations, by chance."""

    def __init__(self, desk: House, chance: random.Random, li: httpx.AsyncClient, ada: httpx.AsyncClient) -> None:
        self.desk = desk
        self.chance = chance
        self.li = li
        self.ada = ada
        self.visitors: list[Visitor] = []

    async def begin(self) -> None:
        for label, kind in (("Order", "text"), ("Gift", "checkbox")):
            await self.ada.post("/api/v1/fields", json={"label": label, "kind": kind, "on": "conversation"})
        for language in ("en", "fr", "ko"):
            self.visitors.append(await self.desk.visitor(language))
            await self.visitors[-1].says("Hello, where is my order?")

    async def something_happens(self) -> None:
        rows = (await self.li.get("/api/v1/conversations", params={"limit": 200})).json()["conversations"]
        spam = (await self.li.get("/api/v1/conversations", params={"view": "spam"})).json()["conversations"]
        row = self.chance.choice([*rows, *spam] or (await self._closed()))
        happenings = (self._is_written, self._is_worked_on, self._is_ordered, self._is_joined, self._is_sent)
        await self.chance.choice(happenings)(row)

    async def _closed(self) -> list[dict[str, Any]]:
        answer = await self.li.get("/api/v1/conversations", params={"view": "closed"})
        return list(answer.json()["conversations"])

    async def _post(self, row: dict[str, Any], deed: str, body: dict[str, Any] | None = None, who: Any = None) -> Any:
        """What is refused by how things stand has happened to nobody."""
        answer = await (who or self.li).post(f"/api/v1/conversations/{row['id']}/{deed}", json=body or {})
        assert answer.status_code < 500, (deed, body, answer.text)
        assert answer.status_code not in (400, 404) or deed in MAY_MISS, (deed, body, answer.text)
        return answer.json() if answer.status_code in (200, 201) else {}

    async def _is_written(self, row: dict[str, Any]) -> None:
        visitor, key, chance = self.chance.choice(self.visitors), f"k{self.chance.random()}", self.chance
        me, said = self.desk.agents["li"].id, {"client_id": key, "text": "Let me see.\nOne moment."}
        match chance.randrange(9):
            case 0 | 1 | 2:
                await visitor.says(chance.choice(["Any news?", "제 주문 어디예요?", "Merci !", "I am furious"]))
            case 3 | 4:
                await self._post(row, "replies", said)
            case 5:
                await self._post(row, "notes", {**said, "mentions": [me]}, who=chance.choice((self.li, self.ada)))
            case 6:
                thread = {**said, "title": "Payments?", "members": [me]}
                begun = await self._post(row, "side-threads", thread, who=self.ada)
                if begun:
                    path = f"side-threads/{begun['thread']['id']}/messages"
                    await self._post(row, path, {"client_id": f"{key}2", "text": "Still here"}, who=self.ada)
            case 7:
                to = chance.choice(list(self.desk.agents.values())).id
                await self._post(row, "whisper", {**said, "to": to}, who=self.ada)
            case 8:
                send_at = self.desk.clock.now() + chance.choice((MINUTE, HOUR))
                later = {**said, "send_at": send_at}
                made = await self._post(row, "scheduled", {**later, "only_if_silent": chance.random() < 0.5})
                if made and chance.random() < 0.6:
                    path = f"/api/v1/conversations/{row['id']}/scheduled/{made['scheduled_id']}"
                    await self.ada.patch(path, json={"text": "Let me see soon.", "send_at": send_at + MINUTE})
                    if chance.random() < 0.5:
                        await self.li.delete(path)

    async def _is_worked_on(self, row: dict[str, Any]) -> None:
        chance, colleague = self.chance, self.chance.choice(list(self.desk.agents.values())).id
        match chance.randrange(7):
            case 0:
                await self._post(row, "close")
                await self.chance.choice(self.visitors).call("POST", "rating", json={"score": chance.randint(1, 5)})
            case 1:
                await self._post(row, "reopen")
            case 2:
                await self._post(row, "snooze", {"until": self.desk.clock.now() + HOUR})
            case 3:
                await self._post(row, "assign", {"agent_id": chance.choice([colleague, None])})
            case 4:
                await self._post(row, "give-back")
            case 5:
                await self.chance.choice(self.visitors).call("POST", "human")
            case 6:
                claim = {"email": f"{chance.choice('dg')}@customers.example", "name": f"Dana {chance.random()}"}
                await self.chance.choice(self.visitors).call("POST", "contact", json=claim)

    async def _is_ordered(self, row: dict[str, Any]) -> None:
        chance = self.chance
        match chance.randrange(7):
            case 0:
                await self._post(row, "tags", {"add": [chance.choice("abc")], "remove": [chance.choice("abc")]})
            case 1:
                await self._post(row, "priority", {"priority": chance.choice(PRIORITIES)})
            case 2:
                values = {"order": chance.choice(["FO-1", "水壶", None]), "gift": chance.choice([True, False, None])}
                await self._post(row, "fields", {"values": values})
            case 3 | 4:
                seq = row["seq"] - chance.choice((0, 0, 3))
                await self._post(row, "read", {"seq": max(0, seq)}, who=chance.choice((self.li, self.li, self.ada)))
            case 5:
                high: dict[str, Any] = {"name": "priority", "priority": "high"}
                deed = chance.choice((high, {"name": "read"}, {"name": "unread"}))
                await self.li.post("/api/v1/conversations/bulk", json={"ids": [row["id"]], "deed": deed})
            case 6:
                await self._post(row, "unread", who=chance.choice((self.li, self.ada)))

    async def _is_joined(self, row: dict[str, Any]) -> None:
        chance = self.chance
        others = (await self.li.get("/api/v1/conversations", params={"customer": row["customer"]["id"]})).json()
        match chance.randrange(5):
            case 0:
                await self._post(row, "spam", {"on": not row["spam"]})
            case 1:
                for other in others["conversations"][:1]:
                    await self._post(row, "merge", {"into": other["id"]})
            case 2:
                merged = [one for one in await self._all() if one["merged_into"]]
                if merged:
                    await self._post(chance.choice(merged), "unmerge")
            case 3:
                page = (await self.li.get(f"/api/v1/conversations/{row['id']}")).json()
                said = [one["data"]["message"]["id"] for one in page["events"] if one["type"] == "MessageReceived"]
                if len(said) > 1:
                    await self._post(row, "split", {"message_ids": said[-1:]})
            case 4:
                page = (await self.li.get(f"/api/v1/conversations/{row['id']}")).json()
                into = [one["data"]["into"]["id"] for one in page["events"] if one["type"] == "MessagesSplitOff"]
                if into:
                    await self._post(row, "unsplit", {"into": into[-1]})

    async def _is_sent(self, row: dict[str, Any]) -> None:
        page = (await self.li.get(f"/api/v1/conversations/{row['id']}")).json()
        sent = [one["data"]["message"]["id"] for one in page["events"] if one["type"] == "ReplyQueued"]
        if not sent:
            return
        reply, database = self.chance.choice(sent[-3:]), self.desk.desk.services.database
        stamp = Stamp(self.desk.clock.now(), SYSTEM)
        match self.chance.randrange(6):
            case 0:
                await database.write(delivery_failed, stamp, reply, "refused", None, "554 no")
            case 1:
                gone = {"recipient": "dana@customers.example", "status": "5.1.1", "action": "failed"}
                await database.write(lambda tx: bounced(tx, stamp, reply, **gone))
            case 2:
                await self._post(row, f"messages/{reply}/resend")
            case 3:
                await database.write(delivered, stamp, reply)
            case _:
                told = {"MessageReceived", "ReplyQueued", "NoteAdded"}
                said = [one["data"]["message"]["id"] for one in page["events"] if one["type"] in told]
                path = f"/api/v1/conversations/{row['id']}/messages/{self.chance.choice(said[-4:])}"
                # What was split off stands elsewhere now.
                assert (await self.ada.delete(path)).status_code in (200, 404)

    async def _all(self) -> list[dict[str, Any]]:
        async def look(tx: Tx) -> Any:
            ids = [row["id"] for row in await tx.rows("SELECT id FROM conversations")]
            return msgspec.to_builtins(await inbox.rows_of(tx, ids))

        return list(await self.desk.desk.services.database.read(look))
