"""Conversations are merged and split, and both is undone."""

from typing import Annotated

import msgspec
from litestar import post
from msgspec import Meta

from goodword import conversations as deeds
from goodword.conversations import inbox
from goodword.conversations.api.shapes import Changed, changed
from goodword.platform.bus import Bus, Signal
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp
from goodword.staff import Caller


class Into(msgspec.Struct):
    into: str


class Chosen(msgspec.Struct):
    message_ids: Annotated[list[str], Meta(max_length=200)]


@post("/conversations/{id:str}/merge", status_code=200)
async def merge(id: str, data: Into, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Show it in the time line of another conversation of the same customer; that one's row."""
    return await database.write(_merge, caller.stamp(clock.now()), id, data.into)


@post("/conversations/{id:str}/unmerge", status_code=200)
async def unmerge(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Have it stand alone again; its row."""
    return await changed(database, deeds.unmerge, caller.stamp(clock.now()), id)


@post("/conversations/{id:str}/split", status_code=201)
async def split(id: str, data: Chosen, caller: Caller, database: Database, clock: Clock, bus: Bus) -> Changed:
    """Move messages into a new conversation; the new one's row."""
    new, identity_id = await database.write(_split, caller.stamp(clock.now()), id, data.message_ids)
    # The customer's own line is to follow the new one, too.
    bus.send(Signal("conversation_opened", identity_id, {}))
    return new


@post("/conversations/{id:str}/unsplit", status_code=200)
async def unsplit(id: str, data: Into, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Bring back what was moved into another; this one's row."""
    return await changed(database, deeds.unsplit, caller.stamp(clock.now()), id, data.into)


routes = [merge, unmerge, split, unsplit]


async def _merge(tx: Tx, stamp: Stamp, id: str, into: str) -> Changed:
    target = await deeds.merge(tx, stamp, id, into)
    return Changed(await inbox.row(tx, target.id))


async def _split(tx: Tx, stamp: Stamp, id: str, message_ids: list[str]) -> tuple[Changed, str]:
    new = await deeds.split(tx, stamp, id, message_ids)
    return Changed(await inbox.row(tx, new.id)), new.identity_id
