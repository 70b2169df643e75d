"""How people must and may come in is laid down."""

import msgspec

from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append
from goodword.platform.sealing import seal
from goodword.staff import security
from goodword.staff.actions.edit_agent import hold_below
from goodword.staff.events import ProviderChanged, ProviderUnlinked, TwoFactorRequired
from goodword.staff.model import RIGHTS, ROLES, Named, check_not_above
from goodword.staff.roles import all_roles, rights_of
from goodword.staff.security import ABOUT_CLIENT_SECRET, Policy, Provider

STREAM = "security"
MOST_DOMAINS = 50


async def require_two_factor(tx: Tx, stamp: Stamp, roles: tuple[str, ...]) -> Policy:
    """Whoever has one of ``roles`` needs a second factor beside his password: from his next sign-in on."""
    stamp.need("security.manage")
    await tx.lock("staff.security")
    names = dict.fromkeys(ROLES) | {role.id: role.name for role in await all_roles(tx)}
    if not set(roles) <= set(names):
        raise BadInput("role", fields={"roles": "role"})
    wanted = tuple(dict.fromkeys(roles))
    policy = msgspec.structs.replace(await security.get(tx), two_factor_roles=wanted)
    await security.keep(tx, policy)
    named = tuple(Named(role, names[role] or role) for role in wanted)
    await append(tx, STREAM, TwoFactorRequired(roles=named), stamp)
    return policy


async def use_provider(tx: Tx, stamp: Stamp, key: bytes, provider: Provider, secret: str | None) -> Policy:
    """``provider`` as ``discover`` found it; ``secret`` in the clear, None: the one that this issuer knows.

    ``Forbidden``: who lays this down lacks a right. The provider says who somebody is: whoever chooses it can become
    anybody, so only somebody who may do everything chooses.
    """
    stamp.need("security.manage")
    check_not_above(stamp, frozenset(RIGHTS))
    await tx.lock("staff.security")
    policy = await security.get(tx)
    if provider.newcomers is not None:
        await rights_of(tx, provider.newcomers)
    sealed = seal(key, ABOUT_CLIENT_SECRET, secret) if secret else ""
    if secret is None and policy.provider and policy.provider.issuer == provider.issuer:
        sealed = policy.provider.secret
    domains = tuple(dict.fromkeys(domain.strip().casefold().lstrip("@") for domain in provider.domains))
    if len(domains) > MOST_DOMAINS or not all("." in one and " " not in one for one in domains):
        raise BadInput("domains", fields={"domains": "domains"})
    kept = msgspec.structs.replace(provider, secret=sealed, domains=domains)
    policy = msgspec.structs.replace(policy, provider=kept)
    await security.keep(tx, policy)
    await append(tx, STREAM, ProviderChanged(issuer=kept.issuer), stamp)
    return policy


async def drop_provider(tx: Tx, stamp: Stamp) -> Policy:
    """Nobody comes in through it any more; who is in stays."""
    stamp.need("security.manage")
    await tx.lock("staff.security")
    policy = msgspec.structs.replace(await security.get(tx), provider=None)
    await security.keep(tx, policy)
    await append(tx, STREAM, ProviderChanged(issuer=None), stamp)
    return policy


async def unlink_provider(tx: Tx, stamp: Stamp, agent_id: str) -> None:
    """Whoever comes next with this agent's e-mail address is taken for him again."""
    stamp.need("staff.manage")
    agent = await hold_below(tx, stamp, agent_id)
    if await security.unlink(tx, agent.id):
        await append(tx, agent.id, ProviderUnlinked(agent=agent.named), stamp)
