"""An agent signs in with his password."""

from goodword.platform import ids
from goodword.platform.clock import MINUTE, SECOND
from goodword.platform.db import Database, Tx
from goodword.platform.errors import RateLimited, SecondFactorNeeded, Unauthenticated
from goodword.platform.events import SYSTEM, Actor, Stamp, append
from goodword.staff import factors, keys, security, store
from goodword.staff.events import SignedIn, SignInFailed
from goodword.staff.model import (
    MOST_FAILURES_HERE,
    MOST_FAILURES_OF_ADDRESS,
    MOST_FAILURES_OF_EMAIL,
    SIGNED_IN_FOR,
    Agent,
    Place,
    wait_after,
)
from goodword.staff.passwords import matches
from goodword.staff.profile import folded_email

# Long enough to find the telephone, or to install an app on it.
CHALLENGE_FOR = 10 * MINUTE


async def sign_in(
    db: Database, at: int, *, email: str, password: str, place: Place, lifetime: int = SIGNED_IN_FOR
) -> tuple[Agent, str]:
    """The agent, and the secret of his new session for the cookie.

    ``Unauthenticated``: the two don't belong together; which is wrong, or whether we know the address, isn't said.
    ``SecondFactorNeeded``: they do, and a code is asked for as well (see ``enter_with_code``), or that he gets himself
    a second factor now (``enrol``). ``RateLimited``: too many have failed.
    """
    found = await db.write(_attempt, at, folded_email(email), place)
    agent, kept = found or (None, None)
    right = await matches(password, kept)
    if agent is None or kept is None or agent.disabled or not right:
        await db.write(_fail, Stamp(at, SYSTEM), agent, place.address[:64])
        raise Unauthenticated("credentials")
    outcome = await db.write(_succeed, at, agent, kept, place, lifetime)
    if isinstance(outcome, SecondFactorNeeded):
        raise outcome
    return agent, outcome


async def start_session(tx: Tx, stamp: Stamp, agent: Agent, place: Place, lifetime: int = SIGNED_IN_FOR) -> str:
    """Sign ``agent`` in and return the secret for his cookie; only its fingerprint is kept."""
    secret = ids.secret("gs")
    await keys.open_session(tx, agent.id, ids.fingerprint(secret), stamp.at, lifetime, place)
    fact = SignedIn(agent=agent.named, address=place.address[:64])
    await append(tx, agent.id, fact, stamp.acting_as(Actor("agent", agent.id, agent.name)))
    return secret


async def remember_device(tx: Tx, now: int, agent_id: str, place: Place) -> str:
    """The secret by which the browser that has let him in is known from now on: the one it has, or a new one."""
    device = place.device or ids.secret("gd")
    await keys.know_device(tx, ids.fingerprint(device), agent_id, now)
    return device


async def count_attempt(tx: Tx, now: int, email: str, place: Place) -> None:
    """``RateLimited``, or the attempt counts as failed until it has succeeded: those made at once see each other.

    Who comes with a browser that was let in before is counted by that alone: strangers can't lock him out.
    """
    email_hash, address = ids.fingerprint(email), place.address[:64]
    known = place.device_hash if place.device and await keys.is_known_device(tx, place.device_hash, email) else ""
    await tx.lock(f"sign-in:{email_hash}")
    await tx.lock(f"sign-in:{known or address}")
    if known:
        wait = wait_after(await keys.failures_with(tx, email_hash, known, now), MOST_FAILURES_HERE, now)
    else:
        both, there, with_it = await keys.failures(tx, email_hash, address, now)
        wait = max(
            wait_after(both, MOST_FAILURES_HERE, now),
            wait_after(there, MOST_FAILURES_OF_ADDRESS, now),
            wait_after(with_it, MOST_FAILURES_OF_EMAIL, now),
        )
    if wait:
        raise RateLimited("sign_in", retry_after=wait / SECOND, minutes=-(-wait // MINUTE))
    await keys.note_attempt(tx, email_hash, address, now, known)


async def _attempt(tx: Tx, now: int, email: str, place: Place) -> tuple[Agent, str] | None:
    await count_attempt(tx, now, email, place)
    return await store.find_by_email(tx, email)


async def _fail(tx: Tx, stamp: Stamp, agent: Agent | None, address: str) -> None:
    fact = SignInFailed(agent=agent.named if agent else None, address=address)
    await append(tx, agent.id if agent else "sign-in", fact, stamp)


async def _succeed(tx: Tx, at: int, agent: Agent, kept: str, place: Place, lifetime: int) -> str | SecondFactorNeeded:
    current = await store.find_by_email(tx, agent.email)
    if current is None or current[0].disabled or current[1] != kept:
        # He left or his password changed while we were looking at the old one.
        raise Unauthenticated("credentials")
    await keys.forget_attempts(tx, ids.fingerprint(agent.email), place.address[:64], place.device_hash)
    await keys.sweep(tx, at)
    has_one = await factors.is_on(tx, agent.id)
    if has_one or agent.role in (await security.get(tx)).two_factor_roles:
        challenge = ids.secret("gc")
        await factors.keep_challenge(tx, ids.fingerprint(challenge), agent.id, at + CHALLENGE_FOR)
        # Returned, not raised: what was just written must stay.
        return SecondFactorNeeded("" if has_one else "enrol", challenge=challenge, enrol=not has_one)
    return await start_session(tx, Stamp(at, SYSTEM), agent, place, lifetime)
