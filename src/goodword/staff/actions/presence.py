"""Who is there: what agents say of themselves, and whether a workspace of theirs is open."""

import msgspec

from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append
from goodword.platform.jobs import enqueue
from goodword.staff import store
from goodword.staff.actions.set_duty import work_now
from goodword.staff.events import AgentAvailabilityChanged
from goodword.staff.model import PRESENCE_DUE, SEEN_WITHIN, Agent, Availability


async def set_availability(tx: Tx, stamp: Stamp, agent_id: str, availability: Availability) -> Agent:
    """What the agent wishes; it stays so until he says otherwise, also over night."""
    agent = await store.hold_agent(tx, agent_id)
    if agent.availability == availability:
        return agent
    if availability == "offline":
        await work_now(tx, stamp, agent_id, on=False)
    return await _keep(tx, stamp, msgspec.structs.replace(agent, availability=availability))


async def connect(tx: Tx, stamp: Stamp, agent_id: str, connection_id: str) -> Agent:
    """A workspace opens. Until it is closed it must be heard of (``beat``) within each 45 seconds."""
    # Before the agent is held: the check that is running just now may hold this very job.
    await _check_later(tx, agent_id, stamp.at + SEEN_WITHIN)
    agent = await store.hold_agent(tx, agent_id)
    await store.see(tx, agent_id, connection_id, stamp.at)
    return await show(tx, stamp, agent, online=not agent.disabled)


async def beat(tx: Tx, stamp: Stamp, agent_id: str, connection_id: str) -> None:
    """It is still open."""
    if not await store.see_again(tx, agent_id, connection_id, stamp.at):
        await connect(tx, stamp, agent_id, connection_id)


async def disconnect(tx: Tx, stamp: Stamp, agent_id: str, connection_id: str) -> Agent:
    """It was closed; the agent is away when it was his last."""
    agent = await store.hold_agent(tx, agent_id)
    await store.part_with(tx, agent_id, connection_id)
    return await show(tx, stamp, agent, online=await _is_seen(tx, agent_id, stamp.at))


async def check_presence(tx: Tx, stamp: Stamp, agent_id: str) -> Agent:
    """Notice that nothing has been heard of an agent, or look again when that may be."""
    agent = await store.hold_agent(tx, agent_id)
    await store.forget_connections(tx, agent_id, stamp.at - SEEN_WITHIN)
    last = await store.last_seen(tx, agent_id)
    if last is not None:
        await _check_later(tx, agent_id, last + SEEN_WITHIN)
    return await show(tx, stamp, agent, online=last is not None)


async def show(tx: Tx, stamp: Stamp, agent: Agent, *, online: bool) -> Agent:
    """Tell everyone, if that is news."""
    if agent.online == online:
        return agent
    return await _keep(tx, stamp, msgspec.structs.replace(agent, online=online))


async def _keep(tx: Tx, stamp: Stamp, agent: Agent) -> Agent:
    fact = AgentAvailabilityChanged(agent=agent.named, availability=agent.availability, online=agent.online)
    await append(tx, agent.id, fact, stamp)
    return await store.keep_agent(tx, agent)


async def _is_seen(tx: Tx, agent_id: str, now: int) -> bool:
    last = await store.last_seen(tx, agent_id)
    return last is not None and last > now - SEEN_WITHIN


async def _check_later(tx: Tx, agent_id: str, at: int) -> None:
    await enqueue(tx, PRESENCE_DUE, {"agent_id": agent_id}, at=at, dedupe=f"presence:{agent_id}")
