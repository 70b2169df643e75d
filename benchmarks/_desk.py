"""A real desk in a process of its own, furnished for a benchmark; and what its process has used so far."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from goodword.app import open_desk
from goodword.channels.actions.add_channel import add_channel
from goodword.cli.knowledge import embed_missing
from goodword.knowledge import import_document, prepared
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import load
from goodword.rig.demo.material import articles
from goodword.rig.server import Server
from goodword.staff import COOKIE, Place, Profile, add_agent, hashed, start_session

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Furnished:
    """``token`` posts to the API channel ``till``; ``cookies`` are the agents', who are all signed in."""

    token: str
    cookies: tuple[str, ...]


@contextmanager
def desk(agents: int = 1, languages: tuple[str, ...] = (), **settings: object) -> Iterator[tuple[Server, Furnished]]:
    """A server over a fresh SQLite file (``synchronous=FULL``) with a web chat ``shop`` and an API channel ``till``.

    ``languages`` in which the demo company's articles are there.
    """
    with TemporaryDirectory(prefix="goodword-bench-") as folder:
        furnished = asyncio.run(furnish(Path(folder), agents, languages))
        with Server(Path(folder), **settings) as server:
            yield server, furnished


async def furnish(folder: Path, agents: int, languages: tuple[str, ...]) -> Furnished:
    documents = [
        prepared(name, data, source=f"bench/{language}/{name}", slug=name.removesuffix(".md"), language=language)
        for language in languages
        for name, data in articles(language)
    ]
    password = await hashed("thyme-and-oak", "ada@fennel-oak.example")
    async with open_desk(load({}, data=folder), reacting=False) as open_one:
        services = open_one.services
        stamp = Stamp(services.clock.now(), SYSTEM)

        async def put_up(tx: Tx) -> Furnished:
            cookies = []
            for n in range(agents):
                profile = Profile(f"Agent {n}", f"agent{n}@fennel-oak.example", languages=("en",), role="admin")
                agent = await add_agent(tx, stamp, profile, password)
                cookies.append(f"{COOKIE}={await start_session(tx, stamp, agent, Place('bench'))}")
            kinds = services.registry
            await add_channel(tx, stamp, kinds.get("webchat").manifest, "Shop", {}, key="shop")
            _, token = await add_channel(tx, stamp, kinds.get("api").manifest, "Till", {}, key="till")
            for document in documents:
                await import_document(tx, stamp, document)
            return Furnished(token, tuple(cookies))

        furnished = await services.database.write(put_up)
        if documents:
            await embed_missing(open_one)
        return furnished


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid: int) -> float:
    """What a process holds in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
