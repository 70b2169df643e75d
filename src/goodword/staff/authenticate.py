"""Who is asking: from a cookie or an API token to a ``Caller``."""

from goodword.platform import ids
from goodword.platform.clock import MINUTE, Clock
from goodword.platform.db import Database
from goodword.platform.errors import Unauthenticated
from goodword.staff import keys
from goodword.staff.model import Caller

SLIDE_AFTER = 5 * MINUTE


async def authenticate(db: Database, clock: Clock, *, cookie: str | None, authorization: str | None) -> Caller:
    """One read; nothing is remembered, so who signs out or is disabled is out at once. ``Unauthenticated``: nobody
    we know.

    A header that is there but wrong is refused, whatever the cookie says. A session in use lasts on.
    """
    if authorization is not None:
        return await _program(db, clock.now(), authorization)
    if cookie:
        return await _person(db, clock.now(), ids.fingerprint(cookie))
    raise Unauthenticated


async def is_still_in(db: Database, clock: Clock, caller: Caller) -> bool:
    """Whether the session that let an agent in still would, with the same rights: for lines that stay open."""
    if caller.session_hash is None:
        return False
    found = await db.read(keys.find_session, caller.session_hash, clock.now())
    return found is not None and found[0].rights == caller.rights


async def _program(db: Database, now: int, authorization: str) -> Caller:
    scheme, _, secret = authorization.strip().partition(" ")
    hash = ids.fingerprint(secret.strip())
    token = await db.read(keys.find_token, hash, now) if scheme.lower() == "bearer" else None
    if token is None:
        raise Unauthenticated("token")
    if token.last_used_at is None or token.last_used_at <= now - MINUTE:
        await db.write(keys.use_token, token.id, now)
    return Caller(token=token)


async def _person(db: Database, now: int, hash: str) -> Caller:
    found = await db.read(keys.find_session, hash, now)
    if found is None:
        raise Unauthenticated("session")
    agent, last_seen = found
    if last_seen <= now - SLIDE_AFTER:
        await db.write(keys.slide_session, hash, now)
    return Caller(agent=agent, session_hash=hash)
