"""Every query on the places in mailboxes, and on what is missing before them."""

import msgspec

from goodword.channels.adapters.email.fetching.cursor import Cursor, hole_pause
from goodword.platform.db import Row, Tx

LONGEST_DETAIL = 300

BEGIN = """
INSERT INTO mail_cursors (channel_id, folder, account, since) VALUES (:channel_id, :folder, :account, :since)
ON CONFLICT (channel_id, folder) DO NOTHING
"""
REPLACE = """
UPDATE mail_cursors SET account = :account, since = :since, uidvalidity = :uidvalidity, last_uid = :last_uid,
  adopted = :adopted, floor = :floor, caught_up_at = :caught_up_at
WHERE channel_id = :channel_id AND folder = :folder
"""
# Two who fetch the same folder, for a moment, can't send each other back.
ADVANCE = """
UPDATE mail_cursors SET last_uid = :last_uid WHERE channel_id = :channel_id AND folder = :folder
  AND account = :account AND uidvalidity = :uidvalidity AND last_uid < :last_uid
"""
CAUGHT_UP = """
UPDATE mail_cursors SET caught_up_at = :at
WHERE channel_id = :channel_id AND folder = :folder AND account = :account AND uidvalidity = :uidvalidity
"""
HOLE = """
INSERT INTO mail_holes (channel_id, folder, uid, found_at, tries, retry_at, detail)
VALUES (:channel_id, :folder, :uid, :at, 1, :retry_at, :detail)
ON CONFLICT (channel_id, folder, uid) DO NOTHING
"""


async def find(tx: Tx, channel_id: str, folder: str) -> Cursor | None:
    sql = "SELECT * FROM mail_cursors WHERE channel_id = :channel_id AND folder = :folder"
    row = await tx.row(sql, channel_id=channel_id, folder=folder)
    return _cursor(row) if row else None


async def is_known(tx: Tx, channel_id: str) -> bool:
    """Whether any folder of the channel was ever looked for."""
    sql = "SELECT EXISTS (SELECT 1 FROM mail_cursors WHERE channel_id = :channel_id)"
    return bool(await tx.value(sql, channel_id=channel_id))


async def begin(tx: Tx, channel_id: str, folder: str, cursor: Cursor) -> None:
    await tx.run(BEGIN, channel_id=channel_id, folder=folder, account=cursor.account, since=cursor.since)


async def replace(tx: Tx, channel_id: str, folder: str, cursor: Cursor) -> None:
    """Another numbering: what was missing in the old one is looked for in the new one."""
    await tx.run(REPLACE, channel_id=channel_id, folder=folder, **msgspec.structs.asdict(cursor))
    await tx.run("DELETE FROM mail_holes WHERE channel_id = :id AND folder = :folder", id=channel_id, folder=folder)


async def advance(tx: Tx, channel_id: str, folder: str, cursor: Cursor, last_uid: int) -> None:
    """Everything up to ``last_uid`` is done."""
    place = {"channel_id": channel_id, "folder": folder, "account": cursor.account, "uidvalidity": cursor.uidvalidity}
    await tx.run(ADVANCE, **place, last_uid=last_uid)


async def note_caught_up(tx: Tx, channel_id: str, folder: str, cursor: Cursor, at: int) -> None:
    place = {"channel_id": channel_id, "folder": folder, "account": cursor.account, "uidvalidity": cursor.uidvalidity}
    await tx.run(CAUGHT_UP, **place, at=at)


async def leave_behind(tx: Tx, channel_id: str, folder: str, uid: int, at: int, detail: str) -> None:
    """It is asked for again later."""
    hole = {"channel_id": channel_id, "folder": folder, "uid": uid, "at": at, "detail": detail[:LONGEST_DETAIL]}
    await tx.run(HOLE, **hole, retry_at=at + hole_pause(1))


async def due_holes(tx: Tx, channel_id: str, folder: str, now: int, limit: int = 20) -> list[int]:
    sql = """SELECT uid FROM mail_holes WHERE channel_id = :channel_id AND folder = :folder AND retry_at <= :now
             ORDER BY retry_at LIMIT :limit"""
    rows = await tx.rows(sql, channel_id=channel_id, folder=folder, now=now, limit=limit)
    return [row["uid"] for row in rows]


async def try_hole(tx: Tx, channel_id: str, folder: str, uid: int, now: int) -> None:
    """It is asked for now; its next turn is set before, since the line may break over it."""
    sql = "SELECT tries FROM mail_holes WHERE channel_id = :channel_id AND folder = :folder AND uid = :uid"
    place = {"channel_id": channel_id, "folder": folder, "uid": uid}
    tries = int(await tx.value(sql, **place) or 0) + 1
    sql = """UPDATE mail_holes SET tries = :tries, retry_at = :at
             WHERE channel_id = :channel_id AND folder = :folder AND uid = :uid"""
    await tx.run(sql, **place, tries=tries, at=now + hole_pause(tries))


async def close_hole(tx: Tx, channel_id: str, folder: str, uid: int) -> None:
    sql = "DELETE FROM mail_holes WHERE channel_id = :channel_id AND folder = :folder AND uid = :uid"
    await tx.run(sql, channel_id=channel_id, folder=folder, uid=uid)


async def count_holes(tx: Tx, channel_id: str, folder: str) -> int:
    sql = "SELECT count(*) FROM mail_holes WHERE channel_id = :channel_id AND folder = :folder"
    return int(await tx.value(sql, channel_id=channel_id, folder=folder))


def _cursor(row: Row) -> Cursor:
    return Cursor(**{name: row[name] for name in Cursor.__struct_fields__})
