"""Every query on what mails refer to."""

from collections.abc import Collection, Sequence
from hashlib import sha256

from goodword.channels.adapters.email.threading import Link
from goodword.platform.db import Row, Tx

LONGEST_REFERENCE = 250
HASHED = "sha256:"

# Of one that was only referred to we learn more when it comes; of one that came nothing is changed any more.
REMEMBER = """
INSERT INTO mail_references (channel_id, reference, conversation_id, said_id, at)
VALUES (:channel_id, :reference, :conversation_id, :said_id, :at)
ON CONFLICT (channel_id, reference) DO UPDATE SET conversation_id = excluded.conversation_id, said_id = excluded.said_id
  WHERE mail_references.said_id IS NULL AND excluded.said_id IS NOT NULL
"""
# A message may have been split off from where it came in.
LINKS = """
SELECT r.reference, r.said_id, c.id, c.subject, i.value AS owner FROM mail_references r
LEFT JOIN messages m ON m.id = r.said_id
JOIN conversations c ON c.id = COALESCE(m.conversation_id, r.conversation_id)
JOIN customer_identities i ON i.id = c.identity_id
WHERE r.channel_id = :channel_id AND r.reference IN ({listed})
"""
SAID = "SELECT id, conversation_id FROM messages WHERE id IN ({listed})"
NUMBERED = "SELECT id, number FROM conversations WHERE number IN ({listed})"
# A reply that went another way than by mail has no Message-ID. What was passed on, and who answered that, is no affair
# of the customer's.
CHAIN = """
SELECT COALESCE(r.reference, m.external_id) AS reference FROM messages m
LEFT JOIN mail_references r ON r.said_id = m.id AND r.channel_id = :channel_id
WHERE m.conversation_id = :id AND m.kind = 'message' AND (r.reference IS NOT NULL
  OR (m.author_kind IN ('agent', 'assistant', 'system') AND m.delivery IN ('delivered', 'bounced')
    AND m.external_id LIKE '%@%'))
  AND COALESCE(m.addressing, '') NOT IN ('forwarded', 'outside')
ORDER BY m.seq DESC LIMIT :limit
"""
MESSAGE_ID = """
SELECT COALESCE(r.reference, m.external_id) FROM messages m
LEFT JOIN mail_references r ON r.said_id = m.id AND r.channel_id = :channel_id WHERE m.id = :id
"""
LAST_SENT_TO = """
SELECT m.id, m.conversation_id FROM messages m
JOIN conversations c ON c.id = m.conversation_id JOIN customer_identities i ON i.id = c.identity_id
WHERE c.channel_id = :channel_id AND i.kind = 'email' AND i.value = :address
  AND m.author_kind IN ('agent', 'assistant', 'system') AND m.kind = 'message'
  AND m.delivery IN ('delivered', 'bounced') AND m.at > :since AND COALESCE(m.addressing, '') <> 'forwarded'
ORDER BY m.seq DESC LIMIT 1
"""
LAST_SENT_IN = """
SELECT id, conversation_id FROM messages WHERE conversation_id = :id AND kind = 'message'
  AND author_kind IN ('agent', 'assistant', 'system') AND delivery IN ('delivered', 'bounced')
ORDER BY seq DESC LIMIT 1
"""


async def remember(
    tx: Tx, channel_id: str, references: Collection[str], conversation_id: str, at: int, said_id: str | None = None
) -> None:
    """Mails with these Message-IDs belong there; with ``said_id`` it has come and is that message."""
    # In one order everywhere, so that two who remember the same never wait for each other.
    for key in sorted({_key(reference) for reference in references}):
        await tx.run(
            REMEMBER, channel_id=channel_id, reference=key, conversation_id=conversation_id, said_id=said_id, at=at
        )


async def links(tx: Tx, channel_id: str, references: Sequence[str], *, seen: bool | None = None) -> tuple[Link, ...]:
    """The conversations of these Message-IDs, in their order; with ``seen`` only of mails that have (not) come."""
    keys = [_key(reference) for reference in references]
    found = {row["reference"]: row for row in await _listed(tx, LINKS, keys, channel_id=channel_id)}
    rows = [found[key] for key in keys if key in found]
    wanted = [row for row in rows if seen is None or (row["said_id"] is not None) == seen]
    parties = {id: await _parties(tx, id) for id in {row["id"] for row in wanted}}
    return tuple(
        Link(row["id"], parties[row["id"]] | {row["owner"]}, row["subject"], row["said_id"] is not None)
        for row in wanted
    )


