"""An agent signs in."""

from goodword.platform import ids
from goodword.platform.clock import SECOND
from goodword.platform.db import Database, Tx
from goodword.platform.errors import RateLimited, Unauthenticated
from goodword.platform.events import SYSTEM, Actor, Stamp, append
from goodword.staff import keys, store
from goodword.staff.events import SignedIn, SignInFailed
from goodword.staff.model import (
    MOST_FAILURES_OF_ADDRESS,
    MOST_FAILURES_OF_EMAIL,
    SIGNED_IN_FOR,
    Agent,
    wait_after,
)
from goodword.staff.passwords import matches
from goodword.staff.profile import folded_email


async def sign_in(
    db: Database, at: int, *, email: str, password: str, address: str, lifetime: int = SIGNED_IN_FOR
) -> tuple[Agent, str]:
    """The agent, and the secret of his new session for the cookie. ``address``: where he comes from.

    ``Unauthenticated``: the two don't belong together; which is wrong, or whether we know the address, isn't said.
    ``RateLimited``: too many have failed with this e-mail address or from this place.
    """
    address = address[:64]
    found = await db.write(_attempt, at, folded_email(email), address)
    agent, kept = found or (None, None)
    right = await matches(password, kept)
    if agent is None or kept is None or agent.disabled or not right:
        await db.write(_fail, Stamp(at, SYSTEM), agent, address)
        raise Unauthenticated("credentials")
    return agent, await db.write(_succeed, at, agent, kept, address, lifetime)


async def start_session(tx: Tx, stamp: Stamp, agent: Agent, address: str, lifetime: int = SIGNED_IN_FOR) -> str:
    """Sign ``agent`` in and return the secret for his cookie; only its fingerprint is kept."""
    secret = ids.secret("gs")
    await keys.open_session(tx, agent.id, ids.fingerprint(secret), stamp.at, lifetime)
    fact = SignedIn(agent=agent.named, address=address)
    await append(tx, agent.id, fact, stamp.acting_as(Actor("agent", agent.id, agent.name)))
    return secret


async def count_attempt(tx: Tx, now: int, email: str, address: str) -> None:
    """``RateLimited``, or the attempt counts as failed until it has succeeded: those made at once see each other."""
    email_hash = ids.fingerprint(email)
    await tx.lock(f"sign-in:{email_hash}")
    await tx.lock(f"sign-in:{address}")
    wait = max(
        wait_after(await keys.attempts_of_email(tx, email_hash, now), MOST_FAILURES_OF_EMAIL, now),
        wait_after(await keys.attempts_from(tx, address, now), MOST_FAILURES_OF_ADDRESS, now),
    )
    if wait:
        raise RateLimited("sign_in", retry_after=wait / SECOND, minutes=-(-wait // 60_000))
    await keys.note_attempt(tx, email_hash, address, now)


async def _attempt(tx: Tx, now: int, email: str, address: str) -> tuple[Agent, str] | None:
    await count_attempt(tx, now, email, address)
    return await store.find_by_email(tx, email)


async def _fail(tx: Tx, stamp: Stamp, agent: Agent | None, address: str) -> None:
    fact = SignInFailed(agent=agent.named if agent else None, address=address)
    await append(tx, agent.id if agent else "sign-in", fact, stamp)


async def _succeed(tx: Tx, at: int, agent: Agent, kept: str, address: str, lifetime: int) -> str:
    current = await store.find_by_email(tx, agent.email)
    if current is None or current[0].disabled or current[1] != kept:
        # He left or his password changed while we were looking at the old one.
        raise Unauthenticated("credentials")
    await keys.forget_attempts(tx, ids.fingerprint(agent.email))
    await keys.sweep(tx, at)
    return await start_session(tx, Stamp(at, SYSTEM), agent, address, lifetime)
