"""An agent's role, load or name changes; or he leaves."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, append
from goodword.staff import keys, profile, store
from goodword.staff.actions.presence import show
from goodword.staff.events import AgentDisabled, AgentEdited, AgentEnabled
from goodword.staff.model import Agent, Density, Role, Theme, check_not_above
from goodword.staff.preferences import Wishes, wished
from goodword.staff.roles import rights_of


async def edit_agent(
    tx: Tx,
    stamp: Stamp,
    agent_id: str,
    *,
    name: str | UnsetType = UNSET,
    role: Role | UnsetType = UNSET,
    languages: tuple[str, ...] | UnsetType = UNSET,
    max_load: int | UnsetType = UNSET,
) -> Agent:
    """Change what is given.

    ``Conflict``: the last administrator would be gone; ``Forbidden``: he has, or would get, more rights than who does
    it.
    """
    stamp.need("staff.manage")
    await tx.lock("staff.admins")
    agent = await hold_below(tx, stamp, agent_id)
    wanted: dict[str, Any] = {}
    if name is not UNSET:
        wanted["name"] = profile.checked_name(name)
    if role is not UNSET:
        check_not_above(stamp, await rights_of(tx, role))
        wanted["role"] = role
    if languages is not UNSET:
        wanted["languages"] = profile.checked_languages(languages) or agent.languages
    if max_load is not UNSET:
        wanted["max_load"] = profile.checked_load(max_load)
    if wanted.get("role", "admin") != "admin":
        await _keep_an_admin(tx, agent)
    return await _change(tx, stamp, agent, wanted)


async def edit_oneself(
    tx: Tx,
    stamp: Stamp,
    agent_id: str,
    *,
    name: str | UnsetType = UNSET,
    language: str | UnsetType = UNSET,
    theme: Theme | UnsetType = UNSET,
    density: Density | UnsetType = UNSET,
    preferences: Wishes | UnsetType = UNSET,
) -> Agent:
    """What everyone may choose for himself; ``agent_id`` is whoever asks."""
    agent = await store.hold_agent(tx, agent_id)
    wanted: dict[str, Any] = {}
    if name is not UNSET:
        wanted["name"] = profile.checked_name(name)
    if language is not UNSET:
        wanted["language"] = profile.checked_language(language)
    if theme is not UNSET:
        wanted["theme"] = theme
    if density is not UNSET:
        wanted["density"] = density
    if preferences is not UNSET:
        wanted["preferences"] = wished(agent.preferences, preferences)
    return await _change(tx, stamp, agent, wanted)


async def disable(tx: Tx, stamp: Stamp, agent_id: str) -> Agent:
    """He has left: his sessions end now, his name stays where he answered.

    ``Conflict``: that would be oneself, or the last administrator.
    """
    stamp.need("staff.manage")
    await tx.lock("staff.admins")
    agent = await hold_below(tx, stamp, agent_id)
    if agent.disabled:
        return agent
    if agent.id == stamp.actor.id:
        raise Conflict("oneself")
    await _keep_an_admin(tx, agent)
    await keys.close_sessions(tx, agent.id)
    await store.part_with(tx, agent.id)
    agent = await show(tx, stamp, agent, online=False)
    await append(tx, agent.id, AgentDisabled(agent=agent.named), stamp)
    return await store.keep_agent(tx, msgspec.structs.replace(agent, disabled=True))


async def enable(tx: Tx, stamp: Stamp, agent_id: str) -> Agent:
    """He is back and may sign in again."""
    stamp.need("staff.manage")
    agent = await hold_below(tx, stamp, agent_id)
    if not agent.disabled:
        return agent
    await append(tx, agent.id, AgentEnabled(agent=agent.named), stamp)
    return await store.keep_agent(tx, msgspec.structs.replace(agent, disabled=False))


async def hold_below(tx: Tx, stamp: Stamp, agent_id: str) -> Agent:
    """The agent, held, to be changed by somebody else. ``Forbidden``: he has a right that the other one hasn't."""
    agent = await store.hold_agent(tx, agent_id)
    check_not_above(stamp, agent.rights)
    return agent


async def _keep_an_admin(tx: Tx, agent: Agent) -> None:
    if agent.role == "admin" and not agent.disabled and await store.count_admins(tx) == 1:
        raise Conflict("last_admin")


async def _change(tx: Tx, stamp: Stamp, agent: Agent, wanted: dict[str, Any]) -> Agent:
    changed = tuple(field for field, value in wanted.items() if value != getattr(agent, field))
    if not changed:
        return agent
    agent = await store.keep_agent(tx, msgspec.structs.replace(agent, **wanted))
    await append(tx, agent.id, AgentEdited(agent=agent.named, role=agent.role, changed=changed), stamp)
    return await store.get_agent(tx, agent.id)
