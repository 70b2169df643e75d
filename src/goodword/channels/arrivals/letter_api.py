"""The door to whole letters, for who reads conversations."""

from litestar import Response, Router, get

from goodword.channels.arrivals.letter_page import page_of, policy
from goodword.channels.arrivals.letters import LetterView, load, whole_letter
from goodword.channels.arrivals.spool import RawStore
from goodword.channels.registry import Registry
from goodword.platform.db import Database
from goodword.platform.files import FileStore
from goodword.staff import Caller


@get("/arrivals/{id:str}/letter")
async def letter(
    id: str,
    caller: Caller,
    database: Database,
    registry: Registry,
    raws: RawStore,
    files: FileStore,
    remote: bool = False,
) -> LetterView:
    """The whole letter, quoted text and all. ``remote``: with the images that stand elsewhere."""
    return await _letter(id, caller, database, registry, raws, files, remote)


@get("/arrivals/{id:str}/letter/page", media_type="text/html", include_in_schema=False)
async def letter_page(
    id: str,
    caller: Caller,
    database: Database,
    registry: Registry,
    raws: RawStore,
    files: FileStore,
    remote: bool = False,
    dark: bool = False,
    spoken: str = "",
) -> Response[str]:
    """For a frame; ``dark``: on a dark screen; ``spoken``: the language of the letter."""
    shown = await _letter(id, caller, database, registry, raws, files, remote)
    headers = {
        "Content-Security-Policy": policy(remote=remote),
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }
    return Response(page_of(shown, dark=dark, language=spoken), media_type="text/html; charset=utf-8", headers=headers)


routes = Router("/api/v1", route_handlers=[letter, letter_page], tags=["arrivals"])


async def _letter(
    id: str,
    caller: Caller,
    database: Database,
    registry: Registry,
    raws: RawStore,
    files: FileStore,
    remote: bool,
) -> LetterView:
    """What is no message yet is for who manages channels."""
    caller.need("conversations.read")
    arrival, channel = await database.read(load, id)
    if arrival.state not in ("taken", "aside"):
        caller.need("channels.manage")
    return await whole_letter(arrival, channel, registry, raws, files, remote=remote)
