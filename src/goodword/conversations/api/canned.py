"""Canned answers."""

import msgspec
from litestar import delete, get, patch, post

from goodword.conversations.canned import (
    CannedAnswer,
    canned_answers,
    get_canned_answer,
    keep_canned_answer,
    remove_canned_answer,
)
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp
from goodword.platform.words import clean
from goodword.staff import Caller


class CannedTexts(msgspec.Struct):
    key: str | None = None
    texts: dict[str, str] | None = None


@get("/canned")
async def list_canned(caller: Caller, database: Database) -> dict[str, list[CannedAnswer]]:
    """All canned answers, in every language they have."""
    caller.need("conversations.read")
    return {"canned": await database.read(canned_answers)}


@post("/canned")
async def add_canned(data: CannedTexts, caller: Caller, database: Database, clock: Clock) -> CannedAnswer:
    """A new canned answer."""
    stamp = caller.stamp(clock.now())
    return await database.write(keep_canned_answer, stamp, clean(data.key or ""), data.texts or {})


@patch("/canned/{id:str}")
async def edit_canned(id: str, data: CannedTexts, caller: Caller, database: Database, clock: Clock) -> CannedAnswer:
    """Another key or wording."""
    return await database.write(_edit_canned, caller.stamp(clock.now()), id, data)


@delete("/canned/{id:str}")
async def remove_canned(id: str, caller: Caller, database: Database, clock: Clock) -> None:
    """It is gone."""
    await database.write(remove_canned_answer, caller.stamp(clock.now()), id)


routes = [list_canned, add_canned, edit_canned, remove_canned]


async def _edit_canned(tx: Tx, stamp: Stamp, id: str, changes: CannedTexts) -> CannedAnswer:
    stamp.need("conversations.assign")
    canned = await get_canned_answer(tx, id)
    texts = canned.texts if changes.texts is None else changes.texts
    return await keep_canned_answer(tx, stamp, clean(changes.key or canned.key), texts, id=id)
