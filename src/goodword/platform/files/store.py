"""Every query on files."""

import msgspec

from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound
from goodword.platform.files.model import StoredFile

RECORD = """
INSERT INTO files (id, name, content_type, size, digest, owner, created_at)
VALUES (:id, :name, :content_type, :size, :digest, :owner, :created_at) ON CONFLICT (id) DO NOTHING
"""


async def record(tx: Tx, file: StoredFile) -> StoredFile:
    await tx.run(RECORD, **msgspec.structs.asdict(file))
    return file


async def find(tx: Tx, id: str) -> StoredFile:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM files WHERE id = :id", id=id)
    if row is None:
        raise NotFound("file")
    return _file(row)


async def find_many(tx: Tx, ids: list[str], owner: str | None = None) -> list[StoredFile]:
    """The files of these ids in this order. ``NotFound``: one is missing or, where ``owner`` is given, not his."""
    found = [await find(tx, id) for id in ids]
    if owner is not None and any(file.owner != owner for file in found):
        raise NotFound("file")
    return found


async def of_owner(tx: Tx, owner: str) -> list[StoredFile]:
    """All that he has uploaded, or that was taken out of what has this id."""
    rows = await tx.rows("SELECT * FROM files WHERE owner = :owner ORDER BY created_at, id", owner=owner)
    return [_file(row) for row in rows]


async def forget(tx: Tx, id: str) -> None:
    """From now on there is no such file; ``FileStore.drop`` its bytes afterwards."""
    await tx.run("DELETE FROM files WHERE id = :id", id=id)


def _file(row: Row) -> StoredFile:
    return StoredFile(**{name: row[name] for name in StoredFile.__struct_fields__})
