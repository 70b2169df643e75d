"""The job that reads an arrival."""

from typing import Final

from goodword.channels.arrivals import store
from goodword.platform.db import Tx
from goodword.platform.jobs import enqueue

READ: Final = "channels.read_arrival"


async def have_it_read(tx: Tx, id: str, at: int, tries: int = 0) -> None:
    """``tries``: how often it couldn't be read for reasons that pass."""
    await enqueue(tx, READ, {"id": id, "tries": tries}, at=at, dedupe=f"arrival:{id}")


async def ask_for_waiting(tx: Tx, now: int) -> None:
    """Whatever waits is read, also where its job was given up."""
    for id in await store.waiting(tx):
        await have_it_read(tx, id, now)
