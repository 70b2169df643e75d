"""Every query on conversations and messages."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from goodword.conversations.model import PRIORITIES, ChannelRef, Conversation, Message, addressing_of
from goodword.conversations.search.index import take_in
from goodword.platform import events
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound

OPEN = """
INSERT INTO conversations (id, status, handler, channel_id, channel_kind, channel_name, customer_id, identity_id,
  thread, language, subject, created_at, last_at)
VALUES (:id, 'open', :handler, :channel_id, :channel_kind, :channel_name, :customer_id, :identity_id,
  :thread, :language, :subject, :at, :at) RETURNING number
"""
SAY = """
INSERT INTO messages (id, conversation_id, seq, place, kind, author_kind, author_id, text, language, at,
  delivery, files, addressing)
VALUES (:id, :conversation_id, :seq, :seq, :kind, :author_kind, :author_id, :text, :language, :at, :delivery, :files,
  :addressing)
"""
NEWEST_OF_IDENTITY = """
SELECT * FROM conversations WHERE identity_id = :identity_id AND channel_id = :channel_id AND thread = :thread
ORDER BY number DESC LIMIT 1
"""
KEEP_DRAFT = """
INSERT INTO drafts (conversation_id, agent_id, kind, text, at) VALUES (:conversation_id, :agent_id, :kind, :text, :at)
ON CONFLICT (conversation_id, agent_id) DO UPDATE SET kind = excluded.kind, text = excluded.text, at = excluded.at
"""
MENTION = """
INSERT INTO conversation_mentions (conversation_id, agent_id, seq, seen)
VALUES (:conversation_id, :agent_id, :seq, FALSE)
ON CONFLICT (conversation_id, agent_id) DO UPDATE SET seq = excluded.seq, seen = excluded.seen
"""
LOADS = """
SELECT assignee_id, count(*) AS load FROM conversations
WHERE assignee_id IS NOT NULL AND handler = 'agent' AND status IN ('open', 'waiting') GROUP BY assignee_id
"""


async def hold(tx: Tx, id: str) -> Conversation:
    """The conversation, with everyone else who wants to change it waiting. ``NotFound``."""
    await events.hold(tx, id)
    return await get(tx, id)


async def get(tx: Tx, id: str) -> Conversation:
    """``NotFound`` where there is none."""
    found = await find(tx, id)
    if found is None:
        raise NotFound("conversation")
    return found


async def find(tx: Tx, id: str) -> Conversation | None:
    row = await tx.row("SELECT * FROM conversations WHERE id = :id", id=id)
    return None if row is None else conversation(row)


async def newest_of_identity(tx: Tx, identity_id: str, channel_id: str, thread: str) -> Conversation | None:
    row = await tx.row(NEWEST_OF_IDENTITY, identity_id=identity_id, channel_id=channel_id, thread=thread)
    return None if row is None else conversation(row)


async def of_customer(tx: Tx, customer_id: str, limit: int = 20) -> list[Row]:
    """His conversations, newest first."""
    sql = "SELECT * FROM conversations WHERE customer_id = :customer_id ORDER BY last_at DESC LIMIT :limit"
    return list(await tx.rows(sql, customer_id=customer_id, limit=limit))


async def newest_of_customer(tx: Tx, customer_id: str, limit: int = 100) -> list[str]:
    """The ids of those of his conversations that somebody may have before his eyes."""
    sql = "SELECT id FROM conversations WHERE customer_id = :customer_id ORDER BY last_at DESC LIMIT :limit"
    return [row["id"] for row in await tx.rows(sql, customer_id=customer_id, limit=limit)]


async def of_team(tx: Tx, team_id: str, after: int, limit: int) -> list[str]:
    """The ids of those with a number above ``after``, in their order."""
    sql = "SELECT id FROM conversations WHERE team_id = :team_id AND number > :after ORDER BY number LIMIT :limit"
    return [row["id"] for row in await tx.rows(sql, team_id=team_id, after=after, limit=limit)]


async def spam_of_customer(tx: Tx, customer_id: str) -> list[str]:
    sql = "SELECT id FROM conversations WHERE customer_id = :customer_id AND spam ORDER BY number"
    return [row["id"] for row in await tx.rows(sql, customer_id=customer_id)]


async def merged_across_customers(tx: Tx, customer_ids: Iterable[str]) -> list[str]:
    """What one of these customers has in a conversation of somebody else."""
    sql = """SELECT s.id FROM conversations s JOIN conversations t ON t.id = s.merged_into
             WHERE s.customer_id = :id AND t.customer_id <> s.customer_id ORDER BY s.number"""
    return [row["id"] for id in sorted(customer_ids) for row in await tx.rows(sql, id=id)]


async def of_identities(tx: Tx, identity_ids: Sequence[str], channel_id: str) -> list[Conversation]:
    """What these identities may read on this channel, oldest first."""
    found: list[Conversation] = []
    sql = "SELECT * FROM conversations WHERE identity_id = :identity_id AND channel_id = :channel_id ORDER BY number"
    for identity_id in identity_ids:
        rows = await tx.rows(sql, identity_id=identity_id, channel_id=channel_id)
        found += [conversation(row) for row in rows]
    return sorted(found, key=lambda one: one.number)


async def insert(tx: Tx, **columns: Any) -> int:
    """A new conversation's number."""
    return int(await tx.value(OPEN, **columns))


