"""Somebody joins the staff."""

from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, append
from goodword.staff import store
from goodword.staff.events import AgentAdded
from goodword.staff.model import Agent, Profile
from goodword.staff.profile import checked


async def add_agent(tx: Tx, stamp: Stamp, profile: Profile, password_hash: str) -> Agent:
    """``password_hash`` comes from ``passwords.hashed``. ``Conflict``: the e-mail address is taken."""
    stamp.need("staff.manage")
    profile = checked(profile)
    agent = Agent(
        id=ids.new("agt", stamp.at),
        email=profile.email,
        name=profile.name,
        role=profile.role,
        languages=profile.languages,
        language=profile.language,
        theme="auto",
        density="comfortable",
        availability="available",
        online=False,
        max_load=profile.max_load,
        disabled=False,
        created_at=stamp.at,
    )
    if not await store.add_agent(tx, agent, password_hash):
        raise Conflict("email_taken", fields={"email": "email_taken"})
    await append(tx, agent.id, AgentAdded(agent=agent.named, role=agent.role), stamp)
    return agent
