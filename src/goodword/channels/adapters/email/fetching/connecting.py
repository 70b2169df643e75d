"""To a mail server and in: what can stand in the way, in words that a person can act on."""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, Literal

import msgspec
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, LoginError

# Seconds: to be there and say something, and for every single wait afterwards.
CONNECT = 15.0
READ = 60.0
LONGEST_DETAIL: Final = 300
# A server that says no to everybody just now, whatever his password.
NOT_NOW: Final = ("[unavailable]", "[inuse]", "[limit]", "[serverbug]", "too many", "temporary")

Reason = Literal["name", "refused", "timeout", "certificate", "tls", "password", "oauth", "folder", "unknown"]


class Way(msgspec.Struct, frozen=True):
    """How a mailbox is reached. With a ``token`` it opens by XOAUTH2, else by ``password``."""

    host: str
    port: int
    security: str
    user: str
    password: str = ""
    token: str = ""

    @property
    def account(self) -> str:
        return f"{self.user}@{self.host}".lower()


class MailboxTrouble(Exception):
    """A mailbox can't be used now. ``reason`` is a word of the catalogue, ``detail`` what the other side said."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = " ".join(detail.split())[:LONGEST_DETAIL]


class Client(IMAPClient):  # type: ignore[misc]
    """Overlooks no news: neither what comes with the answer to IDLE nor what came before with that to a command."""

    @property
    def has_grown(self) -> bool:
        """Whether the server has said that there is more in the folder than when it was selected."""
        return len(self._imap.untagged_responses.get("EXISTS", ())) > 1

    def _poll_socket(self, sock: socket.socket, timeout: float | None = None) -> Any:
        return True if timeout == 0 else super()._poll_socket(sock, timeout)


def way_of(settings: Mapping[str, Any], token: str = "") -> Way:
    """By a mailbox's settings, with secrets in the clear."""
    return Way(
        host=str(settings.get("imap_host") or ""),
        port=int(settings.get("imap_port") or 993),
        security=str(settings.get("imap_security") or "tls"),
        user=str(settings.get("imap_user") or settings.get("address") or ""),
        password=str(settings.get("imap_password") or ""),
        token=token,
    )


def sign_in(way: Way) -> Client:
    """A connection that is signed in. Blocks; every wait on the socket is bounded. ``MailboxTrouble``."""
    try:
        client = _connect(way)
    except Exception as error:
        raise trouble(error) from error
    try:
        _introduce(client, way)
    except Exception as error:
        hang_up(client)
        raise trouble(error, signing_in="oauth" if way.token else "password") from error
    return client


def cut(client: IMAPClient) -> None:
    """End whatever another thread waits for on this line."""
    with suppress(Exception):
        client.socket().shutdown(socket.SHUT_RDWR)


def hang_up(client: IMAPClient) -> None:
    """Let go of the line, whatever state it is in."""
    with suppress(Exception):
        client.shutdown()


def trouble(error: BaseException, signing_in: Reason = "unknown") -> MailboxTrouble:
    """What went wrong, as one of the reasons. ``signing_in``: what it is when the server says no."""
    if isinstance(error, MailboxTrouble):
        return error
    said = str(error).removeprefix("b'").removesuffix("'") if str(error).startswith("b'") else str(error)
    return MailboxTrouble(_reason(error, signing_in), said or type(error).__name__)


def _reason(error: BaseException, signing_in: Reason) -> Reason:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return "name"
    lost = isinstance(error, (OSError, IMAPClientAbortError)) or isinstance(error.__context__, IMAPClientAbortError)
    if lost or any(word in str(error).lower() for word in NOT_NOW):
        return "refused"
    return signing_in if isinstance(error, LoginError) else "unknown"


def _connect(way: Way) -> Client:
    if not way.host:
        raise MailboxTrouble("name")
    timeout = SocketTimeout(CONNECT, READ)
    if way.security == "tls":
        return Client(way.host, way.port, ssl=True, ssl_context=ssl.create_default_context(), timeout=timeout)
    client = Client(way.host, way.port, ssl=False, timeout=timeout)
    if way.security == "starttls":
        _secure(client)
    return client


def _secure(client: Client) -> None:
    try:
        if not client.has_capability("STARTTLS"):
            raise MailboxTrouble("tls", "STARTTLS is not offered")
        client.starttls(ssl.create_default_context())
    except Exception:
        hang_up(client)
        raise


def _introduce(client: Client, way: Way) -> None:
    if way.token:
        client.sasl_login("XOAUTH2", _once(f"user={way.user}\1auth=Bearer {way.token}\1\1".encode()))
    elif _is_plain(way.user) and _is_plain(way.password):
        client.login(f'"{way.user}"', way.password)
    else:
        client.sasl_login("PLAIN", _once(b"\0".join([b"", way.user.encode(), way.password.encode()])))
    # Some servers show only now what they can do.
    client.capabilities()


def _once(answer: bytes) -> Any:
    """The answer to a server's first question. A second one means no, and wants to be let off."""
    left = [answer]
    return lambda _question: left.pop() if left else b""


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isprintable() and '"' not in word and "\\" not in word
