"""One deed to many conversations."""

from typing import Annotated, Any

import msgspec
from litestar import post
from msgspec import Meta

from goodword.conversations.bulk import MOST, AnyDeed, do_to_all
from goodword.conversations.inbox import InboxRow
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.http import problem
from goodword.staff import Caller


class ToMany(msgspec.Struct, forbid_unknown_fields=True):
    ids: Annotated[list[str], Meta(min_length=1, max_length=MOST)]
    deed: AnyDeed


class RefusedOne(msgspec.Struct):
    id: str
    problem: dict[str, Any]


class Outcome(msgspec.Struct):
    done: list[InboxRow]
    refused: list[RefusedOne]


@post("/conversations/bulk", status_code=200)
async def do_to_many(data: ToMany, caller: Caller, database: Database, clock: Clock, language: str) -> Outcome:
    """Each on its own: ``refused`` says why for those to which it could not be done."""
    caller.need("conversations.read")
    done, refused = await do_to_all(database, caller.stamp(clock.now()), data.ids, data.deed)
    return Outcome(done, [RefusedOne(one.id, problem(one.error, language)) for one in refused])


routes = [do_to_many]
