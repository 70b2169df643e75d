"""Every query on what opens the desk: sessions, API tokens, attempts to sign in."""

import msgspec

from goodword.platform.clock import DAY, MINUTE
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound
from goodword.staff.model import WINDOW, Agent, Token
from goodword.staff.store import agent

OPEN = """
INSERT INTO staff_sessions (token_hash, agent_id, created_at, last_seen_at, expires_at)
VALUES (:hash, :agent_id, :at, :at, :until)
"""
OPENED = """
SELECT agents.*, last_seen_at, expires_at FROM staff_sessions JOIN agents ON agents.id = agent_id
WHERE token_hash = :hash AND expires_at > :now AND disabled = :no
"""
SLIDE = """
UPDATE staff_sessions SET last_seen_at = :now, expires_at = expires_at + (:now - last_seen_at)
WHERE token_hash = :hash AND last_seen_at < :now
"""
ISSUE = """
INSERT INTO api_tokens (id, name, token_hash, scopes, created_by, created_at)
VALUES (:id, :name, :hash, :scopes, :created_by, :created_at)
"""
FAILURES = "SELECT at FROM sign_in_attempts WHERE {column} = :value AND at > :since ORDER BY at"


async def open_session(tx: Tx, agent_id: str, hash: str, at: int, lifetime: int) -> None:
    await tx.run(OPEN, hash=hash, agent_id=agent_id, at=at, until=at + lifetime)


async def find_session(tx: Tx, hash: str, now: int) -> tuple[Agent, int] | None:
    """Whom the session is of, and when he was last seen with it; nobody where its time is over or he has left."""
    row = await tx.row(OPENED, hash=hash, now=now, no=False)
    return None if row is None else (agent(row), row["last_seen_at"])


async def slide_session(tx: Tx, hash: str, now: int) -> None:
    """The time of the session starts again."""
    await tx.run(SLIDE, hash=hash, now=now)


async def close_session(tx: Tx, hash: str) -> None:
    await tx.run("DELETE FROM staff_sessions WHERE token_hash = :hash", hash=hash)


async def close_sessions(tx: Tx, agent_id: str, but: str = "") -> None:
    """All of an agent's, but one if it is named."""
    sql = "DELETE FROM staff_sessions WHERE agent_id = :id AND token_hash <> :but"
    await tx.run(sql, id=agent_id, but=but)


async def issue_token(tx: Tx, token: Token, hash: str) -> None:
    await tx.run(
        ISSUE,
        id=token.id,
        name=token.name,
        hash=hash,
        scopes=msgspec.json.encode(token.scopes).decode(),
        created_by=token.created_by,
        created_at=token.created_at,
    )


async def find_token(tx: Tx, hash: str) -> Token | None:
    row = await tx.row("SELECT * FROM api_tokens WHERE token_hash = :hash", hash=hash)
    return None if row is None else _token(row)


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


async def note_attempt(tx: Tx, email_hash: str, address: str, at: int) -> None:
    """A sign-in that has failed until it succeeds: those tried at the same time count each other."""
    sql = "INSERT INTO sign_in_attempts (email_hash, address, at) VALUES (:email_hash, :address, :at)"
    await tx.run(sql, email_hash=email_hash, address=address, at=at)


async def attempts_of_email(tx: Tx, email_hash: str, now: int) -> list[int]:
    """When sign-ins with this address have failed lately."""
    rows = await tx.rows(FAILURES.format(column="email_hash"), value=email_hash, since=now - WINDOW)
    return [row["at"] for row in rows]


async def attempts_from(tx: Tx, address: str, now: int) -> list[int]:
    """When sign-ins from this network address have failed lately."""
    rows = await tx.rows(FAILURES.format(column="address"), value=address, since=now - WINDOW)
    return [row["at"] for row in rows]


async def forget_attempts(tx: Tx, email_hash: str) -> None:
    await tx.run("DELETE FROM sign_in_attempts WHERE email_hash = :hash", hash=email_hash)


async def sweep(tx: Tx, now: int) -> None:
    """Drop what no longer opens or counts."""
    await tx.run("DELETE FROM staff_sessions WHERE expires_at <= :now", now=now)
    await tx.run("DELETE FROM sign_in_attempts WHERE at <= :before", before=now - DAY)


def _token(row: Row) -> Token:
    values = {name: row[name] for name in Token.__struct_fields__}
    return Token(**values | {"scopes": msgspec.json.decode(row["scopes"], type=tuple[str, ...])})
