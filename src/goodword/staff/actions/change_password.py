"""A password changes: by its owner, or by an administrator where it was forgotten."""

from goodword.platform import ids
from goodword.platform.db import Database, Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append
from goodword.staff import keys, store
from goodword.staff.actions.edit_agent import hold_below
from goodword.staff.actions.sign_in import count_attempt
from goodword.staff.events import PasswordChanged
from goodword.staff.model import Agent, Caller, Place
from goodword.staff.passwords import hashed, matches


async def change_password(db: Database, at: int, caller: Caller, *, current: str, new: str) -> None:
    """His other sessions end.

    ``BadInput``: the current one is wrong, the new one no good; ``RateLimited``: too often.
    """
    agent = caller.person
    kept = await db.write(_attempt, at, agent)
    if not await matches(current, kept):
        raise BadInput("password_wrong", fields={"current": "password_wrong"})
    hash = await hashed(new, agent.email)
    await db.write(_keep, caller.stamp(at), agent, hash, caller.session_hash or "")


async def reset_password(tx: Tx, stamp: Stamp, agent_id: str, password_hash: str) -> None:
    """All sessions of the agent end. ``password_hash`` comes from ``passwords.hashed``."""
    stamp.need("staff.manage")
    await _keep(tx, stamp, await hold_below(tx, stamp, agent_id), password_hash, "")


async def _attempt(tx: Tx, now: int, agent: Agent) -> str:
    await count_attempt(tx, now, agent.email, Place(agent.id))
    return await store.password_hash_of(tx, agent.id)


async def _keep(tx: Tx, stamp: Stamp, agent: Agent, hash: str, session_hash: str) -> None:
    await store.keep_password(tx, agent.id, hash)
    await keys.close_sessions(tx, agent.id, but=session_hash)
    await keys.forget_attempts(tx, ids.fingerprint(agent.email), agent.id, "")
    await append(tx, agent.id, PasswordChanged(agent=agent.named), stamp)
