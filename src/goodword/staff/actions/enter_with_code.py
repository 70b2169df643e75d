"""The second step of signing in: a code beside the password."""

from goodword.platform import ids
from goodword.platform.db import Database, Tx
from goodword.platform.errors import Unauthenticated
from goodword.platform.events import SYSTEM, Actor, Stamp, append
from goodword.staff import factors, store
from goodword.staff.actions.sign_in import start_session
from goodword.staff.actions.two_factor import accept, confirm, enrol, wrong_code
from goodword.staff.events import SecondFactorFailed
from goodword.staff.model import SIGNED_IN_FOR, Agent, Place


async def enter_with_code(
    db: Database, at: int, key: bytes, *, challenge: str, code: str, place: Place, lifetime: int = SIGNED_IN_FOR
) -> tuple[Agent, str, list[str]]:
    """The agent, the secret for his cookie and, if this was the first code of a new second factor, recovery codes.

    ``Unauthenticated``: the sign-in must begin anew; ``BadInput``: the code is wrong; ``RateLimited``: it was so too
    often.
    """
    entered = await db.write(_enter, at, key, challenge, code, place, lifetime)
    if entered is None:
        raise wrong_code()
    return entered


async def enrol_at_the_door(tx: Tx, at: int, key: bytes, challenge: str) -> tuple[Agent, str]:
    """Somebody who must have a second factor and has none gets a secret for his app before he is in."""
    agent = await _challenged(tx, at, challenge)
    return agent, await enrol(tx, key, agent)


async def _enter(
    tx: Tx, at: int, key: bytes, challenge: str, code: str, place: Place, lifetime: int
) -> tuple[Agent, str, list[str]] | None:
    agent = await _challenged(tx, at, challenge)
    stamp = Stamp(at, Actor("agent", agent.id, agent.name))
    codes: list[str] | None = []
    if await factors.is_on(tx, agent.id):
        codes = [] if await accept(tx, stamp, key, agent, code) else None
    else:
        codes = await confirm(tx, stamp, key, agent, code)
    if codes is None:
        fact = SecondFactorFailed(agent=agent.named, address=place.address[:64])
        await append(tx, agent.id, fact, Stamp(at, SYSTEM))
        return None
    await factors.drop_challenge(tx, ids.fingerprint(challenge))
    return agent, await start_session(tx, Stamp(at, SYSTEM), agent, place, lifetime), codes


async def _challenged(tx: Tx, at: int, challenge: str) -> Agent:
    hash = ids.fingerprint(challenge)
    await tx.lock(f"challenge:{hash}")
    agent_id = await factors.challenged(tx, hash, at)
    agent = await store.find_agent(tx, agent_id) if agent_id else None
    if agent is None or agent.disabled:
        raise Unauthenticated("challenge")
    return agent
