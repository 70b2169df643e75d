"""Signing in through an OpenID Connect provider: there and back."""

import re
from typing import Annotated, Any

import structlog
from litestar import Request, Response, Router, get
from litestar.params import Parameter, QueryParameter, SkipValidation
from msgspec import Struct

from goodword.platform.clock import DAY, Clock
from goodword.platform.db import Database
from goodword.platform.errors import RateLimited, Unauthenticated
from goodword.platform.http import Outgoing
from goodword.platform.i18n import has_text, text
from goodword.platform.limits import RateLimit
from goodword.platform.settings import Settings
from goodword.staff import security
from goodword.staff.actions.enter_from_provider import come_back, set_out
from goodword.staff.actions.sign_in import remember_device
from goodword.staff.api.cookies import device_cookie, errand_cookie, place_of, session_cookie

COOKIE = "goodword_errand"
PATH = "/api/v1/sign-in/oidc"
# Each sets off a call to the provider.
SETTING_OUT = RateLimit(burst=20, seconds=60)
HOME = "/workspace/"
# Only our own pages: whoever writes the link must not choose where somebody ends up who trusts us.
OURS = re.compile(r"/workspace/[\w\-./?=&%+]*", re.ASCII)
REASON = re.compile(r"provider_[a-z_]{1,30}")

log = structlog.get_logger(__name__)
Short = Annotated[str, Parameter(max_length=4_000)]
# ``state`` by itself is a word of the framework's.
Given = Annotated[str, QueryParameter(name="state", max_length=4_000)]


class Offered(Struct):
    """``button``: what stands on it; empty: our own words."""

    button: str


class Ways(Struct):
    """How one may come in beside a password; ``trouble``: why it didn't work just now, for the person."""

    provider: Offered | None
    trouble: str | None


@get("/sign-in", summary="How one may come in")
async def show_ways(database: SkipValidation[Database], language: str, trouble: str = "") -> Ways:
    provider = (await database.read(security.get)).provider
    key = f"errors.unauthenticated.{trouble}"
    told = text(language, key) if REASON.fullmatch(trouble) and has_text(key) else None
    return Ways(Offered(provider.button) if provider else None, told)


@get("/sign-in/oidc/start", summary="To the provider")
async def start(
    request: Request[Any, Any, Any],
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    settings: Settings,
    secret_key: bytes,
    outgoing: SkipValidation[Outgoing],
    back: Short = HOME,
) -> Response[None]:
    try:
        SETTING_OUT.spend(place_of(request).address, clock.now())
        address, browser = await set_out(
            database,
            outgoing,
            secret_key,
            clock.now(),
            redirect=f"{_here(request, settings)}{PATH}/callback",
            back=back if OURS.fullmatch(back) else HOME,
            inwards=settings.call_private_addresses,
        )
    except RateLimited:
        return _to(f"{HOME}?trouble=provider_away")
    except Unauthenticated as error:
        return _to(f"{HOME}?trouble={error.reason}")
    answer = _to(address)
    answer.set_cookie(errand_cookie(request, COOKIE, browser, PATH, 600))
    return answer


@get("/sign-in/oidc/callback", summary="Back from the provider")
async def callback(
    request: Request[Any, Any, Any],
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    settings: Settings,
    secret_key: bytes,
    outgoing: SkipValidation[Outgoing],
    given: Given = "",
    code: Short = "",
    iss: Short | None = None,
    error: Short = "",
) -> Response[None]:
    place, now = place_of(request), clock.now()
    try:
        agent, secret, back = await come_back(
            database,
            outgoing,
            secret_key,
            now,
            state=given,
            browser=request.cookies.get(COOKIE, ""),
            code="" if error else code,
            issuer=iss,
            place=place,
            language=settings.language,
            lifetime=settings.session_days * DAY,
        )
    except Unauthenticated as refused:
        log.info("sign_in.provider_refused", reason=refused.reason, said=error[:80])
        answer = _to(f"{HOME}?trouble={refused.reason}")
    else:
        answer = _to(back)
        answer.set_cookie(session_cookie(request, settings, secret))
        answer.set_cookie(device_cookie(request, await database.write(remember_device, now, agent.id, place)))
    answer.set_cookie(errand_cookie(request, COOKIE, "", PATH, 0))
    return answer


def _here(request: Request[Any, Any, Any], settings: Settings) -> str:
    return (settings.public_url or str(request.base_url)).rstrip("/")


def _to(address: str) -> Response[None]:
    return Response(None, status_code=303, headers={"Location": address, "Cache-Control": "no-store"})


routes = Router("/api/v1", route_handlers=[show_ways, start, callback], tags=["Signing in"])