async def update(tx: Tx, id: str, **changes: Any) -> None:
    assignments = ", ".join(f"{column} = :{column}" for column in changes)
    await tx.run(f"UPDATE conversations SET {assignments} WHERE id = :id", id=id, **changes)


async def say(tx: Tx, conversation_id: str, message: Message, seq: int, delivery: str = "", subject: str = "") -> None:
    """Write it down, so that a search finds it: the one that opens a conversation also by its ``subject``."""
    await tx.run(
        SAY,
        id=message.id,
        conversation_id=conversation_id,
        seq=seq,
        kind=message.kind,
        author_kind=message.author.kind,
        author_id=message.author.id,
        text=message.text,
        language=message.language,
        at=message.at,
        delivery=delivery,
        files=len(message.attachments),
        addressing=addressing_of(message),
    )
    await take_in(tx, seq, message.text, *(file.name for file in message.attachments), subject)


async def message_row(tx: Tx, id: str) -> Row:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM messages WHERE id = :id", id=id)
    if row is None:
        raise NotFound("message")
    return row


async def said_before(tx: Tx, message_id: str) -> Row | None:
    return await tx.row("SELECT * FROM messages WHERE id = :id", id=message_id)


async def recent_messages(tx: Tx, conversation_id: str, limit: int) -> list[Row]:
    """What was said to and by the customer last, oldest first; no notes."""
    sql = """SELECT * FROM messages WHERE conversation_id = :id AND kind = 'message' ORDER BY seq DESC LIMIT :limit"""
    return list(await tx.rows(sql, id=conversation_id, limit=limit))[::-1]


async def received_after(tx: Tx, conversation_id: str, seq: int) -> int:
    """How many messages of the customer stand behind ``seq``."""
    sql = "SELECT count(*) FROM messages WHERE conversation_id = :id AND author_kind = 'customer' AND seq > :seq"
    return int(await tx.value(sql, id=conversation_id, seq=seq))


async def last_received(tx: Tx, streams: Sequence[str]) -> tuple[str, int] | None:
    """Where the newest message of the customer stands: in which of these, and under which ``seq``."""
    sql = "SELECT max(seq) FROM messages WHERE conversation_id = :id AND author_kind = 'customer'"
    found = [(stream, int(seq)) for stream in streams if (seq := await tx.value(sql, id=stream))]
    return max(found, key=lambda one: one[1], default=None)


async def mark_delivery(tx: Tx, message_id: str, delivery: str, external_id: str | None = None) -> bool:
    """True when that is news."""
    sql = """UPDATE messages SET delivery = :delivery, external_id = COALESCE(CAST(:external_id AS TEXT), external_id)
             WHERE id = :id AND delivery <> :delivery"""
    return bool(await tx.run(sql, id=message_id, delivery=delivery, external_id=external_id))


async def undelivered_until(tx: Tx, conversation_id: str, seq: int) -> Sequence[Row]:
    """Replies up to ``seq`` that the customer doesn't have yet, also where another way to him was tried in vain."""
    sql = """SELECT id FROM messages
             WHERE conversation_id = :id AND seq <= :seq AND delivery NOT IN ('', 'delivered', 'withdrawn')
             ORDER BY seq"""
    return await tx.rows(sql, id=conversation_id, seq=seq)


async def empty_message(tx: Tx, id: str) -> None:
    """Nothing of what it said is left in its row; a reply that isn't there by then never is, nor is it sent again."""
    sql = """UPDATE messages SET text = '', files = 0,
               delivery = CASE WHEN delivery IN ('', 'delivered') THEN delivery ELSE 'withdrawn' END
             WHERE id = :id"""
    await tx.run(sql, id=id)


async def show_removed(tx: Tx, conversation_id: str, author_kind: str, at: int) -> bool:
    """Where its line showed the message of that author and time: True, and it says only that there was one."""
    sql = """UPDATE conversations SET preview_text = '', preview_kind = 'removed'
             WHERE id = :id AND preview_at = :at AND preview_author = :author"""
    return bool(await tx.run(sql, id=conversation_id, at=at, author=author_kind))


async def set_language(tx: Tx, message_id: str, language: str) -> None:
    await tx.run("UPDATE messages SET language = :language WHERE id = :id", id=message_id, language=language)


