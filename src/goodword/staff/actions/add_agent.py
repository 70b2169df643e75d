"""Somebody joins the staff."""

from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp, append
from goodword.staff import store
from goodword.staff.events import AgentAdded
from goodword.staff.model import Agent, Profile, check_not_above
from goodword.staff.profile import checked
from goodword.staff.roles import rights_of


async def add_agent(tx: Tx, stamp: Stamp, profile: Profile, password_hash: str) -> Agent:
    """``password_hash`` comes from ``passwords.hashed``; empty: no password opens.

    ``Conflict``: the e-mail address is taken; ``Forbidden``: a role with a right that who adds him hasn't.
    """
    stamp.need("staff.manage")
    profile = checked(profile)
    check_not_above(stamp, await rights_of(tx, profile.role))
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
    return await store.get_agent(tx, agent.id)
