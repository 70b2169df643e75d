"""``goodword check``: would it run?"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from goodword.app import Desk, open_desk
from goodword.cli import explained
from goodword.cli.options import data_option, json_option, quiet_settings, show
from goodword.platform.db import Tx
from goodword.platform.errors import GoodwordError
from goodword.platform.settings import Settings
from goodword.web.pages import STATIC

ROOM = 200_000_000


@click.command()
@data_option
@json_option
def check(data: Path | None, as_json: bool) -> None:
    """Look at settings, database, disk, embedding and clients, and say what is wrong."""
    wrong = asyncio.run(_check(quiet_settings(data), as_json))
    raise SystemExit(1 if wrong else 0)


async def _check(settings: Settings, as_json: bool) -> int:
    wrong = 0
    async with open_desk(settings, reacting=False) as desk:
        for name, look in LOOKS.items():
            trouble = await _looked(look, desk)
            wrong += trouble is not None
            result = {"check": name, "passed": trouble is None, "detail": trouble or ""}
            show(result, as_json, lambda one: f"{'ok   ' if one['passed'] else 'WRONG'} {one['check']} {one['detail']}")
    return wrong


async def _looked(look: Callable[[Desk], Awaitable[str | None]], desk: Desk) -> str | None:
    try:
        return await look(desk)
    except GoodwordError as error:
        return explained(error)


async def _database(desk: Desk) -> str | None:
    async def touch(tx: Tx) -> None:
        await tx.value("SELECT 1")

    await desk.services.database.write(touch)
    return None


async def _disk(desk: Desk) -> str | None:
    folder = desk.services.settings.folder
    if not os.access(folder, os.W_OK):
        return f"{folder} can't be written"
    status = os.statvfs(folder)
    free = status.f_bavail * status.f_frsize
    return None if free > ROOM else f"only {free // 1_000_000} MB free"


async def _embedding(desk: Desk) -> str | None:
    await desk.embedder.query(["hello"])
    return None


async def _clients(desk: Desk) -> str | None:
    missing = [name for name in ("workspace/index.html", "widget/widget.js") if not (STATIC / name).exists()]
    return f"not built: {', '.join(missing)}" if missing else None


LOOKS = {"database": _database, "disk": _disk, "embedding": _embedding, "clients": _clients}
