"""How people must and may come in."""

from typing import Annotated

from litestar import Router, delete, get, put
from litestar.params import SkipValidation
from msgspec import Meta, Struct

from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.http import Outgoing
from goodword.platform.settings import Settings
from goodword.staff import security
from goodword.staff.actions.security import drop_provider, require_two_factor, use_provider
from goodword.staff.model import Caller
from goodword.staff.provider import discover
from goodword.staff.security import Policy, Provider

Line = Annotated[str, Meta(max_length=500)]


class ProviderLine(Struct):
    """``has_secret``: the secret itself is shown to nobody."""

    issuer: str
    client_id: str
    has_secret: bool
    domains: tuple[str, ...]
    newcomers: str | None
    button: str


class Shown(Struct):
    two_factor_roles: tuple[str, ...]
    provider: ProviderLine | None


class Required(Struct, forbid_unknown_fields=True):
    roles: Annotated[tuple[Line, ...], Meta(max_length=200)]


class NewProvider(Struct, forbid_unknown_fields=True):
    """``secret`` left out: as it was; empty: a client without one."""

    issuer: Annotated[str, Meta(min_length=1, max_length=300)]
    client_id: Annotated[str, Meta(min_length=1, max_length=300)]
    secret: Line | None = None
    domains: Annotated[tuple[Line, ...], Meta(max_length=100)] = ()
    newcomers: Line | None = None
    button: Annotated[str, Meta(max_length=60)] = ""


@get("/", summary="What is laid down about signing in")
async def show(database: SkipValidation[Database], caller: Caller) -> Shown:
    caller.need("security.manage")
    return _shown(await database.read(security.get))


@put("/two-factor", summary="Roles whose holders need a second factor")
async def require(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: Required
) -> Shown:
    return _shown(await database.write(require_two_factor, caller.stamp(clock.now()), data.roles))


@put("/provider", summary="Let people sign in through an OpenID Connect provider; it is asked whether it is there")
async def change_provider(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    settings: Settings,
    secret_key: bytes,
    outgoing: SkipValidation[Outgoing],
    caller: Caller,
    data: NewProvider,
) -> Shown:
    stamp = caller.stamp(clock.now())
    stamp.need("security.manage")
    found = await discover(outgoing, data.issuer, inwards=settings.call_private_addresses)
    provider = Provider(
        issuer=found.issuer,
        client_id=data.client_id.strip(),
        domains=data.domains,
        newcomers=data.newcomers,
        button=data.button.strip(),
    )
    return _shown(await database.write(use_provider, stamp, secret_key, provider, data.secret))


@delete("/provider", status_code=200, summary="Let nobody sign in through the provider any more")
async def forget_provider(database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller) -> Shown:
    return _shown(await database.write(drop_provider, caller.stamp(clock.now())))


def _shown(policy: Policy) -> Shown:
    return Shown(policy.two_factor_roles, _line(policy.provider) if policy.provider else None)


def _line(one: Provider) -> ProviderLine:
    return ProviderLine(one.issuer, one.client_id, bool(one.secret), one.domains, one.newcomers, one.button)


routes = Router(
    "/api/v1/security", route_handlers=[show, require, change_provider, forget_provider], tags=["Signing in"]
)