async def conversations_of(tx: Tx, message_ids: Sequence[str]) -> tuple[str, ...]:
    """Where these messages stand now, in their order."""
    found = {row["id"]: row["conversation_id"] for row in await _listed(tx, SAID, message_ids)}
    return tuple(dict.fromkeys(found[id] for id in message_ids if id in found))


async def numbered(tx: Tx, numbers: Sequence[int]) -> dict[int, str]:
    """The ids of the conversations with these numbers."""
    return {row["number"]: row["id"] for row in await _listed(tx, NUMBERED, numbers)}


async def join(tx: Tx, conversation_id: str, addresses: Collection[str]) -> None:
    """These take part in it."""
    sql = "INSERT INTO mail_parties (conversation_id, address) VALUES (:id, :address) ON CONFLICT DO NOTHING"
    for address in sorted(addresses):
        await tx.run(sql, id=conversation_id, address=address)


async def follow(tx: Tx, conversation_id: str, next_id: str) -> None:
    """What answers the one goes on in the other from now on."""
    sql = """INSERT INTO mail_follow_ups (conversation_id, next_id) VALUES (:id, :next_id)
             ON CONFLICT (conversation_id) DO UPDATE SET next_id = excluded.next_id"""
    await tx.run(sql, id=conversation_id, next_id=next_id)


async def newest_follow_up(tx: Tx, conversation_id: str) -> str:
    """Where it goes on now: itself, if nothing follows it."""
    passed = {conversation_id}
    sql = "SELECT next_id FROM mail_follow_ups WHERE conversation_id = :id"
    while (next_id := await tx.value(sql, id=conversation_id)) and next_id not in passed:
        passed.add(next_id)
        conversation_id = next_id
    return conversation_id


async def chain(tx: Tx, channel_id: str, conversation_id: str, limit: int = 200) -> list[str]:
    """The Message-IDs of the mails of a conversation, theirs and ours, oldest first."""
    rows = await tx.rows(CHAIN, channel_id=channel_id, id=conversation_id, limit=limit)
    kept = [row["reference"] for row in rows if not row["reference"].startswith(HASHED)]
    return kept[::-1]


async def reference_of(tx: Tx, channel_id: str, message_id: str) -> str | None:
    """The Message-ID of the mail that this message came as, if it had one that can be written again."""
    sql = "SELECT reference FROM mail_references WHERE channel_id = :channel_id AND said_id = :id"
    found = await tx.value(sql, channel_id=channel_id, id=message_id)
    return None if found is None or found.startswith(HASHED) else str(found)


async def message_id_of(tx: Tx, channel_id: str, message_id: str) -> str | None:
    """The Message-ID of a mail, theirs or ours, if it has one that can be written again."""
    found = await tx.value(MESSAGE_ID, channel_id=channel_id, id=message_id)
    return str(found) if found and "@" in found and not found.startswith(HASHED) else None


async def last_sent_to(tx: Tx, channel_id: str, address: str, since: int) -> Row | None:
    """The newest reply that left for this address."""
    return await tx.row(LAST_SENT_TO, channel_id=channel_id, address=address, since=since)


async def last_sent_in(tx: Tx, conversation_id: str) -> Row | None:
    """The newest reply that left from this conversation."""
    return await tx.row(LAST_SENT_IN, id=conversation_id)


async def _parties(tx: Tx, conversation_id: str) -> frozenset[str]:
    rows = await tx.rows("SELECT address FROM mail_parties WHERE conversation_id = :id", id=conversation_id)
    return frozenset(row["address"] for row in rows)


async def _listed(tx: Tx, sql: str, values: Sequence[str | int], **more: object) -> Sequence[Row]:
    if not values:
        return []
    named = {f"v{place}": value for place, value in enumerate(values)}
    return await tx.rows(sql.format(listed=", ".join(f":{name}" for name in named)), **named, **more)


def _key(reference: str) -> str:
    short = len(reference) <= LONGEST_REFERENCE and not reference.startswith(HASHED)
    return reference if short else HASHED + sha256(reference.encode("utf-8", "replace")).hexdigest()
