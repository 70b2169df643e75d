"""One deed to many conversations: each on its own, so that what is refused to one is done to the others."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from goodword import conversations as deeds
from goodword.conversations import inbox
from goodword.conversations.inbox import InboxRow
from goodword.conversations.model import MOST_TAGS, Priority
from goodword.platform.db import Database, Tx
from goodword.platform.errors import GoodwordError
from goodword.platform.events import Stamp
from goodword.platform.words import clean

MOST = 200
Names = Annotated[tuple[str, ...], Meta(max_length=MOST_TAGS)]


class Deed(msgspec.Struct, frozen=True, tag_field="name", forbid_unknown_fields=True):
    pass


class Close(Deed, frozen=True, tag="close"):
    pass


class Reopen(Deed, frozen=True, tag="reopen"):
    pass


class Snooze(Deed, frozen=True, tag="snooze"):
    until: Annotated[int, Meta(ge=0, le=1 << 53)]


class Assign(Deed, frozen=True, tag="assign"):
    agent_id: str | None = None
    team_id: str | None = None


class Tag(Deed, frozen=True, tag="tag"):
    add: Names = ()
    remove: Names = ()


class Read(Deed, frozen=True, tag="read"):
    """Up to its newest event."""


class Unread(Deed, frozen=True, tag="unread"):
    """What the customer wrote last."""


class Spam(Deed, frozen=True, tag="spam"):
    pass


class NotSpam(Deed, frozen=True, tag="not_spam"):
    pass


class Urgency(Deed, frozen=True, tag="priority"):
    priority: Priority


AnyDeed = Close | Reopen | Snooze | Assign | Tag | Read | Unread | Spam | NotSpam | Urgency


class Refused(msgspec.Struct, frozen=True):
    id: str
    error: GoodwordError


async def do_to_all(
    database: Database, stamp: Stamp, ids: Sequence[str], deed: AnyDeed
) -> tuple[list[InboxRow], list[Refused]]:
    """The rows as they stand then, and what was refused, both in the order of ``ids``."""
    outcomes = await asyncio.gather(*(_one(database, stamp, id, deed) for id in dict.fromkeys(ids)))
    refused = [one for one in outcomes if isinstance(one, Refused)]
    return [one for one in outcomes if isinstance(one, InboxRow)], refused


async def _one(database: Database, stamp: Stamp, id: str, deed: AnyDeed) -> InboxRow | Refused:
    async def both(tx: Tx) -> InboxRow:
        await _do(tx, stamp, id, deed)
        return await inbox.row(tx, id, stamp.actor.id)

    try:
        return await database.write(both)
    except GoodwordError as error:
        return Refused(id, error)


async def _do(tx: Tx, stamp: Stamp, id: str, deed: AnyDeed) -> Any:
    match deed:
        case Close():
            await deeds.close(tx, stamp, id)
        case Reopen():
            await deeds.reopen(tx, stamp, id)
        case Snooze(until):
            await deeds.snooze(tx, stamp, id, until)
        case Assign(agent_id, team_id):
            await deeds.assign(tx, stamp, id, agent_id=agent_id, team_id=team_id)
        case Tag(add, remove):
            await deeds.tag(tx, stamp, id, [clean(one) for one in add], [clean(one) for one in remove])
        case Read():
            await deeds.read_by_agent(tx, stamp, id, 1 << 62)
        case Unread():
            await deeds.mark_unread(tx, stamp, id)
        case Spam():
            await deeds.mark_spam(tx, stamp, id)
        case NotSpam():
            await deeds.unmark_spam(tx, stamp, id)
        case Urgency(priority):
            await deeds.set_priority(tx, stamp, id, priority)
