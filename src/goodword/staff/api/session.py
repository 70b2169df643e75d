"""Setting up, signing in and out."""

from typing import Annotated, Any

from litestar import Request, Response, Router, delete, get, post
from litestar.datastructures import Cookie
from litestar.params import SkipValidation
from msgspec import Meta, Struct

from goodword.platform.clock import DAY, SECOND, Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import Settings
from goodword.staff.actions.set_up import is_set_up, set_up
from goodword.staff.actions.sign_in import sign_in, start_session
from goodword.staff.actions.sign_out import sign_out
from goodword.staff.api.me import Me, me_of
from goodword.staff.model import COOKIE, Agent, Caller, Profile
from goodword.staff.passwords import hashed

Line = Annotated[str, Meta(max_length=500)]


class Needed(Struct):
    needed: bool


class Setup(Struct):
    name: Line
    email: Line
    password: Line
    language: Line = "en"
    company: Line = ""


class Credentials(Struct):
    email: Line
    password: Line


@get("/setup", summary="Whether the desk still waits for its first administrator")
async def show_setup(database: SkipValidation[Database]) -> Needed:
    return Needed(not await database.read(is_set_up))


@post("/setup", summary="Make the first administrator and sign in")
async def do_setup(
    request: Request[Any, Any, Any],
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    settings: Settings,
    data: Setup,
) -> Response[Me]:
    if await database.read(is_set_up):
        # Said again in ``set_up``; here it spares whoever signs in the wait behind strangers' passwords.
        raise Conflict("set_up_already")
    profile = Profile(data.name, data.email, language=data.language)
    password_hash = await hashed(data.password, data.email)

    async def deed(tx: Tx) -> tuple[Agent, str]:
        stamp = Stamp(clock.now(), SYSTEM)
        agent = await set_up(tx, stamp, profile, password_hash, data.company)
        lifetime = settings.session_days * DAY
        return agent, await start_session(tx, stamp, agent, _address(request), lifetime)

    agent, secret = await database.write(deed)
    return await _signed_in(request, database, settings, agent, secret, status=201)


@post("/session", status_code=200, summary="Sign in")
async def open_session(
    request: Request[Any, Any, Any],
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    settings: Settings,
    data: Credentials,
) -> Response[Me]:
    agent, secret = await sign_in(
        database,
        clock.now(),
        email=data.email,
        password=data.password,
        address=_address(request),
        lifetime=settings.session_days * DAY,
    )
    return await _signed_in(request, database, settings, agent, secret, status=200)


@delete("/session", summary="Sign out")
async def close_session(database: SkipValidation[Database], caller: Caller) -> Response[None]:
    await database.write(sign_out, caller)
    response: Response[None] = Response(None, status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


async def _signed_in(
    request: Request[Any, Any, Any], database: Database, settings: Settings, agent: Agent, secret: str, status: int
) -> Response[Me]:
    cookie = Cookie(
        key=COOKIE,
        value=secret,
        path="/",
        max_age=settings.session_days * DAY // SECOND,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return Response(await database.read(me_of, agent, settings.company), status_code=status, cookies=[cookie])


def _address(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


routes = Router("/api/v1", route_handlers=[show_setup, do_setup, open_session, close_session], tags=["Signing in"])
