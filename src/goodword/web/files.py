"""Uploaded files, by their unguessable links: shown when they are pictures, else only ever downloaded."""

from litestar import get
from litestar.response import File

from goodword.platform.db import Database
from goodword.platform.files import FileStore, find
from goodword.platform.files.model import SHOWN

YEAR = 365 * 24 * 3600


@get("/files/{id:str}/{signature:str}/{name:str}", include_in_schema=False)
async def file(id: str, signature: str, name: str, database: Database, files: FileStore) -> File:
    """404 for a link that isn't ours."""
    files.check(id, signature)
    stored = await database.read(find, id)
    shown = stored.content_type in SHOWN
    return File(
        files.path(id),
        filename=stored.name,
        media_type=stored.content_type if shown else "application/octet-stream",
        content_disposition_type="inline" if shown else "attachment",
        headers={
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": f"private, max-age={YEAR}, immutable",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )
