"""Whole ways through a running desk: a real server, real databases, a real browser."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from goodword.app import open_desk
from goodword.channels.actions.add_channel import add_channel
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import load
from goodword.rig.cast import ADA, COMPANY
from goodword.rig.cast import PASSWORD as OF_THE_CAST
from goodword.rig.mail.smtp import ScriptedSmtp
from goodword.rig.server import Server
from goodword.staff import Profile, add_agent, hashed
from tests.conftest import REQUIRE_ALL
from tests.walks.mailroom import Mailbox, ask, running
from tests.walks.people import STILL, AgentAtWork, Windows

PASSWORD = "kettles-and-knives"
LI = Profile("Li Na", "li@fennel-oak.example", languages=("zh-Hans", "zh-Hant", "en"), role="admin")


QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en",
]


async def small_desk(folder: Path, url: str) -> str:
    """Li Na alone with a web chat and an API channel; the API channel's token."""
    settings = load({}, data=folder, database_url=url)
    password = await hashed(PASSWORD, LI.email)
    async with open_desk(settings, reacting=False) as desk:
        kinds = desk.services.registry

        async def furnish(tx: Tx) -> str:
            stamp = Stamp(desk.services.clock.now(), SYSTEM)
            await add_agent(tx, stamp, LI, password)
            await add_channel(tx, stamp, kinds.get("webchat").manifest, "Shop chat", {}, key="shop")
            _, token = await add_channel(tx, stamp, kinds.get("api").manifest, "Till", {}, key="till")
            return token

        return await desk.services.database.write(furnish)


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demo company, built once for all workers of a run.

    By a process of its own: the event loop of a running browser leaves no room for another in this one.
    """
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder = shared / "demo-company"
    with (shared / "demo-company.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "built").exists():
            command = [sys.executable, "-m", "goodword", "demo", "--data", str(folder)]
            built = subprocess.run(command, capture_output=True, text=True, check=False)
            assert built.returncode == 0, built.stderr
            (folder / "built").touch()
    return folder


@pytest.fixture
def demo_server(demo_template: Path, tmp_path: Path) -> Iterator[Server]:
    """The demo company, moved in and open."""
    folder = tmp_path / "data"
    shutil.copytree(demo_template, folder)
    with Server(folder, demo="true") as server:
        yield server


@pytest.fixture(scope="module")
def shop(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One demo company for all walks of a file; none of them counts on what another left behind."""
    folder = tmp_path_factory.mktemp("shop") / "data"
    shutil.copytree(demo_template, folder)
    with Server(folder, demo="true") as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A Chromium for the walks of a file."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        if REQUIRE_ALL:
            pytest.fail("no Chromium here")
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture
def windows(chromium: Browser) -> Iterator[Windows]:
    """Opens windows, each a person's own; at the end no page may have complained of anything."""
    opened = Windows(chromium)
    yield opened
    opened.close()
    assert opened.complaints == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A desk with nobody but Ada, and nothing in it."""
    with Server(tmp_path_factory.mktemp("desk"), embedding="none") as server:
        first = {"name": ADA.name, "email": ADA.email, "password": OF_THE_CAST, "company": COMPANY}
        httpx.post(f"{server.url}/api/v1/setup", json=first, headers={"Origin": server.url}).raise_for_status()
        yield server


@pytest.fixture(scope="module")
def relay() -> Iterator[ScriptedSmtp]:
    with running(ScriptedSmtp) as server:
        yield server


@pytest.fixture
def ada(desk: Server, windows: Windows) -> AgentAtWork:
    return AgentAtWork(windows.open(**STILL), desk, ADA, "all")


@pytest.fixture
def mailbox(ada: AgentAtWork, relay: ScriptedSmtp) -> Iterator[Mailbox]:
    """Gone at the end, so that each walk has the only one."""
    made = Mailbox(ada, relay)
    yield made
    ask(ada, "PATCH", f"channels/{made.id}", {"disabled": True})
