"""The agents, and what an administrator may change about them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

from litestar import Router, delete, get, patch, post
from litestar.params import SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.staff import factors, store
from goodword.staff.actions.add_agent import add_agent
from goodword.staff.actions.change_password import reset_password
from goodword.staff.actions.edit_agent import disable, edit_agent, enable
from goodword.staff.actions.security import unlink_provider
from goodword.staff.actions.two_factor import reset_two_factor
from goodword.staff.api.duty import Standing, standing
from goodword.staff.duties import Duties, all_duties
from goodword.staff.model import Agent, Availability, Caller, Named, Profile, Role
from goodword.staff.passwords import hashed
from goodword.staff.shifts import Shifts

Line = Annotated[str, Meta(max_length=500)]

Loads = Callable[[Tx], Awaitable[Mapping[str, int]]]
"""How many conversations each agent has, by id: told by whoever knows, under the name ``loads``."""


class AgentLine(Struct):
    id: str
    name: str
    email: str
    role: Role
    languages: tuple[str, ...]
    availability: Availability
    online: bool
    load: int
    max_load: int
    teams: tuple[Named, ...]
    disabled: bool
    skills: tuple[str, ...] = ()
    channel_loads: dict[str, int] = {}
    shifts: Shifts | None = None
    duty: Standing | None = None
    role_name: str = ""
    two_factor: bool = False


class Agents(Struct):
    agents: list[AgentLine]


class NewAgent(Struct, forbid_unknown_fields=True):
    name: Line
    email: Line
    password: Line
    role: Role = "agent"
    language: Line = "en"
    languages: tuple[Line, ...] = ()
    max_load: int = 6


class Changes(Struct, forbid_unknown_fields=True):
    """What is left out stays. ``password`` sets a new one and ends the agent's sessions."""

    name: Line | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    languages: tuple[Line, ...] | UnsetType = UNSET
    max_load: int | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET
    password: Line | UnsetType = UNSET


@get("/", summary="Everyone of the staff")
async def list_agents(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, loads: SkipValidation[Loads]
) -> Agents:
    caller.need("staff.read")
    now = clock.now()

    async def deed(tx: Tx) -> Agents:
        teams, load, duties = await store.teams_of_agents(tx), await loads(tx), await all_duties(tx)
        secured = await factors.all_on(tx)
        lines = [_line(agent, teams, load, duties, now) for agent in await store.all_agents(tx)]
        for line in lines:
            line.two_factor = line.id in secured
        return Agents(lines)

    return await database.read(deed)


@post("/", summary="Add somebody to the staff")
async def new_agent(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: NewAgent
) -> AgentLine:
    stamp = caller.stamp(clock.now())
    stamp.need("staff.manage")
    profile = Profile(data.name, data.email, data.role, data.language, data.languages, data.max_load)
    password_hash = await hashed(data.password, data.email)
    return _line(await database.write(add_agent, stamp, profile, password_hash), {}, {}, Duties({}, {}, {}), stamp.at)


@patch("/{agent_id:str}", summary="Change an agent's role, languages, load or password; or let him go")
async def change_agent(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    caller: Caller,
    loads: SkipValidation[Loads],
    agent_id: str,
    data: Changes,
) -> AgentLine:
    stamp = caller.stamp(clock.now())
    stamp.need("staff.manage")
    agent = await database.read(store.get_agent, agent_id)
    password_hash = await hashed(data.password, agent.email) if data.password is not UNSET else None

    async def deed(tx: Tx) -> AgentLine:
        await edit_agent(
            tx,
            stamp,
            agent_id,
            name=data.name,
            role=data.role,
            languages=data.languages,
            max_load=data.max_load,
        )
        if password_hash:
            await reset_password(tx, stamp, agent_id, password_hash)
        if data.disabled is not UNSET:
            await (disable if data.disabled else enable)(tx, stamp, agent_id)
        agent = await store.get_agent(tx, agent_id)
        return _line(agent, await store.teams_of_agents(tx), await loads(tx), await all_duties(tx), stamp.at)

    return await database.write(deed)


def _line(
    agent: Agent, teams: Mapping[str, tuple[Named, ...]], loads: Mapping[str, int], duties: Duties, now: int
) -> AgentLine:
    duty = duties.of(agent.id)
    return AgentLine(
        id=agent.id,
        name=agent.name,
        email=agent.email,
        role=agent.role,
        languages=agent.languages,
        availability=agent.availability,
        online=agent.online,
        load=loads.get(agent.id, 0),
        max_load=agent.max_load,
        teams=teams.get(agent.id, ()),
        disabled=agent.disabled,
        skills=duty.skills,
        channel_loads=duty.channel_loads,
        shifts=duty.shifts,
        duty=standing(duties, agent.id, now),
        role_name=agent.role_name,
    )


@delete("/{agent_id:str}/two-factor", summary="Take an agent's second factor away who has lost it; his sessions end")
async def drop_two_factor(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, agent_id: str
) -> None:
    await database.write(reset_two_factor, caller.stamp(clock.now()), agent_id)


@delete("/{agent_id:str}/provider-link", summary="Forget whom the sign-in provider means by an agent")
async def drop_link(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, agent_id: str
) -> None:
    await database.write(unlink_provider, caller.stamp(clock.now()), agent_id)


routes = Router(
    "/api/v1/agents",
    route_handlers=[list_agents, new_agent, change_agent, drop_two_factor, drop_link],
    tags=["Staff"],
)
