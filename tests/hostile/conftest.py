from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from goodword.rig.clock import HandClock
from tests.desks import House, house


@pytest.fixture
async def desk(database_url: str, tmp_path: Path, clock: HandClock) -> AsyncIterator[House]:
    async with house(tmp_path, database_url, clock) as opened:
        yield opened
