"""Canned answers."""

from typing import Annotated, Any

import msgspec
from litestar import delete, get, patch, post
from msgspec import UNSET, Meta, UnsetType

from goodword.conversations.actions.keep_canned import (
    add_canned_answer,
    edit_canned_answer,
    remove_canned_answer,
    restore_canned_answer,
)
from goodword.conversations.canned import CannedAnswer, canned_answers
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.words import clean
from goodword.staff import Caller, Scope, may_use, teams_seen

Line = Annotated[str, Meta(max_length=500)]


class NewCanned(msgspec.Struct):
    key: str = ""
    texts: dict[str, str] = {}
    scope: Scope = "everyone"
    team_id: Line | None = None


class CannedChanges(msgspec.Struct):
    """What is left out stays."""

    key: str | UnsetType = UNSET
    texts: dict[str, str] | UnsetType = UNSET
    scope: Scope | UnsetType = UNSET
    team_id: Line | UnsetType | None = UNSET


@get("/canned")
async def list_canned(caller: Caller, database: Database) -> dict[str, list[CannedAnswer]]:
    """Those that the caller may use, in every language they have; who looks after all sees those of the teams, too."""
    caller.need("conversations.read")
    return {"canned": await database.read(_seen, caller.agent.id if caller.agent else None, caller.rights)}


@post("/canned")
async def add_canned(data: NewCanned, caller: Caller, database: Database, clock: Clock) -> CannedAnswer:
    """One's own takes the right to answer, any other the right to look after automation."""
    stamp = caller.stamp(clock.now())
    return await database.write(add_canned_answer, stamp, clean(data.key), data.texts, data.scope, data.team_id)


@patch("/canned/{id:str}")
async def edit_canned(id: str, data: CannedChanges, caller: Caller, database: Database, clock: Clock) -> CannedAnswer:
    """Another key or wording, or for others."""
    return await database.write(edit_canned_answer, caller.stamp(clock.now()), id, _given(data))


@delete("/canned/{id:str}")
async def remove_canned(id: str, caller: Caller, database: Database, clock: Clock) -> None:
    """It is gone."""
    await database.write(remove_canned_answer, caller.stamp(clock.now()), id)


@post("/canned/{id:str}/restore", status_code=200)
async def restore_canned(id: str, caller: Caller, database: Database, clock: Clock) -> CannedAnswer:
    """One that was removed is there again, as it was."""
    return await database.write(restore_canned_answer, caller.stamp(clock.now()), id)


routes = [list_canned, add_canned, edit_canned, remove_canned, restore_canned]


async def _seen(tx: Tx, agent_id: str | None, rights: frozenset[str]) -> list[CannedAnswer]:
    teams = await teams_seen(tx, agent_id, rights)
    return [one for one in await canned_answers(tx) if may_use(one, agent_id, teams)]


def _given(changes: CannedChanges) -> dict[str, Any]:
    given = {name: value for name, value in msgspec.structs.asdict(changes).items() if value is not UNSET}
    return given | ({"key": clean(given["key"])} if "key" in given else {})
