"""Every query on arrivals."""

from collections.abc import Sequence

import msgspec

from goodword.channels.arrivals.model import Arrival
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound

INSERT = """
INSERT INTO arrivals (id, channel_id, source, shape, digest, size, at, state, reason, detail, mended,
  conversation_id, message_id, attempts)
VALUES (:id, :channel_id, :source, :shape, :digest, :size, :at, :state, :reason, :detail, :mended,
  :conversation_id, :message_id, :attempts) ON CONFLICT DO NOTHING
"""
UPDATE = """
UPDATE arrivals SET state = :state, reason = :reason, detail = :detail, mended = :mended,
  conversation_id = :conversation_id, message_id = :message_id, attempts = :attempts WHERE id = :id
"""
KEPT = ("id", "state", "reason", "detail", "mended", "conversation_id", "message_id", "attempts")
PAGE = """
SELECT * FROM arrivals
WHERE state = :state AND (CAST(:channel_id AS TEXT) IS NULL OR channel_id = :channel_id)
  AND (CAST(:at AS BIGINT) IS NULL OR at < :at OR (at = :at AND id < :id))
ORDER BY at DESC, id DESC LIMIT :limit
"""
NEEDED = """
SELECT 1 FROM arrivals WHERE digest = :digest AND state <> 'forgotten'
UNION SELECT 1 FROM arrivals WHERE mended = :digest AND state <> 'forgotten'
"""
COUNTS = """
SELECT state, count(*) AS many FROM arrivals
WHERE state IN ('waiting', 'aside', 'quarantined') AND (CAST(:channel_id AS TEXT) IS NULL OR channel_id = :channel_id)
GROUP BY state
"""


async def insert(tx: Tx, arrival: Arrival) -> bool:
    """False where the same bytes had come through the same channel before."""
    return bool(await tx.run(INSERT, **msgspec.structs.asdict(arrival)))


async def keep(tx: Tx, arrival: Arrival) -> Arrival:
    columns = msgspec.structs.asdict(arrival)
    await tx.run(UPDATE, **{name: columns[name] for name in KEPT})
    return arrival


async def get(tx: Tx, id: str) -> Arrival:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM arrivals WHERE id = :id", id=id)
    if row is None:
        raise NotFound("arrival")
    return _arrival(row)


async def hold(tx: Tx, id: str) -> Arrival:
    """As ``get``, with everyone else who wants to change it waiting."""
    await tx.lock(id)
    return await get(tx, id)


async def hold_kept(tx: Tx, id: str) -> Arrival:
    """As ``hold``; ``NotFound`` also where it was forgotten."""
    return kept(await hold(tx, id))


def kept(arrival: Arrival) -> Arrival:
    """``NotFound`` where it was forgotten."""
    if arrival.state == "forgotten":
        raise NotFound("arrival")
    return arrival


async def of_message(tx: Tx, message_id: str) -> list[str]:
    """Whatever became this message, each time that it came."""
    return [row["id"] for row in await tx.rows("SELECT id FROM arrivals WHERE message_id = :id", id=message_id)]


async def is_needed(tx: Tx, digest: str) -> bool:
    """Whether an arrival that isn't forgotten has these bytes."""
    return await tx.value(NEEDED, digest=digest) is not None


async def page(
    tx: Tx, state: str, channel_id: str | None = None, before: Arrival | None = None, limit: int = 50
) -> list[Arrival]:
    """Newest first; ``before``: those that stand behind it."""
    at, id = (before.at, before.id) if before else (None, "")
    rows = await tx.rows(PAGE, state=state, channel_id=channel_id, at=at, id=id, limit=limit)
    return [_arrival(row) for row in rows]


async def counts(tx: Tx, channel_id: str | None = None) -> dict[str, int]:
    """How many wait, are aside and in quarantine."""
    found = {row["state"]: int(row["many"]) for row in await tx.rows(COUNTS, channel_id=channel_id)}
    return {state: found.get(state, 0) for state in ("quarantined", "aside", "waiting")}


async def waiting(tx: Tx) -> Sequence[str]:
    return [row["id"] for row in await tx.rows("SELECT id FROM arrivals WHERE state = 'waiting' ORDER BY at, id")]


async def count_death(tx: Tx, id: str) -> int:
    """How often its reader has died over it, this time counted."""
    sql = "UPDATE arrivals SET attempts = attempts + 1 WHERE id = :id RETURNING attempts"
    return int(await tx.value(sql, id=id))


async def forget_deaths(tx: Tx, id: str) -> None:
    await tx.run("UPDATE arrivals SET attempts = 0 WHERE id = :id", id=id)


def _arrival(row: Row) -> Arrival:
    return Arrival(**{name: row[name] for name in Arrival.__struct_fields__})
