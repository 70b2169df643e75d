"""An agent signs out: here, there, or everywhere else."""

from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Stamp, append
from goodword.staff import keys
from goodword.staff.events import SessionsEnded
from goodword.staff.model import Caller


async def sign_out(tx: Tx, caller: Caller) -> None:
    """From now on his session opens nothing; his other ones stay."""
    if caller.session_hash:
        await keys.close_session(tx, caller.session_hash)


async def end_session(tx: Tx, stamp: Stamp, caller: Caller, session_id: str) -> None:
    """One of his own, by the id that he was shown. ``NotFound``: there is none."""
    agent = caller.person
    found = [one for one in await keys.sessions_of(tx, agent.id, stamp.at) if one.id == session_id]
    if not found:
        raise NotFound("session")
    for session in found:
        await keys.close_session(tx, session.hash)
    await append(tx, agent.id, SessionsEnded(agent=agent.named, count=len(found)), stamp)


async def end_other_sessions(tx: Tx, stamp: Stamp, caller: Caller) -> int:
    """All of his but this one; how many."""
    agent = caller.person
    ended = await keys.close_sessions(tx, agent.id, but=caller.session_hash or "")
    if ended:
        await append(tx, agent.id, SessionsEnded(agent=agent.named, count=ended), stamp)
    return ended
