"""What a watcher makes of the events is what a fresh look would show: the workspace's reducers and the server agree."""

import asyncio
import json
import os
import random
import subprocess
from pathlib import Path

import msgspec
import pytest

from goodword.conversations import inbox
from goodword.conversations.inbox import Filter
from goodword.platform.clock import HOUR
from goodword.platform.db import Tx
from goodword.platform.events import newest_cursor, since
from goodword.rig.clock import HandClock
from tests.desks import House, Visitor, house

pytestmark = pytest.mark.anyio
CLIENTS = Path(__file__).parents[2] / "clients"
STEPS = 120


async def test_rows_follow_their_events_to_where_a_fresh_look_finds_them(
    database_url: str, tmp_path: Path, clock: HandClock
) -> None:
    chance = random.Random(4_471)
    async with house(tmp_path, database_url, clock) as desk:
        li, visitors = await desk.signed_in("li"), [await desk.visitor(language) for language in ("en", "fr", "ko")]
        for visitor in visitors:
            await visitor.says("Hello, where is my order?")
        before, cursor = await _snapshot(desk)
        for _ in range(STEPS):
            await _something(desk, chance, li, chance.choice(visitors), before)
            clock.go_on(chance.randint(1, 20_000))
            if chance.random() < 0.3:
                await desk.settle()
        await desk.settle()
        after, _ = await _snapshot(desk)
        events = await desk.desk.services.database.read(since, cursor, 10_000)
    story = {"before": before, "after": after, "events": [msgspec.json.decode(event.public()) for event in events]}
    path = tmp_path / "story.json"
    path.write_text(json.dumps(story, ensure_ascii=False))
    run = await asyncio.to_thread(_reduced, path)
    assert run.returncode == 0, run.stdout[-3_000:] + run.stderr[-1_000:]


def _reduced(story: Path) -> subprocess.CompletedProcess[str]:
    command = ["npx", "vitest", "run", "tests/server_agrees.test.ts"]
    env = {**os.environ, "GOODWORD_STORY": str(story)}
    return subprocess.run(command, cwd=CLIENTS / "workspace", env=env, capture_output=True, text=True, check=False)


async def _snapshot(desk: House) -> tuple[list[dict[str, object]], str]:
    async def look(tx: Tx) -> tuple[list[dict[str, object]], str]:
        rows, cursor = [], await newest_cursor(tx)
        for view in ("all", "closed"):
            rows += (await inbox.rows(tx, Filter(view, None, limit=200)))[0]
        return msgspec.to_builtins(rows), cursor

    return await desk.desk.services.database.read(look)


async def _something(desk: House, chance: random.Random, li, visitor: Visitor, rows) -> None:
    id = chance.choice(rows)["id"]
    path = f"/api/v1/conversations/{id}"
    key = f"k{chance.random()}"
    colleague = chance.choice([agent.id for agent in desk.agents.values()])
    match chance.randrange(14):
        case 0 | 1 | 2:
            await visitor.says(chance.choice(["Any news?", "제 주문 어디예요?", "Merci !", "I am furious"]))
        case 3 | 4:
            await li.post(f"{path}/replies", json={"client_id": key, "text": "Let me see.\nOne moment."})
        case 5:
            await li.post(f"{path}/notes", json={"client_id": key, "text": "Third time."})
        case 6:
            await li.post(f"{path}/close")
        case 7:
            await li.post(f"{path}/reopen")
        case 8:
            await li.post(f"{path}/snooze", json={"until": desk.clock.now() + HOUR})
        case 9:
            await li.post(f"{path}/assign", json={"agent_id": chance.choice([colleague, None])})
        case 10:
            await li.post(f"{path}/tags", json={"add": [chance.choice("abc")], "remove": [chance.choice("abc")]})
        case 11:
            await li.post(f"{path}/give-back")
        case 12:
            await visitor.call("POST", "human")
        case 13:
            await visitor.call("POST", "contact", json={"email": "dana@customers.example", "name": f"Dana {key}"})
