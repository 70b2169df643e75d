"""Every query on what opens the desk: sessions, API tokens, attempts to sign in."""

import msgspec

from goodword.platform.clock import DAY, MINUTE
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound
from goodword.staff.model import REMEMBERED_FOR, WINDOW, Agent, Place, Session, Token
from goodword.staff.store import agent, find_agent

OPEN = """
INSERT INTO staff_sessions (token_hash, agent_id, created_at, last_seen_at, expires_at, address, browser)
VALUES (:hash, :agent_id, :at, :at, :until, :address, :browser)
"""
OPENED = """
SELECT agents.*, roles.name AS role_name, roles.rights AS role_rights, last_seen_at, expires_at
FROM staff_sessions JOIN agents ON agents.id = agent_id LEFT JOIN roles ON roles.id = agents.role
WHERE token_hash = :hash AND expires_at > :now AND disabled = :no
"""
SLIDE = """
UPDATE staff_sessions SET last_seen_at = :now, expires_at = expires_at + (:now - last_seen_at)
WHERE token_hash = :hash AND last_seen_at < :now
"""
ISSUE = """
INSERT INTO api_tokens (id, name, token_hash, scopes, created_by, created_at, expires_at)
VALUES (:id, :name, :hash, :scopes, :created_by, :created_at, :expires_at)
"""
NOTE = "INSERT INTO sign_in_attempts (email_hash, address, at, device) VALUES (:email_hash, :address, :at, :device)"
FAILURES = """
SELECT at, email_hash, address FROM sign_in_attempts
WHERE (email_hash = :email_hash OR address = :address) AND device = '' AND at > :since ORDER BY at
"""
FAILURES_WITH = """
SELECT at FROM sign_in_attempts WHERE email_hash = :email_hash AND device = :device AND at > :since ORDER BY at
"""
FORGET = """
DELETE FROM sign_in_attempts
WHERE email_hash = :email_hash AND (device = :device OR (device = '' AND address = :address))
"""
IS_KNOWN = """
SELECT EXISTS (SELECT 1 FROM known_devices JOIN agents ON agents.id = agent_id
WHERE device = :device AND email = :email)
"""
KNOW = """
INSERT INTO known_devices (device, agent_id, seen_at) VALUES (:device, :agent_id, :now)
ON CONFLICT (device, agent_id) DO UPDATE SET seen_at = excluded.seen_at
"""


async def open_session(tx: Tx, agent_id: str, hash: str, at: int, lifetime: int, place: Place) -> None:
    address, browser = place.address[:64], place.browser[:200]
    await tx.run(OPEN, hash=hash, agent_id=agent_id, at=at, until=at + lifetime, address=address, browser=browser)


async def sessions_of(tx: Tx, agent_id: str, now: int) -> list[Session]:
    """The last used first."""
    sql = "SELECT * FROM staff_sessions WHERE agent_id = :id AND expires_at > :now ORDER BY last_seen_at DESC"
    return [
        Session(row["token_hash"], row["address"], row["browser"], row["created_at"], row["last_seen_at"])
        for row in await tx.rows(sql, id=agent_id, now=now)
    ]


async def find_session(tx: Tx, hash: str, now: int) -> tuple[Agent, int] | None:
    """Whom the session is of, and when he was last seen with it; nobody where its time is over or he has left."""
    row = await tx.row(OPENED, hash=hash, now=now, no=False)
    return None if row is None else (agent(row), row["last_seen_at"])


async def slide_session(tx: Tx, hash: str, now: int) -> None:
    """The time of the session starts again."""
    await tx.run(SLIDE, hash=hash, now=now)


async def close_session(tx: Tx, hash: str) -> None:
    await tx.run("DELETE FROM staff_sessions WHERE token_hash = :hash", hash=hash)


async def close_sessions(tx: Tx, agent_id: str, but: str = "") -> int:
    """All of an agent's, but one if it is named, and those that were just about to be opened; how many."""
    await tx.run("DELETE FROM sign_in_challenges WHERE agent_id = :id", id=agent_id)
    sql = "DELETE FROM staff_sessions WHERE agent_id = :id AND token_hash <> :but"
    return await tx.run(sql, id=agent_id, but=but)


