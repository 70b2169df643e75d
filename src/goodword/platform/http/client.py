"""Calls to other systems.

Bounded in time and size, and never to an address inside our own network unless that is allowed.
"""

import asyncio
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from goodword.platform.clock import DAY, SECOND
from goodword.platform.errors import Rejected, Unreachable
from goodword.platform.http.outwards import Resolve, outwards_only, system_resolve

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
# The whole call, however slowly the other side drips.
LONGEST_CALL = 30.0
LARGEST_ANSWER = 1_000_000
LONGEST_WAIT = DAY / SECOND
# What they said of the bytes is no longer true of the answer that is handed on.
OF_THE_WIRE = (b"content-encoding", b"content-length", b"transfer-encoding")


class Outgoing:
    """``post`` bytes to an address that somebody configured, or ``get`` what is there."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """The answer, read, when it is a 2xx. Redirects are not followed.

        ``Rejected``: it said no for good (3xx, and 4xx but 408, 425 and 429), or the address isn't allowed.
        ``Unreachable``: everything else.
        """
        return await self._send("POST", url, body, headers)

    async def get(self, url: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """As ``post``."""
        return await self._send("GET", url, None, headers or {})

    async def close(self) -> None:
        await self._client.aclose()

    async def _send(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> httpx.Response:
        _check(url)
        try:
            async with asyncio.timeout(LONGEST_CALL):
                response = await self._call(method, url, body, headers)
        except (httpx.HTTPError, TimeoutError) as error:
            raise Unreachable(detail=type(error).__name__) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise Rejected("address") from error
        if response.is_success:
            return response
        if response.status_code in (408, 425, 429) or response.status_code >= 500:
            raise Unreachable(f"status_{response.status_code}", retry_after=_retry_after(response))
        raise Rejected(f"status_{response.status_code}")

    async def _call(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> httpx.Response:
        async with self._client.stream(method, url, content=body, headers=headers) as answer:
            content = await _read_bounded(answer)
        kept = [(name, value) for name, value in answer.headers.raw if name.lower() not in OF_THE_WIRE]
        return httpx.Response(answer.status_code, headers=kept, content=content, request=answer.request)


def open_client(*, inwards: bool, resolve: Resolve = system_resolve) -> Outgoing:
    """``inwards``: whether loopback and private addresses may be called; ``resolve`` finds the addresses of a name."""
    transport = None if inwards else outwards_only(resolve)
    return Outgoing(httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, transport=transport))


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise Rejected("address") from error
    if not known:
        raise Rejected("address")


async def _read_bounded(response: httpx.Response) -> bytes:
    pieces, size = [], 0
    async for piece in response.aiter_bytes():
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise Unreachable("answer_too_large")
        pieces.append(piece)
    return b"".join(pieces)


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds, a day at most; a date is counted from the other side's own ``Date``.

    None where there is no sense in it.
    """
    value: str = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(response.headers["date"])
    except (KeyError, ValueError, TypeError):
        return None
    return min(max(wait.total_seconds(), 0.0), LONGEST_WAIT)
