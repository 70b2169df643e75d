"""A transport that reaches public addresses only.

It looks at the very address it connects to: a name can't be moved in between.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from functools import cache

import httpcore
import httpx

from goodword.platform.errors import Rejected

Resolve = Callable[[str, int], Awaitable[list[str]]]
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def outwards_only(resolve: Resolve) -> httpx.AsyncBaseTransport:
    """Raises ``Rejected`` (``inwards``) where a name has any address that isn't public."""
    transport = httpx.AsyncHTTPTransport(verify=_trusted())
    # httpx has no door for this; proxies of the environment don't apply to a transport that is given.
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=_trusted(), keepalive_expiry=5.0, network_backend=Guard(resolve)
    )
    return transport


@cache
def _trusted() -> ssl.SSLContext:
    """Whom all the world trusts, read once."""
    return httpx.create_ssl_context()


class Guard(httpcore.AsyncNetworkBackend):
    """Opens connections, having looked where they go."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._open = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the name is httpcore's)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await asyncio.wait_for(self._resolve(host, port), timeout)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        if not addresses or not all(is_public(address) for address in addresses):
            raise Rejected("inwards")
        for address in addresses[:-1]:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._open.connect_tcp(address, port, timeout, local_address, socket_options)
        return await self._open.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)


def is_public(address: str) -> bool:
    """Whether ``address`` leads to the world; what wraps an old address in a new one is unwrapped first."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        teredo = found.teredo and found.teredo[1]
        inner = found.ipv4_mapped or found.sixtofour or teredo
        if found in NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if found.is_site_local or (inner and not is_public(str(inner))):
            return False
    return found.is_global and not found.is_multicast


async def system_resolve(host: str, port: int) -> list[str]:
    """As the machine does it: hosts file, DNS."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in found]
