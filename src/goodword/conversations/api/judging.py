"""Spam, ratings, and a conversation to take away."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import Parameter

from goodword import conversations as deeds
from goodword.conversations import store
from goodword.conversations.api.shapes import Changed, changed
from goodword.conversations.transcript import Format, transcript
from goodword.customers import block, unblock
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp
from goodword.platform.settings import Settings
from goodword.staff import Caller


class Spam(msgspec.Struct):
    """``block``: its customer, too; with ``on`` false he is let in again."""

    on: bool
    block: bool = False


@post("/conversations/{id:str}/spam", status_code=200)
async def spam(id: str, data: Spam, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Put it with the spam, or take it out as it was."""
    return await changed(database, _spam, caller.stamp(clock.now()), id, data)


@post("/conversations/{id:str}/rating/ask", status_code=200)
async def ask_rating(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Ask the customer how he was served."""
    return await changed(database, deeds.ask_rating, caller.stamp(clock.now()), id)


@get("/conversations/{id:str}/transcript")
async def take_away(
    id: str,
    caller: Caller,
    database: Database,
    settings: Settings,
    format: Format = "txt",
    notes: bool = False,
    tz: Annotated[str, Parameter(max_length=60)] = "UTC",
    language: Annotated[str | None, Parameter(max_length=20)] = None,
) -> Response[bytes]:
    """Everything that was said, as a file; ``tz`` is the IANA name of the zone of its times."""
    caller.need("conversations.read")
    made = await database.read(
        transcript,
        id,
        format,
        for_customer=False,
        language=language,
        tz=tz,
        notes=notes,
        company=settings.company,
        base_url=settings.public_url,
    )
    disposition = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, media_type=made.content_type, headers=disposition)


routes = [spam, ask_rating, take_away]


async def _spam(tx: Tx, stamp: Stamp, id: str, wish: Spam) -> None:
    conversation = await store.get(tx, id)
    if wish.on:
        await deeds.mark_spam(tx, stamp, id, blocked=wish.block)
        if wish.block:
            await block(tx, stamp, conversation.customer_id)
    else:
        await deeds.unmark_spam(tx, stamp, id)
        if wish.block:
            await unblock(tx, stamp, conversation.customer_id)
