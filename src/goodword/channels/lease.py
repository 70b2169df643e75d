"""One process at a time: who holds the lease does it, and where he dies another one takes over."""

from goodword.platform.db import Tx

TAKE = """
INSERT INTO listening_leases (name, holder, leased_until) VALUES (:name, :holder, :until)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, leased_until = excluded.leased_until
  WHERE listening_leases.holder = excluded.holder OR listening_leases.leased_until <= :now
"""


async def take(tx: Tx, name: str, holder: str, now: int, lease: int) -> bool:
    """Hold it, or hold it on, for ``lease`` milliseconds; False while it is somebody else's."""
    return bool(await tx.run(TAKE, name=name, holder=holder, now=now, until=now + lease))


async def is_free(tx: Tx, name: str, holder: str, now: int) -> bool:
    """Whether ``take`` would succeed; costs no write."""
    sql = "SELECT holder, leased_until FROM listening_leases WHERE name = :name"
    row = await tx.row(sql, name=name)
    return row is None or row["holder"] == holder or row["leased_until"] <= now


async def let_go(tx: Tx, name: str, holder: str) -> None:
    await tx.run("DELETE FROM listening_leases WHERE name = :name AND holder = :holder", name=name, holder=holder)
