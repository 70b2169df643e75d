"""Every query on merges: who was merged into whom, and what he brought that is still to be dealt with."""

from collections.abc import Sequence

import msgspec

from goodword.conversations import store
from goodword.conversations.model import Conversation
from goodword.conversations.standing import earliest
from goodword.conversations.standing import read_until as own_read_until
from goodword.conversations.streams import BELOW, streams_of
from goodword.platform.db import Tx

KEEP = """
INSERT INTO conversation_merges (source_id, target_id, unread, waiting_since, tags, after_seq, at)
VALUES (:source_id, :target_id, :unread, :waiting_since, :tags, :after_seq, :at)
"""
ANSWERED = f"{BELOW} UPDATE conversation_merges SET waiting_since = NULL WHERE target_id IN (SELECT id FROM below)"
READ_AND_ANSWERED = ANSWERED.replace("SET", "SET unread = 0,")
BROUGHT = f"{BELOW} SELECT source_id FROM conversation_merges WHERE unread > 0 AND target_id IN (SELECT id FROM below)"


FIRST_SINCE = """
SELECT min(at) FROM messages
WHERE conversation_id = :id AND author_kind = 'customer' AND at >= :since AND COALESCE(addressing, '') <> 'outside'
"""
NEWEST_READ = """
SELECT seq FROM messages WHERE conversation_id = :id AND author_kind = 'customer'
ORDER BY seq DESC LIMIT 1 OFFSET :unread
"""


class OwnPart(msgspec.Struct, frozen=True):
    """Of a conversation without what is merged into it: since when it waits, and up to where it has been read."""

    since: int | None
    read: int


class Brought(msgspec.Struct, frozen=True):
    """``tags``: those the target didn't have before; ``after_seq``: what the merge did stands behind it."""

    source_id: str
    target_id: str
    unread: int
    waiting_since: int | None
    tags: tuple[str, ...]
    after_seq: int


async def keep(tx: Tx, brought: Brought, at: int) -> None:
    tags = msgspec.json.encode(brought.tags).decode()
    await tx.run(KEEP, **(msgspec.structs.asdict(brought) | {"tags": tags, "at": at}))


async def get(tx: Tx, source_id: str) -> Brought | None:
    row = await tx.row("SELECT * FROM conversation_merges WHERE source_id = :id", id=source_id)
    if row is None:
        return None
    tags = msgspec.json.decode(row["tags"], type=tuple[str, ...])
    return Brought(row["source_id"], row["target_id"], row["unread"], row["waiting_since"], tags, row["after_seq"])


async def into(tx: Tx, target_id: str) -> list[Brought]:
    """What was merged directly into it."""
    sql = "SELECT source_id FROM conversation_merges WHERE target_id = :id ORDER BY at, source_id"
    found = [await get(tx, row["source_id"]) for row in await tx.rows(sql, id=target_id)]
    return [one for one in found if one]


async def forget(tx: Tx, source_id: str) -> None:
    await tx.run("DELETE FROM conversation_merges WHERE source_id = :id", id=source_id)


async def change(tx: Tx, source_id: str, unread: int, waiting_since: int | None) -> None:
    sql = "UPDATE conversation_merges SET unread = :unread, waiting_since = :since WHERE source_id = :id"
    await tx.run(sql, id=source_id, unread=unread, since=waiting_since)


async def dealt_with(tx: Tx, id: str, *, by_agent: bool) -> None:
    """The customer has an answer to whatever was merged into ``id``, however deep; from an agent, who has read it."""
    await tx.run(READ_AND_ANSWERED if by_agent else ANSWERED, id=id)


async def read_until(tx: Tx, id: str, seq: int) -> None:
    """What was merged into ``id`` has been read up to ``seq``."""
    for row in await tx.rows(BROUGHT, id=id):
        brought = await get(tx, row["source_id"])
        assert brought is not None
        later = await received_after(tx, await streams_of(tx, brought.source_id), seq)
        await change(tx, brought.source_id, min(brought.unread, later), brought.waiting_since)


async def unread_again(tx: Tx, id: str) -> None:
    """One message of ``id`` is unread again, wherever ``id`` was merged into."""
    while (brought := await get(tx, id)) is not None:
        await change(tx, id, 1, brought.waiting_since)
        id = brought.target_id


async def received_after(tx: Tx, streams: Sequence[str], seq: int) -> int:
    """How many messages of the customer stand behind ``seq`` in all of these."""
    return sum([await store.received_after(tx, stream, seq) for stream in streams])


async def own_part(tx: Tx, conversation: Conversation) -> OwnPart:
    """By what it brought, where it was merged into another."""
    brought = await get(tx, conversation.id)
    if brought is None:
        return OwnPart(conversation.waiting_since, await own_read_until(tx, conversation))
    own = max(0, brought.unread - sum(one.unread for one in await into(tx, conversation.id)))
    return OwnPart(brought.waiting_since, int(await tx.value(NEWEST_READ, id=conversation.id, unread=own) or 0))


async def taken_out(tx: Tx, source_id: str, unread: int, *, waited: bool) -> None:
    """Messages of what was merged are somewhere else now, wherever it was merged into.

    ``unread`` of them were new; ``waited``: the customer waited for an answer to them.
    """
    id = source_id
    while (brought := await get(tx, id)) is not None:
        since = await still_waits(tx, id, brought.waiting_since) if waited else brought.waiting_since
        await change(tx, id, max(0, brought.unread - unread), since)
        id = brought.target_id


async def put_back(tx: Tx, source_id: str, unread: int, since: int | None) -> None:
    """They are there again."""
    id = source_id
    while (brought := await get(tx, id)) is not None:
        await change(tx, id, brought.unread + unread, earliest(brought.waiting_since, since))
        id = brought.target_id


async def still_waits(tx: Tx, id: str, since: int | None) -> int | None:
    """Since when the customer waits, who has waited ``since`` then; None: he didn't."""
    if since is None:
        return None
    return await waits_without(tx, id, await tx.value(FIRST_SINCE, id=id, since=since))


async def waits_without(tx: Tx, target_id: str, own: int | None) -> int | None:
    """Since when the customer waits in ``target_id``, going by what is merged into it now and by ``own`` messages."""
    return earliest(own, *(one.waiting_since for one in await into(tx, target_id)))
