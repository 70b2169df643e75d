"""The door to what has come in and is no message: quarantine, and what was put aside."""

import asyncio
from typing import Annotated, Literal

import msgspec
from litestar import Response, Router, get, post
from litestar.params import QueryParameter

from goodword.channels import store as channels
from goodword.channels.arrivals import store
from goodword.channels.arrivals.actions.drop import drop
from goodword.channels.arrivals.actions.mend import mend
from goodword.channels.arrivals.actions.replay import replay
from goodword.channels.arrivals.letters import load, reader
from goodword.channels.arrivals.model import MAIL, Arrival
from goodword.channels.arrivals.showing import mended, shown_part
from goodword.channels.arrivals.spool import RawStore
from goodword.channels.contract import Glance
from goodword.channels.model import Channel
from goodword.channels.registry import Registry
from goodword.conversations.model import Ref
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import BadInput, GoodwordError
from goodword.staff import Caller

HEAD = 32_768
Shown = Annotated[Literal["quarantined", "aside", "waiting", "dropped"], QueryParameter(name="state")]
PAGE = 50
INERT = {"Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "private, no-store"}


class ArrivalRow(msgspec.Struct, rename={"sender": "from"}):
    """``sender`` and ``subject`` are guesses; ``mended``: a person has put other bytes in its place."""

    id: str
    channel: Ref
    source: str
    shape: str
    at: int
    size: int
    state: str
    reason: str
    detail: str
    mended: bool
    sender: str
    subject: str
    conversation_id: str | None = None
    message_id: str | None = None


class Arrivals(msgspec.Struct):
    arrivals: list[ArrivalRow]
    counts: dict[str, int]


class ArrivalView(msgspec.Struct):
    """``view``: its beginning as text; what is left when it is ``cut`` stays as it is when the text is mended."""

    arrival: ArrivalRow
    view: str
    cut: bool


class Mending(msgspec.Struct):
    raw_text: str


@get("/arrivals")
async def list_arrivals(
    caller: Caller,
    database: Database,
    registry: Registry,
    raws: RawStore,
    shown: Shown = "quarantined",
    channel: str | None = None,
    before: str | None = None,
) -> Arrivals:
    """Newest first, fifty at a time; ``before``: the id of the last one shown."""
    caller.need("channels.manage")
    found, names, counts = await database.read(_page, shown, channel, before)
    rows = [await _row(one, names[one.channel_id], registry, raws) for one in found]
    return Arrivals(rows, counts)


@get("/arrivals/{id:str}")
async def view(id: str, caller: Caller, database: Database, registry: Registry, raws: RawStore) -> ArrivalView:
    """What came in, as text."""
    caller.need("channels.manage")
    arrival, channel = await database.read(load, id)
    text, rest = shown_part(await raws.get(arrival.bytes_now))
    return ArrivalView(await _row(arrival, channel, registry, raws), text, bool(rest))


@get("/arrivals/{id:str}/raw", media_type="application/octet-stream")
async def save_raw(id: str, caller: Caller, database: Database, raws: RawStore) -> Response[bytes]:
    """The bytes as they came, to be saved; mended ones where a person has mended them."""
    caller.need("channels.manage")
    arrival, _ = await database.read(load, id)
    suffix, kind = (".eml", MAIL) if arrival.shape == MAIL else (".bin", "application/octet-stream")
    disposition = {"Content-Disposition": f'attachment; filename="{arrival.id}{suffix}"'}
    return Response(await raws.get(arrival.bytes_now), media_type=kind, headers={**INERT, **disposition})


@post("/arrivals/{id:str}/replay", status_code=200)
async def replay_it(
    id: str, caller: Caller, database: Database, clock: Clock, registry: Registry, raws: RawStore
) -> ArrivalRow:
    """Have it read once more."""
    await database.write(replay, caller.stamp(clock.now()), id)
    return await _shown(id, database, registry, raws)


@post("/arrivals/{id:str}/mend", status_code=200)
async def mend_it(
    id: str, data: Mending, caller: Caller, database: Database, clock: Clock, registry: Registry, raws: RawStore
) -> ArrivalRow:
    """Put this text in the place of what was shown, and have it read; what came is kept."""
    caller.need("channels.manage")
    arrival, _ = await database.read(load, id)
    if not data.raw_text.strip():
        raise BadInput("text_empty")
    digest = await raws.put(mended(await raws.get(arrival.bytes_now), data.raw_text))
    await database.write(mend, caller.stamp(clock.now()), id, digest)
    return await _shown(id, database, registry, raws)


@post("/arrivals/{id:str}/drop", status_code=200)
async def drop_it(
    id: str, caller: Caller, database: Database, clock: Clock, registry: Registry, raws: RawStore
) -> ArrivalRow:
    """Nothing is to become of it. It is kept, and may be replayed."""
    await database.write(drop, caller.stamp(clock.now()), id)
    return await _shown(id, database, registry, raws)


routes = Router(
    "/api/v1",
    route_handlers=[list_arrivals, view, save_raw, replay_it, mend_it, drop_it],
    tags=["arrivals"],
)


async def _page(
    tx: Tx, state: str, channel_id: str | None, before: str | None
) -> tuple[list[Arrival], dict[str, Channel], dict[str, int]]:
    last = await store.get(tx, before) if before else None
    known = {one.id: one for one in await channels.all_channels(tx)}
    return await store.page(tx, state, channel_id, last, PAGE), known, await store.counts(tx, channel_id)


async def _shown(id: str, database: Database, registry: Registry, raws: RawStore) -> ArrivalRow:
    arrival, channel = await database.read(load, id)
    return await _row(arrival, channel, registry, raws)


async def _row(arrival: Arrival, channel: Channel, registry: Registry, raws: RawStore) -> ArrivalRow:
    glance = await _glance(arrival, channel, registry, raws)
    return ArrivalRow(
        arrival.id,
        Ref(channel.id, channel.name),
        arrival.source,
        arrival.shape,
        arrival.at,
        arrival.size,
        arrival.state,
        arrival.reason,
        arrival.detail,
        arrival.mended is not None,
        glance.sender,
        glance.subject,
        arrival.conversation_id,
        arrival.message_id,
    )


async def _glance(arrival: Arrival, channel: Channel, registry: Registry, raws: RawStore) -> Glance:
    """A list is shown also while the disk is away."""
    try:
        head = await raws.head(arrival.bytes_now, HEAD)
        return await asyncio.to_thread(reader(registry, channel).glance, head, arrival.shape)
    except GoodwordError:
        return Glance()
