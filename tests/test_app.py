"""The composition root holds together."""

import pytest

from goodword import app
from goodword.platform.clock import DAY
from goodword.platform.db import Tx
from tests.desks import house

pytestmark = pytest.mark.anyio


async def test_whoever_subscribes_has_a_handler(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        known = desk.desk.worker.handlers
        wanted = {name for names in app.SUBSCRIPTIONS.values() for name in names}
        assert wanted <= known.keys()


async def test_sessions_of_visitors_who_never_came_back_are_forgotten_daily(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        await desk.visitor()

        async def count(tx: Tx) -> int:
            return int(await tx.value("SELECT count(*) FROM visitor_sessions"))

        await app.begin_chores(desk.desk)
        await desk.settle()
        assert await desk.desk.services.database.read(count) == 1
        clock.go_on(181 * DAY)
        await desk.settle()
        assert await desk.desk.services.database.read(count) == 0
