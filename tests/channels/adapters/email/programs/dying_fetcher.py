"""Looks into a mailbox once, and dies as in a power cut at a given moment.

usage: dying_fetcher.py DATABASE_URL FOLDER CHANNEL_ID SETTINGS(json) MOMENT TIMES
MOMENT: after_bytes, in_transaction, after_commit or never; TIMES: how many of these moments it survives.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from goodword.channels import store
from goodword.channels.adapters.email.fetching.connecting import way_of
from goodword.channels.adapters.email.fetching.listener import Listener
from goodword.channels.adapters.email.fetching.session import opened
from goodword.channels.arrivals import RawStore
from goodword.channels.post_office import PostOffice
from goodword.platform.clock import SystemClock
from goodword.platform.db import open_database
from goodword.platform.http import open_client


class Fuse:
    def __init__(self, moment: str, survives: int) -> None:
        self._moment = moment
        self._left = survives

    def reached(self, moment: str) -> None:
        if moment == self._moment:
            self._left -= 1
            if self._left < 0:
                os.kill(os.getpid(), signal.SIGKILL)


class DyingRaws(RawStore):
    fuse: Fuse

    async def put(self, raw: bytes) -> str:
        digest = await super().put(raw)
        self.fuse.reached("after_bytes")
        return digest


class DyingDatabase:
    """A database of which each deed that hands mails in may be the last."""

    def __init__(self, database, fuse: Fuse) -> None:
        self._database = database
        self._fuse = fuse

    def __getattr__(self, name: str):
        return getattr(self._database, name)

    async def write(self, deed, /, *args, **kwargs):
        if deed.__name__ != "_record":
            return await self._database.write(deed, *args, **kwargs)

        async def watched(tx):
            done = await deed(tx, *args, **kwargs)
            self._fuse.reached("in_transaction")
            return done

        result = await self._database.write(watched)
        self._fuse.reached("after_commit")
        return result


async def main(url: str, folder: str, channel_id: str, settings: str, moment: str, times: str) -> None:
    fuse = Fuse(moment, int(times))
    database = await open_database(url)
    raws = DyingRaws(Path(folder) / "raw")
    raws.fuse = fuse
    channel = await database.read(store.get, channel_id)
    channel.settings.update(json.loads(settings))
    way = way_of(channel.settings)

    async def find_way():
        return way

    post = PostOffice(DyingDatabase(database, fuse), SystemClock(), raws, open_client(inwards=True))
    listener = Listener(channel, post, find_way)
    listener.know(way)
    async with opened(way) as session:
        await listener.catch_up(session)
    await database.close()


asyncio.run(main(*sys.argv[1:]))
