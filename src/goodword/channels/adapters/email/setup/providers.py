"""The providers that are known by name, from ``providers.toml``."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec


class Server(msgspec.Struct, frozen=True):
    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "tls"


class Provider(msgspec.Struct, frozen=True):
    """``domains``: of its addresses; ``mx``: ends of the names of the servers that take mail for other domains.

    ``note``: what its users must do first, ``mail.note.<note>`` in the catalogue; ``oauth``: by whom one signs in.
    """

    name: str
    imap: Server
    smtp: Server
    domains: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    note: str = ""
    oauth: Literal["google", "microsoft"] | None = None


class Book(msgspec.Struct):
    provider: tuple[Provider, ...]


@cache
def providers() -> tuple[Provider, ...]:
    content = files(__package__).joinpath("providers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(content), Book).provider


def by_domain(domain: str) -> Provider | None:
    return _by_domain().get(domain)


def by_mx(host: str) -> Provider | None:
    """Whose server it is that takes the mail."""
    for provider in providers():
        if any(host == end or host.endswith(f".{end}") for end in provider.mx):
            return provider
    return None


@cache
def _by_domain() -> dict[str, Provider]:
    return {domain: provider for provider in providers() for domain in provider.domains}
