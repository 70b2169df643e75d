"""Every query on second factors: secrets, recovery codes, sign-ins that wait for one."""

from collections.abc import Iterable

import msgspec

from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.staff.totp import plain

KEEP = """
INSERT INTO two_factors (agent_id, secret, confirmed_at, last_step) VALUES (:agent_id, :secret, NULL, 0)
ON CONFLICT (agent_id) DO UPDATE SET secret = excluded.secret, last_step = 0 WHERE two_factors.confirmed_at IS NULL
"""
WAIT = "INSERT INTO sign_in_challenges (hash, agent_id, expires_at) VALUES (:hash, :agent_id, :until)"


class TwoFactor(msgspec.Struct, frozen=True):
    """``secret`` is sealed; codes up to that of ``last_step`` have been used."""

    secret: str
    confirmed_at: int | None
    last_step: int


async def find(tx: Tx, agent_id: str) -> TwoFactor | None:
    """Also one that is not confirmed yet."""
    row = await tx.row("SELECT * FROM two_factors WHERE agent_id = :id", id=agent_id)
    return None if row is None else TwoFactor(row["secret"], row["confirmed_at"], row["last_step"])


async def is_on(tx: Tx, agent_id: str) -> bool:
    found = await find(tx, agent_id)
    return found is not None and found.confirmed_at is not None


async def all_on(tx: Tx) -> frozenset[str]:
    """Ids of the agents who have one."""
    rows = await tx.rows("SELECT agent_id FROM two_factors WHERE confirmed_at IS NOT NULL")
    return frozenset(row["agent_id"] for row in rows)


async def keep_unconfirmed(tx: Tx, agent_id: str, sealed: str) -> bool:
    """False: there is a confirmed one, which stays."""
    return bool(await tx.run(KEEP, agent_id=agent_id, secret=sealed))


async def confirm(tx: Tx, agent_id: str, at: int) -> None:
    await tx.run("UPDATE two_factors SET confirmed_at = :at WHERE agent_id = :id", id=agent_id, at=at)


async def use_step(tx: Tx, agent_id: str, step: int) -> bool:
    """False: this code, or a later one, has been used."""
    sql = "UPDATE two_factors SET last_step = :step WHERE agent_id = :id AND last_step < :step"
    return bool(await tx.run(sql, id=agent_id, step=step))


async def forget(tx: Tx, agent_id: str) -> bool:
    """False: there was none."""
    await tx.run("DELETE FROM recovery_codes WHERE agent_id = :id", id=agent_id)
    return bool(await tx.run("DELETE FROM two_factors WHERE agent_id = :id", id=agent_id))


async def keep_recovery_codes(tx: Tx, agent_id: str, codes: Iterable[str]) -> None:
    """In place of those that were there; only fingerprints are kept."""
    await tx.run("DELETE FROM recovery_codes WHERE agent_id = :id", id=agent_id)
    for code in codes:
        sql = "INSERT INTO recovery_codes (agent_id, code_hash) VALUES (:id, :hash)"
        await tx.run(sql, id=agent_id, hash=ids.fingerprint(plain(code)))


async def use_recovery_code(tx: Tx, agent_id: str, code: str) -> bool:
    """It opens once."""
    sql = "DELETE FROM recovery_codes WHERE agent_id = :id AND code_hash = :hash"
    return bool(await tx.run(sql, id=agent_id, hash=ids.fingerprint(plain(code))))


async def recovery_codes_left(tx: Tx, agent_id: str) -> int:
    return int(await tx.value("SELECT count(*) FROM recovery_codes WHERE agent_id = :id", id=agent_id))


async def keep_challenge(tx: Tx, hash: str, agent_id: str, until: int) -> None:
    await tx.run(WAIT, hash=hash, agent_id=agent_id, until=until)


async def challenged(tx: Tx, hash: str, now: int) -> str | None:
    """The agent whose password was right."""
    sql = "SELECT agent_id FROM sign_in_challenges WHERE hash = :hash AND expires_at > :now"
    found: str | None = await tx.value(sql, hash=hash, now=now)
    return found


async def drop_challenge(tx: Tx, hash: str) -> bool:
    return bool(await tx.run("DELETE FROM sign_in_challenges WHERE hash = :hash", hash=hash))
