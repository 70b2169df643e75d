"""The doors of supervision: the wall, and one's own pauses."""

from typing import Annotated

import msgspec
from litestar import Router, delete, get, post
from litestar.params import Parameter

from goodword.platform.clock import DAY, Clock
from goodword.platform.db import Database, Tx
from goodword.staff import Caller
from goodword.supervision import store
from goodword.supervision.actions.decline_pause import decline_pause
from goodword.supervision.actions.end_pause import end_pause
from goodword.supervision.actions.listen import listen
from goodword.supervision.actions.take_pause import take_pause
from goodword.supervision.model import PAUSE_MINUTES
from goodword.supervision.wall import Wall, wall


class MyPause(msgspec.Struct):
    """``offered_for``: the conversation after which a pause was offered; ``until``: it runs (ms)."""

    offered_for: str | None
    until: int | None
    minutes: tuple[int, ...] = PAUSE_MINUTES


class Length(msgspec.Struct):
    minutes: int


@get("/supervision/wall")
async def show_wall(
    caller: Caller,
    database: Database,
    clock: Clock,
    since: Annotated[int | None, Parameter(ge=0, le=1 << 53)] = None,
) -> Wall:
    """What runs now. ``since``: when the day began where the supervisor is; without it the last 24 hours count."""
    caller.need("supervision.watch")
    now = clock.now()
    return await database.read(wall, now, max(since or 0, now - 7 * DAY) if since else now - DAY)


@post("/supervision/conversations/{id:str}/listen", status_code=204)
async def listen_in(id: str, caller: Caller, database: Database, clock: Clock) -> None:
    """Tell the staff that one reads along."""
    await database.write(listen, caller.stamp(clock.now()), id)


@get("/me/pause")
async def my_pause(caller: Caller, database: Database, clock: Clock) -> MyPause:
    """Whether one is offered, or runs."""
    return await database.read(_mine, caller.person.id, clock.now())


@post("/me/pause", status_code=200)
async def begin_pause(data: Length, caller: Caller, database: Database, clock: Clock) -> MyPause:
    """Rest for some minutes; nothing new comes until then."""

    async def begin(tx: Tx, now: int) -> MyPause:
        await take_pause(tx, caller.stamp(now), caller.person.id, data.minutes)
        return await _mine(tx, caller.person.id, now)

    return await database.write(begin, clock.now())


@delete("/me/pause")
async def finish_pause(caller: Caller, database: Database, clock: Clock) -> None:
    """Back at work."""
    await database.write(end_pause, caller.stamp(clock.now()), caller.person.id)


@post("/me/pause/decline", status_code=204)
async def refuse_pause(caller: Caller, database: Database, clock: Clock) -> None:
    """No need of one."""
    await database.write(decline_pause, caller.stamp(clock.now()), caller.person.id)


routes = Router(
    "/api/v1",
    route_handlers=[show_wall, listen_in, my_pause, begin_pause, finish_pause, refuse_pause],
    tags=["supervision"],
)


async def _mine(tx: Tx, agent_id: str, now: int) -> MyPause:
    pause = await store.pause_of(tx, agent_id)
    if pause is None:
        return MyPause(None, None)
    until = pause.until if pause.until and pause.until > now else None
    return MyPause(pause.conversation_id if pause.offered_at and until is None else None, until)