async def issue_token(tx: Tx, token: Token, hash: str) -> None:
    await tx.run(
        ISSUE,
        id=token.id,
        name=token.name,
        hash=hash,
        scopes=msgspec.json.encode(token.scopes).decode(),
        created_by=token.created_by,
        created_at=token.created_at,
        expires_at=token.expires_at,
    )


async def find_token(tx: Tx, hash: str, now: int) -> Token | None:
    """With the rights that whoever made it still has; none where its time is over or he has left."""
    row = await tx.row("SELECT * FROM api_tokens WHERE token_hash = :hash", hash=hash)
    if row is None or (row["expires_at"] is not None and row["expires_at"] <= now):
        return None
    token, maker = _token(row), await find_agent(tx, row["created_by"])
    if maker is None:
        return token
    scopes = tuple(scope for scope in token.scopes if scope in maker.rights)
    return None if maker.disabled else msgspec.structs.replace(token, scopes=scopes)


async def get_token(tx: Tx, id: str) -> Token:
    """``NotFound`` where there is none."""
    row = await tx.row("SELECT * FROM api_tokens WHERE id = :id", id=id)
    if row is None:
        raise NotFound("token")
    return _token(row)


async def all_tokens(tx: Tx) -> list[Token]:
    """Newest first."""
    rows = await tx.rows("SELECT * FROM api_tokens ORDER BY created_at DESC, id DESC")
    return [_token(row) for row in rows]


async def use_token(tx: Tx, id: str, now: int) -> None:
    sql = (
        "UPDATE api_tokens SET last_used_at = :now WHERE id = :id AND (last_used_at IS NULL OR last_used_at <= :since)"
    )
    await tx.run(sql, id=id, now=now, since=now - MINUTE)


async def drop_token(tx: Tx, id: str) -> None:
    await tx.run("DELETE FROM api_tokens WHERE id = :id", id=id)


async def note_attempt(tx: Tx, email_hash: str, address: str, at: int, device: str = "") -> None:
    """A sign-in that has failed until it succeeds: those tried at the same time count each other."""
    await tx.run(NOTE, email_hash=email_hash, address=address, at=at, device=device)


async def failures(tx: Tx, email_hash: str, address: str, now: int) -> tuple[list[int], list[int], list[int]]:
    """When sign-ins of strangers have failed lately: with both of these, from this address, with this e-mail."""
    rows = await tx.rows(FAILURES, email_hash=email_hash, address=address, since=now - WINDOW)
    there = [row["at"] for row in rows if row["address"] == address]
    with_it = [row["at"] for row in rows if row["email_hash"] == email_hash]
    both = [row["at"] for row in rows if row["address"] == address and row["email_hash"] == email_hash]
    return both, there, with_it


async def failures_with(tx: Tx, email_hash: str, device: str, now: int) -> list[int]:
    """When sign-ins in a browser that was let in before have failed lately."""
    rows = await tx.rows(FAILURES_WITH, email_hash=email_hash, device=device, since=now - WINDOW)
    return [row["at"] for row in rows]


async def forget_attempts(tx: Tx, email_hash: str, address: str, device: str) -> None:
    """Those of somebody who has got in: his own, not those of a stranger elsewhere."""
    await tx.run(FORGET, email_hash=email_hash, address=address, device=device or "-")


async def is_known_device(tx: Tx, device: str, email: str) -> bool:
    """Whether the agent with this e-mail address was let in with it before."""
    return bool(await tx.value(IS_KNOWN, device=device, email=email))


async def know_device(tx: Tx, device: str, agent_id: str, now: int) -> None:
    await tx.run(KNOW, device=device, agent_id=agent_id, now=now)


async def sweep(tx: Tx, now: int) -> None:
    """Drop what no longer opens or counts."""
    await tx.run("DELETE FROM staff_sessions WHERE expires_at <= :now", now=now)
    await tx.run("DELETE FROM sign_in_attempts WHERE at <= :before", before=now - DAY)
    await tx.run("DELETE FROM sign_in_challenges WHERE expires_at <= :now", now=now)
    await tx.run("DELETE FROM provider_errands WHERE expires_at <= :now", now=now)
    await tx.run("DELETE FROM known_devices WHERE seen_at <= :before", before=now - REMEMBERED_FOR)


def _token(row: Row) -> Token:
    values = {name: row[name] for name in Token.__struct_fields__}
    return Token(**values | {"scopes": msgspec.json.decode(row["scopes"], type=tuple[str, ...])})
