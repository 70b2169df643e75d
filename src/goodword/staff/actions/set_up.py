"""The desk gets its first administrator."""

import msgspec

from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp
from goodword.staff import store
from goodword.staff.actions.add_agent import add_agent
from goodword.staff.model import Agent, Profile
from goodword.staff.profile import checked_name


async def set_up(tx: Tx, stamp: Stamp, profile: Profile, password_hash: str, company: str = "") -> Agent:
    """Only while there is nobody: ``Conflict`` from then on, also for the second of two who try at once.

    ``stamp`` is the program's own; whatever role the profile names, this one is the administrator.
    """
    await tx.lock("staff.set_up")
    if await store.count_agents(tx):
        raise Conflict("set_up_already")
    if company.strip():
        await store.keep_company_name(tx, checked_name(company))
    return await add_agent(tx, stamp, msgspec.structs.replace(profile, role="admin"), password_hash)


async def is_set_up(tx: Tx) -> bool:
    return await store.count_agents(tx) > 0
