"""A file that comes in by HTTP: in pieces to the store, never whole in memory for longer than it takes."""

from collections.abc import AsyncIterator
from typing import Any

from litestar.datastructures import UploadFile

from goodword.platform.db import Database
from goodword.platform.files import FileStore, StoredFile, record

PIECE = 256 * 1024
# Marks the doors that take files, and so larger bodies than the others: ``opt=TAKES_FILES``.
TAKES_FILES = {"takes_files": True}


async def uploaded(file: UploadFile, owner: str, at: int, files: FileStore, database: Database) -> StoredFile:
    """Keep the bytes, then the row. Raises what ``FileStore.keep`` raises."""
    stored = await files.keep(file.filename or "file", _pieces(file), owner, at)
    return await database.write(record, stored)


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(PIECE):
        yield piece


def presented(file: StoredFile, files: FileStore) -> dict[str, Any]:
    return {
        "id": file.id,
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
        "url": files.url(file),
    }
