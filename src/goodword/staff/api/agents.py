"""The agents, and what an administrator may change about them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

from litestar import Router, get, patch, post
from litestar.params import SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.staff import store
from goodword.staff.actions.add_agent import add_agent
from goodword.staff.actions.change_password import reset_password
from goodword.staff.actions.edit_agent import disable, edit_agent, enable
from goodword.staff.model import Agent, Availability, Caller, Named, Profile, Role
from goodword.staff.passwords import hashed

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
async def list_agents(database: SkipValidation[Database], caller: Caller, loads: SkipValidation[Loads]) -> Agents:
    caller.need("staff.read")

    async def deed(tx: Tx) -> Agents:
        teams, load = await store.teams_of_agents(tx), await loads(tx)
        return Agents([_line(agent, teams, load) for agent in await store.all_agents(tx)])

    return await database.read(deed)


@post("/", summary="Add somebody to the staff")
async def new_agent(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: NewAgent
) -> AgentLine:
    stamp = caller.stamp(clock.now())
    stamp.need("staff.manage")
    profile = Profile(data.name, data.email, data.role, data.language, data.languages, data.max_load)
    password_hash = await hashed(data.password, data.email)
    return _line(await database.write(add_agent, stamp, profile, password_hash), {}, {})


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
        return _line(agent, await store.teams_of_agents(tx), await loads(tx))

    return await database.write(deed)


def _line(agent: Agent, teams: Mapping[str, tuple[Named, ...]], loads: Mapping[str, int]) -> AgentLine:
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
    )


routes = Router("/api/v1/agents", route_handlers=[list_agents, new_agent, change_agent], tags=["Staff"])
