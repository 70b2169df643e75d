"""Whether a request that comes with a cookie comes from our own page."""

from collections.abc import Mapping
from urllib.parse import urlsplit

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
DEFAULT_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}


def same_origin(method: str, host: str, headers: Mapping[str, str]) -> bool:
    """Whether a cookie may count for this request.

    ``headers`` by lower-case name; ``method`` is ``WEBSOCKET`` for a WebSocket. Reading is always fine. Otherwise the
    browser must say that the page is ours (``Sec-Fetch-Site``) or name our host as its origin; one that says neither
    can't be trusted with a cookie. Requests with an API token carry no cookie and need no such proof.
    """
    if method.upper() in SAFE:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and _names(origin, host)


def _names(origin: str, host: str) -> bool:
    try:
        there = urlsplit(origin)
        port = DEFAULT_PORTS.get(there.scheme)
        here = urlsplit(f"//{host}")
        same_port = (there.port or port) == (here.port or port)
    except ValueError:
        return False
    return port is not None and bool(there.hostname) and there.hostname == here.hostname and same_port
