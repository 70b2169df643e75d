"""Two processes give out the same queue at the same moment."""

import asyncio

import pytest

from goodword.platform.bus import LocalBus
from goodword.platform.db import open_database
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.jobs import Worker
from goodword.routing import place, serve_queue, take_back
from tests.routing.conftest import HANDLERS, DeskOfFennelAndOak

pytestmark = pytest.mark.anyio


async def test_nobody_gets_more_than_his_load_from_two_processes_together(database, database_url, bus, clock):
    """Forty conversations, four agents with three places each, placed and served from both sides at once."""
    desk = DeskOfFennelAndOak(database, Worker("one", database, bus, clock, HANDLERS), clock)
    agents = [await desk.agent(name, "en", max_load=3) for name in ("Ada", "Noor", "Theo", "Jun")]
    asked = [await desk.customer_asks(f"Customer{number}", "en") for number in range(40)]
    for agent in agents:
        await desk.comes(agent)
    assert {(await desk.see(id)).assignee_id for id in asked} == {None}
    other = await open_database(database_url)
    other.on_commit = LocalBus().ring
    sides, stamp = (database, other), Stamp(clock.now(), SYSTEM)
    deeds = [sides[number % 2].write(place, stamp, id) for number, id in enumerate(asked)]
    deeds += [side.write(deed, stamp) for side in sides for deed in (serve_queue, take_back) * 4]
    await asyncio.gather(*deeds)
    await other.close()
    found = [await desk.see(id) for id in asked]
    assert [sum(one.assignee_id == agent.id for one in found) for agent in agents] == [3, 3, 3, 3]
    waiting = [one for one in found if one.assignee_id is None]
    assert sorted(one.queue_position or 0 for one in waiting) == list(range(1, 29))
