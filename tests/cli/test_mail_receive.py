"""``goodword mail receive``: what a mail server's pipe is told, and what becomes of the mail."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goodword.app import open_desk
from goodword.channels.actions.add_channel import add_channel
from goodword.cli import goodword
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import load

MAIL = b"From: Dana Evans <dana@customers.example>\r\nSubject: Lid\r\nMessage-ID: <1@x>\r\n\r\nIt is cracked.\r\n"
Pipe = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with the mailbox ``help``."""
    monkeypatch.setenv("GOODWORD_EMBEDDING", "none")
    monkeypatch.setenv("GOODWORD_DATA", str(tmp_path / "desk"))
    asyncio.run(add_mailbox("help"))
    return tmp_path / "desk"


async def add_mailbox(key: str, **settings: str) -> None:
    async with open_desk(load()) as desk:
        manifest = desk.services.registry.get("email").manifest
        stamp, given = Stamp(desk.services.clock.now(), SYSTEM), {"address": f"{key}@fennel-oak.example", **settings}

        async def deed(tx):
            await add_channel(tx, stamp, manifest, key, given, key=key)

        await desk.services.database.write(deed)


async def read_all() -> None:
    async with open_desk(load()) as desk:
        await desk.worker.run_until_idle()


def pipe(raw: bytes, *words: str) -> Result:
    return CliRunner().invoke(goodword, ["mail", "receive", *words], input=raw)


def texts(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "goodword.db")) as file:
        return [row[0] for row in file.execute("SELECT text FROM messages WHERE author_kind = 'customer' ORDER BY seq")]


def test_a_mail_from_the_pipe_is_stored_and_read_by_the_desk_once(folder: Path):
    first, again = pipe(MAIL), pipe(MAIL, "--channel", "help")
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert first.output == again.output
    assert [path.read_bytes() for path in (folder / "raw").rglob("*") if path.is_file()] == [MAIL]
    asyncio.run(read_all())
    assert texts(folder) == ["It is cracked."]


@pytest.mark.parametrize("words", [("--channel", "nowhere"), ()])
def test_where_it_is_not_clear_for_whom_it_is_the_server_tries_again(folder: Path, words):
    asyncio.run(add_mailbox("sales"))
    refused = pipe(MAIL, *words)
    assert refused.exit_code == 75
    assert refused.stderr.startswith("goodword: ")
    assert pipe(MAIL, "--channel", "sales").exit_code == 0


def test_while_it_cannot_be_stored_the_server_tries_again(folder: Path):
    raws = folder / "raw"
    raws.write_text("in the way")
    refused = pipe(MAIL)
    assert refused.exit_code == 75
    assert "can’t be stored" in refused.stderr
    raws.unlink()
    assert pipe(MAIL).exit_code == 0


def test_a_desk_that_was_never_set_up_makes_the_server_try_again(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("GOODWORD_DATA", str(tmp_path / "nothing"))
    assert pipe(MAIL).exit_code == 75


def test_an_empty_mail_is_no_mail(folder: Path):
    assert pipe(b"\n").exit_code == 75
