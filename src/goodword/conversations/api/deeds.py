"""What an agent does with a conversation beside writing."""

from typing import Annotated

import msgspec
from litestar import delete, post
from msgspec import Meta

from goodword import conversations as deeds
from goodword.conversations.api.shapes import Changed, Time, changed
from goodword.conversations.model import MOST_TAGS, Priority, Value
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.words import clean
from goodword.staff import Caller


class Assignment(msgspec.Struct):
    agent_id: str | None = None
    team_id: str | None = None


class Until(msgspec.Struct):
    until: Time


class Tags(msgspec.Struct):
    add: Annotated[list[str], Meta(max_length=MOST_TAGS)] = []
    remove: Annotated[list[str], Meta(max_length=MOST_TAGS)] = []


class Urgency(msgspec.Struct):
    priority: Priority


class FieldValues(msgspec.Struct):
    values: Annotated[dict[str, Value | None], Meta(max_length=100)]


class ReadUpTo(msgspec.Struct):
    seq: int


@post("/conversations/{id:str}/take-over", status_code=200)
async def take_over(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Make it one's own; the assistant is silent from now on."""
    stamp, agent = caller.stamp(clock.now()), caller.person
    return await changed(database, deeds.assign, stamp, id, agent_id=agent.id, reason="taken")


@post("/conversations/{id:str}/give-back", status_code=200)
async def give_back(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Let the assistant go on."""
    return await changed(database, deeds.give_back, caller.stamp(clock.now()), id)


@post("/conversations/{id:str}/assign", status_code=200)
async def assign(id: str, data: Assignment, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Give it to an agent or a team; without an agent it waits in the queue."""
    stamp = caller.stamp(clock.now())
    return await changed(database, deeds.assign, stamp, id, agent_id=data.agent_id, team_id=data.team_id)


@post("/conversations/{id:str}/close", status_code=200)
async def close(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """It is done, until the customer writes again."""
    return await changed(database, deeds.close, caller.stamp(clock.now()), id)


@post("/conversations/{id:str}/reopen", status_code=200)
async def reopen(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """It is work again."""
    return await changed(database, deeds.reopen, caller.stamp(clock.now()), id)


@post("/conversations/{id:str}/snooze", status_code=200)
async def snooze(id: str, data: Until, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Put it off until a time, or until the customer writes."""
    return await changed(database, deeds.snooze, caller.stamp(clock.now()), id, data.until)


@post("/conversations/{id:str}/tags", status_code=200)
async def tag(id: str, data: Tags, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Put tags on and take tags off."""
    add, remove = [clean(one) for one in data.add], [clean(one) for one in data.remove]
    return await changed(database, deeds.tag, caller.stamp(clock.now()), id, add, remove)


@post("/conversations/{id:str}/read", status_code=204)
async def mark_read(id: str, data: ReadUpTo, caller: Caller, database: Database, clock: Clock) -> None:
    """Somebody has seen everything up to ``seq``."""
    await database.write(deeds.read_by_agent, caller.stamp(clock.now()), id, data.seq)


@post("/conversations/{id:str}/unread", status_code=200)
async def mark_unread(id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """What the customer wrote last is to be read again."""
    return await changed(database, deeds.mark_unread, caller.stamp(clock.now()), id)


@post("/conversations/{id:str}/priority", status_code=200)
async def set_priority(id: str, data: Urgency, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Make it more or less urgent."""
    return await changed(database, deeds.set_priority, caller.stamp(clock.now()), id, data.priority)


@post("/conversations/{id:str}/fields", status_code=200)
async def set_fields(id: str, data: FieldValues, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Give values to fields of one's own; null takes one away, what is left out stays."""
    return await changed(database, deeds.set_fields, caller.stamp(clock.now()), id, data.values)


@post("/conversations/{id:str}/messages/{message_id:str}/resend", status_code=200)
async def resend(id: str, message_id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Send a reply once more that failed or came back."""
    return await changed(database, deeds.resend, caller.stamp(clock.now()), id, message_id)


@delete("/conversations/{id:str}/messages/{message_id:str}", status_code=200)
async def remove_message(id: str, message_id: str, caller: Caller, database: Database, clock: Clock) -> Changed:
    """Have it forget what it says, here and for the customer; a mail that has left stays where it is."""
    return await changed(database, deeds.remove_message, caller.stamp(clock.now()), id, message_id)


routes = [
    resend,
    remove_message,
    take_over,
    give_back,
    assign,
    close,
    reopen,
    snooze,
    tag,
    mark_read,
    mark_unread,
    set_priority,
    set_fields,
]
