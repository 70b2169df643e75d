"""The clients as files, and where the bare address leads."""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from goodword.platform.errors import NotFound, Unavailable

STATIC = Path(__file__).parent / "static"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
    ".map": "application/json",
}
PACKED = {".js", ".css", ".html", ".svg", ".json", ".webmanifest"}
FOREVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"
NEVER = "no-cache"

Browser = Request[Any, Any, Any]


@get("/", include_in_schema=False)
async def bare_address() -> Redirect:
    return Redirect("/workspace/")


@get(["/workspace", "/workspace/{path:path}"], include_in_schema=False)
async def workspace(request: Browser, path: str = "") -> Response[bytes]:
    """A file of the client, or for every other address under it the page itself."""
    name = path.strip("/")
    if name.startswith("assets/") or (name and "." in name.rsplit("/", 1)[-1]):
        return serve("workspace", name, FOREVER if name.startswith("assets/") else A_WHILE, request)
    return serve("workspace", "index.html", NEVER, request)


@get("/widget.js", include_in_schema=False)
async def launcher(request: Browser) -> Response[bytes]:
    return _for_any_page(serve("widget", "widget.js", A_WHILE, request))


@get("/widget/{path:path}", include_in_schema=False)
async def widget(request: Browser, path: str) -> Response[bytes]:
    return _for_any_page(serve("widget", path.strip("/"), A_WHILE, request))


def renamed(path: str) -> list[HTTPRouteHandler]:
    """The widget under a name of the company's own: ``path`` with ``.js`` behind it, and its parts below ``path``."""

    @get(f"{path}.js", include_in_schema=False)
    async def launcher_too(request: Browser) -> Response[bytes]:
        return _for_any_page(serve("widget", "widget.js", A_WHILE, request))

    @get(f"{path}/{{name:str}}", include_in_schema=False)
    async def part_too(request: Browser, name: str) -> Response[bytes]:
        return _for_any_page(serve("widget", name, A_WHILE, request))

    return [launcher_too, part_too]


def serve(client: str, name: str, caching: str, request: Browser) -> Response[bytes]:
    """Gzipped where the browser takes that.

    ``NotFound`` for what isn't there; ``Unavailable`` when the client was never built.
    """
    root = (STATIC / client).resolve()
    path = _inside(root, name)
    if path is None:
        raise NotFound() if root.is_dir() else Unavailable("clients")
    content, headers = path.read_bytes(), {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    if path.suffix in PACKED and "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = packed(content), "gzip"
    return Response(content, media_type=TYPES.get(path.suffix, MediaType.TEXT), headers=headers)


def _inside(root: Path, name: str) -> Path | None:
    """The file of this name; None where there is none, or none that is ours to give."""
    try:
        path = (root / name).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):
        # A name that no disk can hold: too long, or with a NUL in it.
        return None


@lru_cache(maxsize=256)
def packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _for_any_page(response: Response[bytes]) -> Response[bytes]:
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
