"""What is said beside a conversation, for some of the staff only."""

from typing import Annotated

import msgspec
from litestar import post
from msgspec import Meta

from goodword import conversations as deeds
from goodword.conversations.model import LONGEST_TEXT, Draft, Message
from goodword.conversations.side_threads import SideThread
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.words import clean
from goodword.staff import Caller

ClientId = Annotated[str, Meta(min_length=1, max_length=80)]


class Beginning(msgspec.Struct):
    title: Annotated[str, Meta(max_length=500)]
    text: Annotated[str, Meta(max_length=LONGEST_TEXT)]
    client_id: ClientId
    members: Annotated[list[str], Meta(max_length=50)] = []


class Aside(msgspec.Struct):
    client_id: ClientId
    text: Annotated[str, Meta(max_length=LONGEST_TEXT)]


class InTheEar(Aside):
    to: str


class Said(msgspec.Struct):
    message: Message


class Begun(msgspec.Struct):
    thread: SideThread


@post("/conversations/{id:str}/side-threads", status_code=201)
async def start_side_thread(id: str, data: Beginning, caller: Caller, database: Database, clock: Clock) -> Begun:
    """Begin to talk among colleagues; ``members`` are called."""
    draft, stamp = Draft(data.client_id, clean(data.text)), caller.stamp(clock.now())
    thread = await database.write(deeds.start_side_thread, stamp, id, clean(data.title), data.members, draft)
    return Begun(thread)


@post("/conversations/{id:str}/side-threads/{thread_id:str}/messages", status_code=202)
async def say_aside(id: str, thread_id: str, data: Aside, caller: Caller, database: Database, clock: Clock) -> Said:
    """Say something in it; one that was closed is open again."""
    draft, stamp = Draft(data.client_id, clean(data.text)), caller.stamp(clock.now())
    return Said(await database.write(deeds.say_aside, stamp, id, thread_id, draft))


@post("/conversations/{id:str}/side-threads/{thread_id:str}/close", status_code=204)
async def close_side_thread(id: str, thread_id: str, caller: Caller, database: Database, clock: Clock) -> None:
    """It is settled."""
    await database.write(deeds.close_side_thread, caller.stamp(clock.now()), id, thread_id)


@post("/conversations/{id:str}/whisper", status_code=202)
async def whisper(id: str, data: InTheEar, caller: Caller, database: Database, clock: Clock) -> Said:
    """Say something that only one colleague sees."""
    draft, stamp = Draft(data.client_id, clean(data.text)), caller.stamp(clock.now())
    return Said(await database.write(deeds.whisper, stamp, id, data.to, draft))


routes = [start_side_thread, say_aside, close_side_thread, whisper]
