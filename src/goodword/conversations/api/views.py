"""Saved views."""

from typing import Annotated

import msgspec
from litestar import delete, get, patch, post
from msgspec import UNSET, Meta, UnsetType

from goodword.conversations.filter import Filter
from goodword.conversations.views import SavedView, get_view, remove_view, save_view, views_of
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp
from goodword.staff import Caller

Line = Annotated[str, Meta(max_length=200)]


class Views(msgspec.Struct):
    views: list[SavedView]


class NewView(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    filter: Filter
    shared: bool = False


class ViewChanges(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    name: Line | UnsetType = UNSET
    filter: Filter | UnsetType = UNSET
    shared: bool | UnsetType = UNSET


@get("/views")
async def list_views(caller: Caller, database: Database) -> Views:
    """One's own and those for everybody, with how many conversations each holds."""
    caller.need("conversations.read")
    return Views(await database.read(views_of, caller.person.id))


@post("/views")
async def new_view(data: NewView, caller: Caller, database: Database, clock: Clock) -> SavedView:
    """Keep a filter under a name; ``shared``: for everybody."""
    stamp = _stamp(caller, clock)
    return await database.write(save_view, stamp, data.name, data.filter, shared=data.shared)


@patch("/views/{id:str}")
async def edit_view(id: str, data: ViewChanges, caller: Caller, database: Database, clock: Clock) -> SavedView:
    """Another name or filter, or for everybody or no more."""
    return await database.write(_edit, _stamp(caller, clock), id, data)


@delete("/views/{id:str}")
async def drop_view(id: str, caller: Caller, database: Database, clock: Clock) -> None:
    """It is gone."""
    await database.write(remove_view, _stamp(caller, clock), id)


routes = [list_views, new_view, edit_view, drop_view]


def _stamp(caller: Caller, clock: Clock) -> Stamp:
    """``Forbidden`` for a program: nobody would see its views."""
    caller.need("conversations.read")
    _, stamp = caller.person, caller.stamp(clock.now())
    return stamp


async def _edit(tx: Tx, stamp: Stamp, id: str, changes: ViewChanges) -> SavedView:
    view = await get_view(tx, stamp.actor.id or "", id)
    return await save_view(
        tx,
        stamp,
        view.name if changes.name is UNSET else changes.name,
        view.filter if changes.filter is UNSET else changes.filter,
        shared=view.shared if changes.shared is UNSET else changes.shared,
        id=id,
    )
