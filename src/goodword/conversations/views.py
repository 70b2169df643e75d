"""Saved views: a filter under a name, one's own or for everybody."""

import msgspec

from goodword.conversations import inbox
from goodword.conversations.filter import Filter
from goodword.conversations.model import Ref
from goodword.platform import ids
from goodword.platform.db import Row, Tx
from goodword.platform.errors import BadInput, Conflict, Forbidden, NotFound
from goodword.platform.events import Fact, Stamp, append
from goodword.platform.words import clean

LONGEST_NAME = 60
MOST_VIEWS = 100

KEEP = """
INSERT INTO saved_views (id, owner_id, name, shared, filter, at)
VALUES (:id, :owner_id, :name, :shared, :filter, :at)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, shared = excluded.shared, filter = excluded.filter
"""
SEEN = """
SELECT v.*, a.name AS owner_name FROM saved_views v LEFT JOIN agents a ON a.id = v.owner_id
WHERE (v.owner_id = :agent_id OR v.shared) AND (CAST(:id AS TEXT) IS NULL OR v.id = :id) ORDER BY v.name, v.id
"""


class SavedView(msgspec.Struct, frozen=True):
    """``mine``: whoever looks has made it. ``count``: how many conversations it holds; None where it asks for words."""

    id: str
    name: str
    filter: Filter
    shared: bool
    owner: Ref
    mine: bool
    count: int | None = None


class ViewSaved(Fact):
    name: str
    shared: bool
    filter: Filter


class ViewRemoved(Fact):
    name: str


async def save_view(
    tx: Tx, stamp: Stamp, name: str, wanted: Filter, *, shared: bool = False, id: str | None = None
) -> SavedView:
    """A new one, or another wording of ``id``. ``Conflict``: one has a view of this name already.

    ``Forbidden``: it is another's, or it would be everybody's and the right for that is missing.
    """
    stamp.need("conversations.read")
    agent_id = stamp.actor.id or ""
    before = await get_view(tx, agent_id, id) if id else None
    if shared or (before and before.shared):
        stamp.need("views.share")
    elif before and not before.mine:
        raise Forbidden("right", right="views.share")
    await tx.lock("saved_views")
    owner_id = before.owner.id if before else agent_id
    name = await _free_name(tx, owner_id, name, id)
    view_id = id or ids.new("vew", stamp.at)
    kept = msgspec.json.encode(wanted).decode()
    await tx.run(KEEP, id=view_id, owner_id=owner_id, name=name, shared=shared, filter=kept, at=stamp.at)
    await append(tx, view_id, ViewSaved(name=name, shared=shared, filter=wanted), stamp)
    return await with_count(tx, await get_view(tx, agent_id, view_id), agent_id)


async def remove_view(tx: Tx, stamp: Stamp, id: str) -> None:
    view = await get_view(tx, stamp.actor.id or "", id)
    if not view.mine:
        stamp.need("views.share")
    await tx.run("DELETE FROM saved_views WHERE id = :id", id=id)
    await append(tx, id, ViewRemoved(name=view.name), stamp)


async def get_view(tx: Tx, agent_id: str, id: str) -> SavedView:
    """``NotFound`` where there is none, or not for these eyes."""
    row = await tx.row(SEEN, agent_id=agent_id, id=id)
    if row is None:
        raise NotFound("view")
    return _view(row, agent_id)


async def views_of(tx: Tx, agent_id: str) -> list[SavedView]:
    """One's own and those for everybody, by name, with how many conversations each holds now."""
    rows = await tx.rows(SEEN, agent_id=agent_id, id=None)
    return [await with_count(tx, _view(row, agent_id), agent_id) for row in rows]


async def with_count(tx: Tx, view: SavedView, agent_id: str) -> SavedView:
    if view.filter.q:
        return view
    return msgspec.structs.replace(view, count=await inbox.count(tx, view.filter, agent_id))


async def _free_name(tx: Tx, owner_id: str, name: str, id: str | None) -> str:
    name = " ".join(clean(name).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput("name", fields={"name": "required"}, limit=LONGEST_NAME)
    others = await tx.rows("SELECT id, name FROM saved_views WHERE owner_id = :owner_id", owner_id=owner_id)
    if any(row["name"] == name and row["id"] != id for row in others):
        raise Conflict("view_taken", fields={"name": "view_taken"})
    if id is None and len(others) >= MOST_VIEWS:
        raise BadInput("too_many_views", limit=MOST_VIEWS)
    return name


def _view(row: Row, agent_id: str) -> SavedView:
    return SavedView(
        id=row["id"],
        name=row["name"],
        filter=msgspec.json.decode(row["filter"], type=Filter),
        shared=bool(row["shared"]),
        owner=Ref(row["owner_id"], row["owner_name"] or ""),
        mine=row["owner_id"] == agent_id,
    )
