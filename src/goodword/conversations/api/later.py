"""Replies that are to be sent later."""

from typing import Annotated, Literal

import msgspec
from litestar import delete, patch, post
from msgspec import Meta

from goodword import conversations as deeds
from goodword.conversations.addressing import Post
from goodword.conversations.api.shapes import Addressing, Time, Waiting, as_waiting
from goodword.conversations.api.writing import Canned, drafted, to_whom
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import Forbidden
from goodword.platform.events import Stamp
from goodword.platform.files import FileStore
from goodword.platform.words import clean
from goodword.staff import Caller


class Later(msgspec.Struct):
    """``then``: close it or put it off ``until`` a time, once it is sent; ``letter``: to whom it goes, as at once."""

    client_id: Annotated[str, Meta(min_length=1, max_length=80)]
    send_at: Time
    text: str = ""
    attachments: Annotated[list[str], Meta(max_length=20)] = []
    then: Literal["close", "snooze"] | None = None
    until: Time | None = None
    only_if_silent: bool = True
    canned: Canned = []
    letter: Addressing | None = None


class LaterChanges(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    text: str | None = None
    send_at: Time | None = None


class Scheduled(msgspec.Struct):
    scheduled_id: str


@post("/conversations/{id:str}/scheduled", status_code=201)
async def schedule_reply(
    id: str, data: Later, caller: Caller, database: Database, clock: Clock, files: FileStore, registry: Post
) -> Scheduled:
    """Have it sent at ``send_at``; not if the customer writes first, unless ``only_if_silent`` is false."""
    return Scheduled(await database.write(_schedule, caller.stamp(clock.now()), id, data, files, registry))


@patch("/conversations/{id:str}/scheduled/{scheduled_id:str}")
async def edit_scheduled(
    id: str, scheduled_id: str, data: LaterChanges, caller: Caller, database: Database, clock: Clock
) -> Waiting:
    """Say something else, or at another time; whoever changes the words is the one who says them."""
    stamp, text = caller.stamp(clock.now()), None if data.text is None else clean(data.text)
    return as_waiting(await database.write(deeds.reschedule, stamp, id, scheduled_id, text=text, send_at=data.send_at))


@delete("/conversations/{id:str}/scheduled/{scheduled_id:str}")
async def cancel_scheduled(id: str, scheduled_id: str, caller: Caller, database: Database, clock: Clock) -> None:
    """Not to be sent after all."""
    await database.write(deeds.cancel_scheduled, caller.stamp(clock.now()), id, scheduled_id)


routes = [schedule_reply, edit_scheduled, cancel_scheduled]


async def _schedule(tx: Tx, stamp: Stamp, id: str, later: Later, files: FileStore, post: Post) -> str:
    if stamp.actor.kind != "agent":
        raise Forbidden("people_only")
    draft = await drafted(tx, stamp, later.client_id, later.text, later.attachments, files)
    draft = msgspec.structs.replace(draft, canned=tuple(later.canned))
    draft = await to_whom(tx, stamp, post, id, draft, later.letter)
    return await deeds.schedule_reply(
        tx,
        stamp,
        id,
        draft,
        later.send_at,
        then=later.then,
        until=later.until,
        only_if_silent=later.only_if_silent,
    )
