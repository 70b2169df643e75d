"""Writing to the log and reading it."""

from collections.abc import Sequence

import msgspec

from goodword.platform import ids
from goodword.platform.db import Outrun, Row, Tx
from goodword.platform.errors import BadInput, Broken
from goodword.platform.events.model import MOST_HOPS, Actor, Event, Fact, Stamp
from goodword.platform.jobs.store import enqueue

EVENTS_BELL = "events"
LARGEST = (1 << 63) - 1

APPEND = """
INSERT INTO events (id, type, at, stream, actor_kind, actor_id, actor_name, cause, hops, data)
VALUES (:id, :type, :at, :stream, :actor_kind, :actor_id, :actor_name, :cause, :hops, :data)
ON CONFLICT (id) DO NOTHING RETURNING seq
"""
# A transaction that is still running may have been given smaller numbers than one that is done: what is at or above
# the oldest running one is not read yet, or it would be skipped for good.
OLDEST_RUNNING = "CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)"
NOT_YET_GIVEN = "CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)"
SINCE = {
    "sqlite": "SELECT * FROM events WHERE seq > :seq {of_stream} ORDER BY seq LIMIT :limit",
    "postgresql": f"""
        SELECT * FROM events WHERE (xid, seq) > (:xid, :seq) AND xid < {OLDEST_RUNNING} {{of_stream}}
        ORDER BY xid, seq LIMIT :limit
    """,
}
NEWEST = {
    "sqlite": "SELECT xid, seq FROM events ORDER BY seq DESC LIMIT 1",
    "postgresql": f"SELECT xid, seq FROM events WHERE xid < {OLDEST_RUNNING} ORDER BY xid DESC, seq DESC LIMIT 1",
}
UNSETTLED = f"SELECT EXISTS (SELECT 1 FROM events WHERE xid >= {OLDEST_RUNNING})"
OVERTAKEN = """
SELECT xid > CAST(CAST(pg_current_xact_id_if_assigned() AS TEXT) AS BIGINT)
FROM events WHERE stream = :stream ORDER BY seq DESC LIMIT 1
"""
OF_TYPE = """
SELECT * FROM (
  SELECT * FROM events WHERE type = :type_{number} AND seq < :before AND at >= :since AND at < :until {whose}
  ORDER BY seq DESC LIMIT :limit
) AS of_{number}
"""
# A dump that was restored into another PostgreSQL brings numbers of transactions that have not been there yet.
FOREIGN = f"SELECT EXISTS (SELECT 1 FROM events WHERE xid >= {NOT_YET_GIVEN})"


async def append(tx: Tx, stream: str, fact: Fact, stamp: Stamp, *, id: str | None = None) -> int:
    """Record ``fact`` on ``stream`` and set off whoever subscribed to it; return its ``seq``.

    With an ``id`` of the caller's (see ``ids.derived``) the same fact is recorded once, however often it is asked
    for; then 0 comes back. Raises ``Broken`` when automatic reactions chase each other.
    """
    if stamp.hops > MOST_HOPS:
        raise Broken("loop")
    type_ = type(fact).__name__
    event_id = id or ids.new("evt", stamp.at)
    seq = await tx.value(
        APPEND,
        id=event_id,
        type=type_,
        at=stamp.at,
        stream=stream,
        actor_kind=stamp.actor.kind,
        actor_id=stamp.actor.id,
        actor_name=stamp.actor.name,
        cause=stamp.cause,
        hops=stamp.hops,
        data=msgspec.json.encode(fact).decode(),
    )
    if seq is None:
        return 0
    for name in tx.subscriptions.get(type_, ()):
        await enqueue(tx, name, {"seq": seq}, at=stamp.at, dedupe=f"{event_id}:{name}")
    tx.ring(EVENTS_BELL)
    return int(seq)


async def hold(tx: Tx, stream: str) -> None:
    """Let nobody else write to the stream until the transaction ends.

    On PostgreSQL the log is read by transaction. One that had begun to write before it came here, and was overtaken
    on the stream meanwhile, would be read before what it follows: it is done anew (``Outrun``).
    """
    await tx.lock(stream)
    if tx.engine == "postgresql" and await tx.value(OVERTAKEN, stream=stream):
        raise Outrun(stream)


async def since(tx: Tx, cursor: str, limit: int, stream: str | None = None) -> list[Event]:
    """The next events after ``cursor``, oldest first; of one stream, or of all. ``BadInput``: not a cursor of ours."""
    xid, seq = parse_cursor(cursor)
    sql = SINCE[tx.engine].format(of_stream="AND stream = :stream" if stream else "")
    values: dict[str, object] = {"seq": seq, "limit": limit}
    values |= {"xid": xid} if tx.engine == "postgresql" else {}
    values |= {"stream": stream} if stream else {}
    return _events(await tx.rows(sql, **values))


