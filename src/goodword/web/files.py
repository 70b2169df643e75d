"""Uploaded files, by their unguessable links: shown when they can do no harm there, else only ever downloaded."""

from litestar import get
from litestar.response import File

from goodword.platform.db import Database
from goodword.platform.files import FileStore, find
from goodword.platform.files.model import PDF, PLAYED, SHOWN

YEAR = 365 * 24 * 3600
INERT = {"Content-Security-Policy": "sandbox; default-src 'none'"}
# A browser's own viewer shows no PDF in a sandbox. It runs apart from our pages, and only they may frame it.
FRAMED = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}


@get("/files/{id:str}/{signature:str}/{name:str}", include_in_schema=False)
async def file(id: str, signature: str, name: str, database: Database, files: FileStore) -> File:
    """404 for a link that isn't ours."""
    files.check(id, signature)
    stored = await database.read(find, id)
    shown = stored.content_type in SHOWN or stored.content_type == PDF
    return File(
        files.path(id),
        filename=stored.name,
        media_type=stored.content_type if shown or stored.content_type in PLAYED else "application/octet-stream",
        content_disposition_type="inline" if shown else "attachment",
        headers={
            **(FRAMED if stored.content_type == PDF else INERT),
            "Cache-Control": f"private, max-age={YEAR}, immutable",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )
