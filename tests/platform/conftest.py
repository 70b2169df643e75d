"""What the tests of the platform share: a shelf to put things on, a fact to record, programs to kill."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from goodword.platform.db import Database, Subscriptions, Tx, open_database
from goodword.platform.events import Fact

PROGRAMS = Path(__file__).with_name("programs")


class KettleBoiled(Fact):
    cups: int = 1


@pytest.fixture
def boiled() -> type[KettleBoiled]:
    return KettleBoiled


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Callable[..., Awaitable[Database]]]:
    """More connections to the database of the test, as other processes have them; closed afterwards."""
    async with AsyncExitStack() as stack:

        async def open_one(subscriptions: Subscriptions | None = None) -> Database:
            one = await open_database(database_url, subscriptions)
            stack.push_async_callback(one.close)
            return one

        yield open_one


class Shelf:
    """A table of the test's own: ``what`` stands on it once."""

    async def put(self, tx: Tx, what: str) -> None:
        await tx.run("INSERT INTO shelf (what) VALUES (:what)", what=what)

    async def all(self, tx: Tx) -> list[str]:
        return [row["what"] for row in await tx.rows("SELECT what FROM shelf ORDER BY what")]


@pytest.fixture
async def shelf(database: Database) -> AsyncIterator[Shelf]:
    async def build(tx: Tx) -> None:
        await tx.run("CREATE TABLE shelf (what VARCHAR(200) PRIMARY KEY, label TEXT NOT NULL DEFAULT 'plain')")

    async def tear_down(tx: Tx) -> None:
        await tx.run("DROP TABLE shelf")

    await database.write(build)
    yield Shelf()
    await database.write(tear_down)


class Program:
    """A program of ``programs/`` that is running."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said = process.stdout
        assert self._said

    async def line(self) -> str:
        """The next line it says; a line that was cut off by its death is none."""
        assert self._said
        said = await asyncio.wait_for(self._said.readline(), 20)
        return said.decode().rstrip("\n") if said.endswith(b"\n") else ""

    async def kill(self) -> list[str]:
        """SIGKILL; what it had said before."""
        assert self._said
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
        rest = await self._said.read()
        await self._process.wait()
        return [line.decode() for line in rest.split(b"\n")[:-1]]

    async def end(self) -> int:
        return await asyncio.wait_for(self._process.wait(), 20)


@asynccontextmanager
async def running(name: str, *arguments: str) -> AsyncIterator[Program]:
    source = Path(__file__).parents[2] / "src"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROGRAMS / name),
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(source)},
    )
    program = Program(process)
    try:
        yield program
    finally:
        await program.kill()


@pytest.fixture
def run_program():
    """``async with run_program("appender.py", url) as program``"""
    return running