async def newest_cursor(tx: Tx) -> str:
    """Where the log ends just now."""
    row = await tx.row(NEWEST[tx.engine])
    return "0.0" if row is None else f"{row['xid']}.{row['seq']}"


async def has_unsettled(tx: Tx) -> bool:
    """Whether there are events that ``since`` doesn't show yet, because an older transaction is still running."""
    return tx.engine == "postgresql" and bool(await tx.value(UNSETTLED))


async def come_home(tx: Tx) -> None:
    """Make a log that was restored from a dump readable: what stands in it is older than whatever comes."""
    if tx.engine == "postgresql":
        await tx.lock("events.come_home")
        if await tx.value(FOREIGN):
            await tx.run("UPDATE events SET xid = 0 WHERE xid > 0")


async def latest(tx: Tx, stream: str, limit: int) -> list[Event]:
    """The newest events of a stream, oldest first."""
    return await earlier(tx, stream, 1 << 62, limit)


async def earlier(tx: Tx, stream: str, before: int, limit: int) -> list[Event]:
    """The last events of a stream with ``seq`` below ``before``, oldest first."""
    sql = "SELECT * FROM events WHERE stream = :stream AND seq < :before ORDER BY seq DESC LIMIT :limit"
    return _events(await tx.rows(sql, stream=stream, before=before, limit=limit))[::-1]


async def later(tx: Tx, stream: str, after: int, limit: int) -> list[Event]:
    """The first events of a stream with ``seq`` above ``after``, oldest first."""
    sql = "SELECT * FROM events WHERE stream = :stream AND seq > :after ORDER BY seq LIMIT :limit"
    return _events(await tx.rows(sql, stream=stream, after=after, limit=limit))


async def of_stream(tx: Tx, stream: str, types: Sequence[str]) -> list[Event]:
    """All events of these types on a stream, oldest first."""
    named = {f"type_{number}": type_ for number, type_ in enumerate(types)}
    listed = ", ".join(f":{name}" for name in named)
    sql = f"SELECT * FROM events WHERE stream = :stream AND type IN ({listed}) ORDER BY seq"
    return _events(await tx.rows(sql, stream=stream, **named))


async def of_types(
    tx: Tx,
    types: Sequence[str],
    before: int,
    limit: int,
    *,
    about: str | None = None,
    since: int = 0,
    until: int = LARGEST,
) -> list[Event]:
    """The newest events of these types with ``seq`` below ``before``, newest first.

    ``about``: only what this actor did, or what happened on his stream. ``since`` and ``until`` in milliseconds.
    """
    if not types:
        return []
    values: dict[str, object] = {f"type_{number}": type_ for number, type_ in enumerate(types)}
    values |= {"before": before, "limit": limit, "since": since, "until": until}
    whose = ""
    if about is not None:
        whose, values["about"] = "AND (actor_id = :about OR stream = :about)", about
    # One range of the index each: a rare type among common ones would be looked for through the whole log otherwise.
    parts = " UNION ALL ".join(OF_TYPE.format(number=number, whose=whose) for number in range(len(types)))
    return _events(await tx.rows(f"{parts} ORDER BY seq DESC LIMIT :limit", **values))


async def by_seq(tx: Tx, seq: int) -> Event | None:
    return next(iter(_events(await tx.rows("SELECT * FROM events WHERE seq = :seq", seq=seq))), None)


async def by_id(tx: Tx, id: str) -> Event | None:
    return next(iter(_events(await tx.rows("SELECT * FROM events WHERE id = :id", id=id))), None)


def parse_cursor(cursor: str) -> tuple[int, int]:
    xid, dot, seq = cursor.partition(".")
    if not (dot and xid.isascii() and xid.isdigit() and seq.isascii() and seq.isdigit()) or len(cursor) > 39:
        raise BadInput("cursor")
    place = int(xid), int(seq)
    if max(place) > LARGEST:
        raise BadInput("cursor")
    return place


def _events(rows: Sequence[Row]) -> list[Event]:
    return [
        Event(
            seq=row["seq"],
            id=row["id"],
            type=row["type"],
            at=row["at"],
            stream=row["stream"],
            actor=Actor(row["actor_kind"], row["actor_id"], row["actor_name"]),
            cause=row["cause"],
            hops=row["hops"],
            data=msgspec.Raw(row["data"].encode()),
            cursor=f"{row['xid']}.{row['seq']}",
        )
        for row in rows
    ]
