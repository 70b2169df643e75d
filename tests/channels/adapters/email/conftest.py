from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from goodword.channels.adapters.email.fetching import connecting, cursor
from goodword.rig.clock import HandClock
from tests.channels.adapters.email.care import Care
from tests.channels.adapters.email.care import caring as cared_for
from tests.channels.adapters.email.mailroom import Mailroom, mailroom
from tests.mailservers.servers import MailServers

Caring = Callable[..., Awaitable[Care]]


@pytest.fixture
async def room(database_url: str, tmp_path: Path, clock: HandClock) -> AsyncIterator[Mailroom]:
    async with mailroom(tmp_path, database_url, clock) as opened:
        yield opened


@pytest.fixture
async def caring(database_url: str, tmp_path: Path, mail_servers: MailServers) -> AsyncIterator[Caring]:
    """``await caring(folders=[…])``: a desk with a mailbox on a real server, and nothing in it yet."""
    async with AsyncExitStack() as stack:

        async def one(**settings: Any) -> Care:
            return await stack.enter_async_context(cared_for(tmp_path, database_url, mail_servers, **settings))

        yield one


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ever, only sooner: what is waited for in seconds is waited for in tenths."""
    monkeypatch.setattr(connecting, "CONNECT", 0.5)
    monkeypatch.setattr(connecting, "READ", 0.5)
    monkeypatch.setattr(cursor, "LONGEST_PAUSE", 100)
