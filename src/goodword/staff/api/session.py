"""Setting up, signing in and out."""

from typing import Annotated, Any

from litestar import Request, Response, Router, delete, get, post
from litestar.params import SkipValidation
from msgspec import Meta, Struct, field
from msgspec.structs import asdict

from goodword.platform.clock import DAY, Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import Settings
from goodword.staff.actions.enter_with_code import enrol_at_the_door, enter_with_code
from goodword.staff.actions.set_up import is_set_up, set_up
from goodword.staff.actions.sign_in import remember_device, sign_in, start_session
from goodword.staff.actions.sign_out import sign_out
from goodword.staff.api.cookies import device_cookie, place_of, session_cookie
from goodword.staff.api.me import Me, me_of
from goodword.staff.api.two_factor import Enrolment, enrolment
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


class Challenge(Struct):
    challenge: Line


class Answer(Struct):
    """``code``: of the app, or a recovery code."""

    challenge: Line
    code: Line


class Entered(Me):
    """``recovery_codes``: shown this once, to who has just got himself a second factor."""

    recovery_codes: list[str] = field(default_factory=list)


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
        return agent, await start_session(tx, stamp, agent, place_of(request), lifetime)

    agent, secret = await database.write(deed)
    return await _signed_in(request, database, clock, settings, agent, secret, status=201)


@post("/session", status_code=200, summary="Sign in; a 401 `second_factor_needed` tells the challenge to go on with")
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
        place=place_of(request),
        lifetime=settings.session_days * DAY,
    )
    return await _signed_in(request, database, clock, settings, agent, secret, status=200)


@post("/session/second-factor", status_code=200, summary="Sign in, second step")
async def answer_challenge(
    request: Request[Any, Any, Any],
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    settings: Settings,
    secret_key: bytes,
    data: Answer,
) -> Response[Entered]:
    agent, secret, codes = await enter_with_code(
        database,
        clock.now(),
        secret_key,
        challenge=data.challenge,
        code=data.code,
        place=place_of(request),
        lifetime=settings.session_days * DAY,
    )
    answer = await _signed_in(request, database, clock, settings, agent, secret, status=200)
    return Response(Entered(**asdict(answer.content), recovery_codes=codes), status_code=200, cookies=answer.cookies)


@post("/session/second-factor/enrol", status_code=200, summary="Get a second factor before one is in, where one must")
async def enrol_before(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    settings: Settings,
    secret_key: bytes,
    data: Challenge,
) -> Enrolment:
    agent, secret = await database.write(enrol_at_the_door, clock.now(), secret_key, data.challenge)
    return await enrolment(database, settings, agent, secret)


@delete("/session", summary="Sign out")
async def close_session(database: SkipValidation[Database], caller: Caller) -> Response[None]:
    await database.write(sign_out, caller)
    response: Response[None] = Response(None, status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


async def _signed_in(
    request: Request[Any, Any, Any],
    database: Database,
    clock: Clock,
    settings: Settings,
    agent: Agent,
    secret: str,
    status: int,
) -> Response[Me]:
    device = await database.write(remember_device, clock.now(), agent.id, place_of(request))
    cookies = [session_cookie(request, settings, secret), device_cookie(request, device)]
    return Response(await database.read(me_of, agent, settings.company), status_code=status, cookies=cookies)


routes = Router(
    "/api/v1",
    route_handlers=[show_setup, do_setup, open_session, answer_challenge, enrol_before, close_session],
    tags=["Signing in"],
)
