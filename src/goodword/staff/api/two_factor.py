"""An agent's own second factor."""

from typing import Annotated

from litestar import Router, get, post
from litestar.params import SkipValidation
from msgspec import Meta, Struct

from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.settings import Settings
from goodword.staff import factors, security, store, totp
from goodword.staff.actions.two_factor import confirm, enrol, renew_codes, turn_off, wrong_code
from goodword.staff.model import Agent, Caller

Line = Annotated[str, Meta(max_length=200)]


class State(Struct):
    """``required``: the role asks for one; ``recovery_codes_left`` of ten."""

    on: bool
    since: int | None
    recovery_codes_left: int
    required: bool


class Enrolment(Struct):
    """For an authenticator app: ``picture`` is a QR code (SVG) of ``address``, ``secret`` for who types it in."""

    secret: str
    address: str
    picture: str


class Code(Struct):
    code: Line


class Codes(Struct):
    """Shown this once."""

    recovery_codes: list[str]


async def enrolment(database: Database, settings: Settings, agent: Agent, secret: str) -> Enrolment:
    company = await database.read(store.company_name, settings.company)
    address = totp.address_of(secret, company, agent.email)
    return Enrolment(secret, address, totp.picture_of(address))


@get("/", summary="Whether I have a second factor")
async def show(database: SkipValidation[Database], caller: Caller) -> State:
    return await database.read(_state, caller.person)


@post("/", status_code=200, summary="Begin to get one: a secret for my app")
async def begin(database: SkipValidation[Database], settings: Settings, secret_key: bytes, caller: Caller) -> Enrolment:
    secret = await database.write(enrol, secret_key, caller.person)
    return await enrolment(database, settings, caller.person, secret)


@post("/confirm", status_code=200, summary="Show that the app works; recovery codes come back, other sessions end")
async def finish(
    database: SkipValidation[Database], clock: SkipValidation[Clock], secret_key: bytes, caller: Caller, data: Code
) -> Codes:
    stamp, session = caller.stamp(clock.now()), caller.session_hash or ""
    return _codes(await database.write(confirm, stamp, secret_key, caller.person, data.code, session))


@post("/recovery-codes", status_code=200, summary="New recovery codes in place of the old ones")
async def renew(
    database: SkipValidation[Database], clock: SkipValidation[Clock], secret_key: bytes, caller: Caller, data: Code
) -> Codes:
    stamp = caller.stamp(clock.now())
    return _codes(await database.write(renew_codes, stamp, secret_key, caller.person, data.code))


@post("/off", status_code=204, summary="Do without a second factor")
async def give_up(
    database: SkipValidation[Database], clock: SkipValidation[Clock], secret_key: bytes, caller: Caller, data: Code
) -> None:
    if not await database.write(turn_off, caller.stamp(clock.now()), secret_key, caller.person, data.code):
        raise wrong_code()


async def _state(tx: Tx, agent: Agent) -> State:
    found = await factors.find(tx, agent.id)
    since = found.confirmed_at if found else None
    left = await factors.recovery_codes_left(tx, agent.id)
    required = agent.role in (await security.get(tx)).two_factor_roles
    return State(since is not None, since, left, required)


def _codes(codes: list[str] | None) -> Codes:
    if codes is None:
        raise wrong_code()
    return Codes(codes)


routes = Router("/api/v1/me/two-factor", route_handlers=[show, begin, finish, renew, give_up], tags=["Me"])
