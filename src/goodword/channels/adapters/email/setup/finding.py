"""From an address to its servers: by name, by who takes the domain's mail, by what the domain itself says, by guess."""

import xml.etree.ElementTree as ET
from collections.abc import Awaitable, Callable
from typing import Final, Literal
from urllib.parse import quote

import msgspec

from goodword.channels.adapters.email.setup.names import MX, SRV, Named, servers
from goodword.channels.adapters.email.setup.providers import Provider, Server, by_domain, by_mx
from goodword.platform.errors import BadInput, RemoteError
from goodword.platform.http import Outgoing

Ask = Callable[[str, Literal[15, 33]], Awaitable[list[Named]]]

SECURITIES: Final[dict[str, Literal["tls", "starttls", "none"]]] = {
    "SSL": "tls",
    "STARTTLS": "starttls",
    "plain": "none",
}
WHERE: Final = (
    "https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={address}",
    "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
)


class Found(msgspec.Struct):
    """``note``: a word of ``mail.note``; ``oauth``: by whom one may sign in; ``guess``: nobody has said so."""

    provider: str
    imap: Server | None
    smtp: Server | None
    note: str = ""
    oauth: str | None = None
    guess: bool = False


async def find(address: str, outgoing: Outgoing, ask: Ask = servers) -> Found:
    """``BadInput`` where it is no address. Nothing is signed in to; every question is bounded in time."""
    local, _, domain = address.strip().lower().rpartition("@")
    if not local or "." not in domain.strip("."):
        raise BadInput("email", fields={"address": "email"})
    return (
        _known(by_domain(domain))
        or await _by_servers(domain, ask)
        or await _by_what_it_says(domain, address.strip(), outgoing)
        or await _by_srv(domain, ask)
        or Found("", Server(f"imap.{domain}", 993), Server(f"smtp.{domain}", 465), guess=True)
    )


def _known(provider: Provider | None) -> Found | None:
    if provider is None:
        return None
    return Found(provider.name, provider.imap, provider.smtp, provider.note, provider.oauth)


async def _by_servers(domain: str, ask: Ask) -> Found | None:
    taking = await ask(domain, MX)
    return next((found for one in taking if (found := _known(by_mx(one.host)))), None)


async def _by_what_it_says(domain: str, address: str, outgoing: Outgoing) -> Found | None:
    """As Thunderbird asks."""
    for where in WHERE:
        try:
            answer = await outgoing.get(where.format(domain=domain, address=quote(address)))
            if found := _read(answer.content, domain):
                return found
        except RemoteError:
            continue
    return None


async def _by_srv(domain: str, ask: Ask) -> Found | None:
    """RFC 6186 and 8314. A single dot as the name says that there is no such service."""
    fetching = await _service(domain, ask, {"_imaps": "tls", "_imap": "starttls"})
    sending = await _service(domain, ask, {"_submissions": "tls", "_submission": "starttls"})
    return Found(domain, fetching, sending) if fetching else None


async def _service(domain: str, ask: Ask, kinds: dict[str, Literal["tls", "starttls"]]) -> Server | None:
    for service, security in kinds.items():
        found = [one for one in await ask(f"{service}._tcp.{domain}", SRV) if one.host and one.port]
        if found:
            return Server(found[0].host, found[0].port, security)
    return None


def _read(content: bytes, domain: str) -> Found | None:
    """Mozilla's format; one with a document type of its own could grow without end when it is read."""
    if b"<!" in content.replace(b"<!--", b""):
        return None
    try:
        provider = ET.fromstring(content).find("emailProvider")
    except ET.ParseError:
        return None
    if provider is None:
        return None
    imap = _best(provider, "incomingServer", "imap")
    name = " ".join((provider.findtext("displayName") or domain).split())[:80]
    return Found(name, imap, _best(provider, "outgoingServer", "smtp")) if imap else None


def _best(provider: ET.Element, tag: str, kind: str) -> Server | None:
    """The first that is encrypted; none that isn't."""
    for one in provider.findall(tag):
        host, port = (one.findtext("hostname") or "").strip(), (one.findtext("port") or "").strip()
        security = SECURITIES.get((one.findtext("socketType") or "").strip(), "none")
        if one.get("type") == kind and host and len(host) <= 253 and port.isdecimal() and security != "none":
            return Server(host, int(port), security)
    return None
