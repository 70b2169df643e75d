"""Every query on the chain."""

from collections.abc import Sequence

import msgspec

from goodword.platform.audit.model import BEGINNING, Anchor, Link, Verdict
from goodword.platform.db import Row, Tx
from goodword.platform.events.store import OLDEST_RUNNING

SOME = 10_000

HEAD = "SELECT position, seq, hash FROM audit_links ORDER BY position DESC LIMIT 1"
PLACE = "SELECT xid, seq FROM events WHERE seq = :seq"
# The second look for a link costs little: it is the same page of the index again and again.
UNLINKED = {
    "sqlite": "events.seq > :seq",
    "postgresql": f"(events.xid, events.seq) > (:xid, :seq) AND events.xid < {OLDEST_RUNNING}",
}
NEXT = """
SELECT {columns} FROM events LEFT JOIN redactions ON redactions.seq = events.seq
WHERE {after} AND NOT EXISTS (SELECT 1 FROM audit_links WHERE audit_links.seq = events.seq)
ORDER BY {order} LIMIT :limit
"""
ORDER = {"sqlite": "events.seq", "postgresql": "events.xid, events.seq"}
BEHIND = {"sqlite": "events.seq < :seq", "postgresql": "(events.xid, events.seq) < (:xid, :seq)"}
SLIPPED_IN = """
SELECT min(events.seq) FROM events LEFT JOIN audit_links ON audit_links.seq = events.seq
WHERE audit_links.seq IS NULL AND {behind}
"""
ADD = {
    "sqlite": """
        INSERT INTO audit_links (position, seq, hash)
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
        FROM json_each(:links)
    """,
    "postgresql": """
        INSERT INTO audit_links (position, seq, hash)
        SELECT CAST(one ->> 0 AS BIGINT), CAST(one ->> 1 AS BIGINT), one ->> 2
        FROM json_array_elements(CAST(:links AS JSON)) AS one
    """,
}
CHAIN = """
SELECT audit_links.position, audit_links.seq AS linked, audit_links.hash, redactions.content_hash, events.*
FROM audit_links LEFT JOIN events ON events.seq = audit_links.seq
LEFT JOIN redactions ON redactions.seq = audit_links.seq
WHERE audit_links.position > :after ORDER BY audit_links.position LIMIT :limit
"""
REDACTED = """
SELECT redactions.seq, position FROM redactions LEFT JOIN audit_links ON audit_links.seq = redactions.seq
ORDER BY redactions.seq
"""
KEEP_CHECK = """
INSERT INTO audit_checks (id, at, verdict) VALUES (1, :at, :verdict)
ON CONFLICT (id) DO UPDATE SET at = excluded.at, verdict = excluded.verdict
"""


class Check(msgspec.Struct, frozen=True):
    """When the whole chain was looked at last, and how that ended."""

    at: int
    verdict: Verdict


async def head(tx: Tx) -> Anchor:
    """Where the chain ends."""
    row = await tx.row(HEAD)
    return BEGINNING if row is None else Anchor(row["position"], row["hash"])


async def link_at(tx: Tx, position: int) -> Link | None:
    row = await tx.row("SELECT position, seq, hash FROM audit_links WHERE position = :position", position=position)
    return None if row is None else Link(row["position"], row["seq"], row["hash"])


async def next_to_link(tx: Tx, limit: int) -> tuple[Anchor, Sequence[Row]]:
    """Where the chain ends, and the next settled events that have no link, in the order of the feed."""
    last = await tx.row(HEAD)
    end = BEGINNING if last is None else Anchor(last["position"], last["hash"])
    # What was taken out of an event before it was linked is linked as it was said.
    columns = "events.*, redactions.content_hash"
    sql = NEXT.format(columns=columns, after=UNLINKED[tx.engine], order=ORDER[tx.engine])
    return end, await tx.rows(sql, **await _place_of(tx, last), limit=limit)


async def not_linked(tx: Tx) -> int:
    """How many events wait for their link; counted up to ten thousand."""
    place = await _place_of(tx, await tx.row(HEAD))
    after = UNLINKED[tx.engine].partition(" AND ")[0]
    counted = NEXT.format(columns="events.seq", after=after, order=ORDER[tx.engine])
    return int(await tx.value(f"SELECT count(*) FROM ({counted}) AS waiting", **place, limit=SOME))


async def slipped_in(tx: Tx) -> int | None:
    """The first event that stands before the head of the chain without a link."""
    last = await tx.row(HEAD)
    if last is None:
        return None
    found: int | None = await tx.value(SLIPPED_IN.format(behind=BEHIND[tx.engine]), **await _place_of(tx, last))
    return found


async def add_links(tx: Tx, end: Anchor, links: Sequence[Link]) -> bool:
    """False: somebody else has gone on from ``end`` meanwhile."""
    await tx.lock("audit.chain")
    if await head(tx) != end:
        return False
    rows = [(link.position, link.seq, link.hash) for link in links]
    await tx.run(ADD[tx.engine], links=msgspec.json.encode(rows).decode())
    return True


async def chain(tx: Tx, after: int, limit: int) -> Sequence[Row]:
    """The links after a position, each with its event (nothing, where that is gone) and what was taken out of it."""
    return await tx.rows(CHAIN, after=after, limit=limit)


async def redacted(tx: Tx) -> Sequence[Row]:
    return await tx.rows(REDACTED)


async def announced(tx: Tx) -> list[str]:
    """What the log says about contents that were taken out: the data of ``EventRedacted``."""
    return [row["data"] for row in await tx.rows("SELECT data FROM events WHERE type = 'EventRedacted'")]


async def take_out(tx: Tx, seq: int, hash: str, actor_name: str, data: str) -> None:
    sql = "INSERT INTO redactions (seq, content_hash) VALUES (:seq, :hash) ON CONFLICT (seq) DO NOTHING"
    await tx.run(sql, seq=seq, hash=hash)
    await tx.run(
        "UPDATE events SET actor_name = :name, data = :data WHERE seq = :seq", name=actor_name, data=data, seq=seq
    )


async def keep_check(tx: Tx, check: Check) -> None:
    await tx.run(KEEP_CHECK, at=check.at, verdict=msgspec.json.encode(check.verdict).decode())


async def last_check(tx: Tx) -> Check | None:
    row = await tx.row("SELECT at, verdict FROM audit_checks WHERE id = 1")
    return None if row is None else Check(row["at"], msgspec.json.decode(row["verdict"], type=Verdict))


async def _place_of(tx: Tx, link: Row | None) -> dict[str, int]:
    """Where in the log the linked event stands."""
    row = None if link is None else await tx.row(PLACE, seq=link["seq"])
    if tx.engine == "sqlite":
        return {"seq": link["seq"] if link else 0}
    if row is None or row["xid"] == 0:
        # The log was restored from a dump: its order is another now, and what has no link may stand anywhere in it.
        return {"xid": 0, "seq": 0}
    return {"xid": row["xid"], "seq": row["seq"]}
