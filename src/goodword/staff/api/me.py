"""What everyone of the staff may see and choose for himself."""

from typing import Annotated

from litestar import Router, delete, get, patch, post, put
from litestar.params import SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.settings import Settings
from goodword.staff import keys, store
from goodword.staff.actions.change_password import change_password
from goodword.staff.actions.edit_agent import edit_oneself
from goodword.staff.actions.presence import set_availability
from goodword.staff.actions.sign_out import end_other_sessions, end_session
from goodword.staff.model import RIGHTS, Agent, Availability, Caller, Density, Named, Role, Session, Theme
from goodword.staff.preferences import Preferences, Wishes

Line = Annotated[str, Meta(max_length=500)]


class Company(Struct):
    name: str


class Me(Struct):
    id: str
    name: str
    email: str
    role: Role
    role_name: str
    rights: list[str]
    languages: tuple[str, ...]
    language: str
    theme: Theme
    density: Density
    availability: Availability
    preferences: Preferences
    teams: tuple[Named, ...]
    company: Company
    csp_nonce: None = None


class Choices(Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    name: Line | UnsetType = UNSET
    language: Line | UnsetType = UNSET
    theme: Theme | UnsetType = UNSET
    density: Density | UnsetType = UNSET
    preferences: Wishes | UnsetType = UNSET


class Wish(Struct):
    availability: Availability


class Passwords(Struct):
    current: Line
    new: Line


class SessionLine(Struct):
    """``browser``: what it calls itself."""

    id: str
    browser: str
    address: str
    created_at: int
    last_seen_at: int
    current: bool


class Sessions(Struct):
    sessions: list[SessionLine]


async def me_of(tx: Tx, agent: Agent, company: str) -> Me:
    """``company``: what it is called where it has not said so itself."""
    teams = await store.teams_of_agents(tx)
    return Me(
        id=agent.id,
        name=agent.name,
        email=agent.email,
        role=agent.role,
        role_name=agent.role_name,
        rights=[right for right in RIGHTS if right in agent.rights],
        languages=agent.languages,
        language=agent.language,
        theme=agent.theme,
        density=agent.density,
        availability=agent.availability,
        preferences=agent.preferences,
        teams=teams.get(agent.id, ()),
        company=Company(await store.company_name(tx, company)),
    )


@get("/", summary="Who I am")
async def show_me(database: SkipValidation[Database], settings: Settings, caller: Caller) -> Me:
    return await database.read(me_of, caller.person, settings.company)


@patch("/", summary="Choose language, theme, density, preferences or name")
async def edit_me(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    settings: Settings,
    caller: Caller,
    data: Choices,
) -> Me:
    agent = await database.write(
        edit_oneself,
        caller.stamp(clock.now()),
        caller.person.id,
        name=data.name,
        language=data.language,
        theme=data.theme,
        density=data.density,
        preferences=data.preferences,
    )
    return await database.read(me_of, agent, settings.company)


@put("/availability", summary="Say whether I take conversations")
async def change_availability(
    database: SkipValidation[Database], clock: SkipValidation[Clock], settings: Settings, caller: Caller, data: Wish
) -> Me:
    stamp = caller.stamp(clock.now())
    agent = await database.write(set_availability, stamp, caller.person.id, data.availability)
    return await database.read(me_of, agent, settings.company)


@post("/password", status_code=204, summary="Change my password; other sessions end")
async def new_password(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: Passwords
) -> None:
    await change_password(database, clock.now(), caller, current=data.current, new=data.new)


@get("/sessions", summary="Where I am signed in")
async def list_sessions(database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller) -> Sessions:
    found = await database.read(keys.sessions_of, caller.person.id, clock.now())
    return Sessions([_session(one, caller.session_hash) for one in found])


@delete("/sessions", summary="Sign out everywhere else")
async def drop_others(database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller) -> None:
    await database.write(end_other_sessions, caller.stamp(clock.now()), caller)


@delete("/sessions/{session_id:str}", summary="Sign out there")
async def drop_session(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, session_id: str
) -> None:
    await database.write(end_session, caller.stamp(clock.now()), caller, session_id)


def _session(session: Session, current: str | None) -> SessionLine:
    return SessionLine(
        id=session.id,
        browser=session.browser,
        address=session.address,
        created_at=session.created_at,
        last_seen_at=session.last_seen_at,
        current=session.hash == current,
    )


routes = Router(
    "/api/v1/me",
    route_handlers=[show_me, edit_me, change_availability, new_password, list_sessions, drop_others, drop_session],
    tags=["Me"],
)