async def tags(tx: Tx, conversation_id: str) -> list[str]:
    sql = "SELECT tag FROM conversation_tags WHERE conversation_id = :id ORDER BY tag"
    return [row["tag"] for row in await tx.rows(sql, id=conversation_id)]


async def tags_of_many(tx: Tx, conversation_ids: Sequence[str]) -> dict[str, list[str]]:
    ids = msgspec.json.encode(list(conversation_ids)).decode()
    listed = (
        "SELECT value FROM json_each(:ids)"
        if tx.engine == "sqlite"
        else "SELECT json_array_elements_text(CAST(:ids AS JSON))"
    )
    sql = f"SELECT conversation_id, tag FROM conversation_tags WHERE conversation_id IN ({listed}) ORDER BY tag"
    found: dict[str, list[str]] = {}
    for row in await tx.rows(sql, ids=ids):
        found.setdefault(row["conversation_id"], []).append(row["tag"])
    return found


async def add_tag(tx: Tx, conversation_id: str, tag: str) -> bool:
    sql = "INSERT INTO conversation_tags (conversation_id, tag) VALUES (:id, :tag) ON CONFLICT DO NOTHING"
    return bool(await tx.run(sql, id=conversation_id, tag=tag))


async def remove_tag(tx: Tx, conversation_id: str, tag: str) -> bool:
    sql = "DELETE FROM conversation_tags WHERE conversation_id = :id AND tag = :tag"
    return bool(await tx.run(sql, id=conversation_id, tag=tag))


async def mention(tx: Tx, conversation_id: str, agent_ids: Sequence[str], seq: int) -> None:
    """The event ``seq`` names these agents; it is new to each of them until he has read that far."""
    for agent_id in agent_ids:
        await tx.run(MENTION, conversation_id=conversation_id, agent_id=agent_id, seq=seq)


async def see_mentions(tx: Tx, conversation_id: str, agent_id: str, seq: int) -> bool:
    """The agent has read up to ``seq``. True when something that named him stood there unread."""
    sql = """UPDATE conversation_mentions SET seen = TRUE
             WHERE conversation_id = :id AND agent_id = :agent_id AND seq <= :seq AND NOT seen"""
    return bool(await tx.run(sql, id=conversation_id, agent_id=agent_id, seq=seq))


async def keep_draft(tx: Tx, conversation_id: str, agent_id: str, kind: str, text: str, at: int) -> None:
    await tx.run(KEEP_DRAFT, conversation_id=conversation_id, agent_id=agent_id, kind=kind, text=text, at=at)


async def drop_draft(tx: Tx, conversation_id: str, agent_id: str | None) -> None:
    sql = "DELETE FROM drafts WHERE conversation_id = :id AND agent_id = :agent_id"
    await tx.run(sql, id=conversation_id, agent_id=agent_id or "")


async def draft(tx: Tx, conversation_id: str, agent_id: str) -> Row | None:
    sql = "SELECT kind, text FROM drafts WHERE conversation_id = :id AND agent_id = :agent_id"
    return await tx.row(sql, id=conversation_id, agent_id=agent_id)


async def queue(tx: Tx) -> list[Conversation]:
    """Who waits for a person, longest first."""
    sql = "SELECT * FROM conversations WHERE queued_at IS NOT NULL ORDER BY queued_at, number"
    return [conversation(row) for row in await tx.rows(sql)]


async def loads(tx: Tx) -> dict[str, int]:
    """How many running conversations each agent has."""
    return {row["assignee_id"]: int(row["load"]) for row in await tx.rows(LOADS)}


async def of_assignee(tx: Tx, agent_id: str) -> list[Conversation]:
    """What is assigned to an agent and not closed."""
    sql = "SELECT * FROM conversations WHERE assignee_id = :agent_id AND status <> 'closed' ORDER BY last_at DESC"
    return [conversation(row) for row in await tx.rows(sql, agent_id=agent_id)]


async def of_identity_elsewhere(tx: Tx, identity_id: str, customer_id: str) -> list[Conversation]:
    """The conversations of an identity that are not this customer's."""
    sql = "SELECT * FROM conversations WHERE identity_id = :identity_id AND customer_id <> :customer_id ORDER BY number"
    return [conversation(row) for row in await tx.rows(sql, identity_id=identity_id, customer_id=customer_id)]


def conversation(row: Row) -> Conversation:
    channel = ChannelRef(row["channel_id"], row["channel_kind"], row["channel_name"])
    plain = {name: row[name] for name in Conversation.__struct_fields__ if name != "channel"}
    plain |= {
        "priority": PRIORITIES[row["priority"]],
        "fields": msgspec.json.decode(row["fields"]),
        "spam": bool(row["spam"]),
    }
    return Conversation(channel=channel, **plain)
