"""How people must and may come in: one row, and every query on it and on who is who at the sign-in provider."""

from typing import Final

import msgspec

from goodword.platform.db import Tx

ABOUT_CLIENT_SECRET: Final = "provider:client_secret"

KEEP = """
INSERT INTO security (id, two_factor_roles, provider) VALUES (1, :roles, :provider)
ON CONFLICT (id) DO UPDATE SET two_factor_roles = excluded.two_factor_roles, provider = excluded.provider
"""
LINK = """
INSERT INTO agent_identities (issuer, subject, agent_id, created_at) VALUES (:issuer, :subject, :agent_id, :at)
"""


class Provider(msgspec.Struct, frozen=True):
    """Where people sign in instead of here (OpenID Connect). ``secret`` is sealed; empty: a client without one.

    ``domains``: whose e-mail addresses are let in, all when there are none. ``newcomers``: the role of people who are
    not of the staff yet; None: only people who are. ``button``: what stands on it; empty: our own words.
    """

    issuer: str
    client_id: str
    secret: str = ""
    domains: tuple[str, ...] = ()
    newcomers: str | None = None
    button: str = ""


class Policy(msgspec.Struct, frozen=True):
    """``two_factor_roles``: whose holders need a second factor beside their password."""

    two_factor_roles: tuple[str, ...] = ()
    provider: Provider | None = None


async def get(tx: Tx) -> Policy:
    row = await tx.row("SELECT * FROM security WHERE id = 1")
    if row is None:
        return Policy()
    roles = msgspec.json.decode(row["two_factor_roles"], type=tuple[str, ...])
    return Policy(roles, msgspec.json.decode(row["provider"], type=Provider) if row["provider"] else None)


async def keep(tx: Tx, policy: Policy) -> None:
    provider = msgspec.json.encode(policy.provider).decode() if policy.provider else None
    await tx.run(KEEP, roles=msgspec.json.encode(policy.two_factor_roles).decode(), provider=provider)


async def identified(tx: Tx, issuer: str, subject: str) -> str | None:
    """The agent whom the provider means."""
    sql = "SELECT agent_id FROM agent_identities WHERE issuer = :issuer AND subject = :subject"
    found: str | None = await tx.value(sql, issuer=issuer, subject=subject)
    return found


async def is_linked(tx: Tx, issuer: str, agent_id: str) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM agent_identities WHERE issuer = :issuer AND agent_id = :id)"
    return bool(await tx.value(sql, issuer=issuer, id=agent_id))


async def link(tx: Tx, issuer: str, subject: str, agent_id: str, at: int) -> None:
    await tx.run(LINK, issuer=issuer, subject=subject, agent_id=agent_id, at=at)


async def unlink(tx: Tx, agent_id: str) -> bool:
    """False: there was no link."""
    return bool(await tx.run("DELETE FROM agent_identities WHERE agent_id = :id", id=agent_id))
