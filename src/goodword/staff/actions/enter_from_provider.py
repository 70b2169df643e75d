"""An agent signs in where he is known already: he is sent to the provider and comes back with its word."""

import secrets

import msgspec

from goodword.platform import ids
from goodword.platform.clock import MINUTE
from goodword.platform.db import Database, Tx
from goodword.platform.errors import BadInput, Unauthenticated
from goodword.platform.events import SYSTEM, Stamp, append
from goodword.platform.http import Outgoing
from goodword.platform.i18n import ours
from goodword.platform.sealing import seal, unseal
from goodword.staff import keys, security, store
from goodword.staff.actions.add_agent import add_agent
from goodword.staff.actions.sign_in import start_session
from goodword.staff.events import ProviderLinked, ProviderRefused
from goodword.staff.model import SIGNED_IN_FOR, Agent, Place, Profile
from goodword.staff.profile import LONGEST_NAME, folded_email
from goodword.staff.provider import Errand, Person, discover, way_there, who_came
from goodword.staff.security import ABOUT_CLIENT_SECRET, Provider

ERRAND_FOR = 10 * MINUTE
KEEP = """
INSERT INTO provider_errands (state_hash, browser_hash, errand, expires_at) VALUES (:state, :browser, :errand, :until)
"""
TAKE = """
DELETE FROM provider_errands WHERE state_hash = :state AND browser_hash = :browser AND expires_at > :now
RETURNING errand
"""


async def set_out(
    db: Database, outgoing: Outgoing, key: bytes, at: int, *, redirect: str, back: str, inwards: bool
) -> tuple[str, str]:
    """Where the browser is to go, and the secret by which it is known when it comes back.

    ``Unauthenticated``: nobody signs in like this here, or the provider doesn't answer.
    """
    provider = (await db.read(security.get)).provider
    if provider is None:
        raise Unauthenticated("provider_off")
    try:
        endpoints = await discover(outgoing, provider.issuer, inwards=inwards)
    except BadInput as error:
        raise Unauthenticated("provider_away") from error
    state, browser = ids.secret("st"), ids.secret("gb")
    errand = Errand(
        endpoints=endpoints,
        client_id=provider.client_id,
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        redirect=redirect,
        back=back,
    )
    await db.write(_keep, at, key, state, browser, errand)
    return way_there(errand, state), browser


async def come_back(
    db: Database,
    outgoing: Outgoing,
    key: bytes,
    at: int,
    *,
    state: str,
    browser: str,
    code: str,
    issuer: str | None,
    place: Place,
    language: str,
    lifetime: int = SIGNED_IN_FOR,
) -> tuple[Agent, str, str]:
    """The agent, the secret for his cookie, and where he wanted to go.

    ``Unauthenticated`` with the reason. What came with ``state`` counts once, and only in the browser that set out.
    """
    try:
        errand = await db.write(_take, at, key, state, browser)
        provider = (await db.read(security.get)).provider
        if errand is None:
            raise Unauthenticated("provider_state")
        if provider is None or provider.issuer != errand.endpoints.issuer or provider.client_id != errand.client_id:
            raise Unauthenticated("provider_off")
        if issuer != errand.endpoints.issuer and (issuer is not None or errand.endpoints.says_issuer):
            # The answer is another provider's: its code must not be shown to ours.
            raise Unauthenticated("provider_answer")
        if not code:
            raise Unauthenticated("provider_said_no")
        secret = unseal(key, ABOUT_CLIENT_SECRET, provider.secret) if provider.secret else ""
        person = await who_came(outgoing, errand, secret, code, at)
        agent, cookie = await db.write(_let_in, at, provider, person, place, language, lifetime)
    except Unauthenticated as error:
        await db.write(_refuse, at, error.reason, place)
        raise
    return agent, cookie, errand.back


async def _keep(tx: Tx, at: int, key: bytes, state: str, browser: str, errand: Errand) -> None:
    sealed = seal(key, "errand", msgspec.json.encode(errand).decode())
    hashes = {"state": ids.fingerprint(state), "browser": ids.fingerprint(browser)}
    await tx.run(KEEP, **hashes, errand=sealed, until=at + ERRAND_FOR)


async def _take(tx: Tx, at: int, key: bytes, state: str, browser: str) -> Errand | None:
    hashes = {"state": ids.fingerprint(state), "browser": ids.fingerprint(browser)}
    sealed = await tx.value(TAKE, **hashes, now=at)
    return msgspec.json.decode(unseal(key, "errand", sealed), type=Errand) if sealed else None


async def _let_in(
    tx: Tx, at: int, provider: Provider, person: Person, place: Place, language: str, lifetime: int
) -> tuple[Agent, str]:
    await tx.lock("staff.provider")
    agent = await _agent_of(tx, Stamp(at, SYSTEM), provider, person, language)
    if agent.disabled:
        raise Unauthenticated("provider_left")
    await keys.sweep(tx, at)
    return agent, await start_session(tx, Stamp(at, SYSTEM), agent, place, lifetime)


async def _agent_of(tx: Tx, stamp: Stamp, provider: Provider, person: Person, language: str) -> Agent:
    email = folded_email(person.email)
    if not email:
        raise Unauthenticated("provider_email")
    if provider.domains and email.rpartition("@")[2] not in provider.domains:
        raise Unauthenticated("provider_domain")
    known = await security.identified(tx, person.issuer, person.subject)
    if known is not None:
        return await store.get_agent(tx, known)
    found = await store.find_by_email(tx, email)
    if found is not None and await security.is_linked(tx, person.issuer, found[0].id):
        # The mailbox was given to somebody else, who is not the person that we know by this address.
        raise Unauthenticated("provider_other_person")
    agent = found[0] if found is not None else await _newcomer(tx, stamp, provider, person, email, language)
    if not agent.disabled:
        await security.link(tx, person.issuer, person.subject, agent.id, stamp.at)
        await append(tx, agent.id, ProviderLinked(agent=agent.named, issuer=person.issuer), stamp)
    return agent


async def _newcomer(tx: Tx, stamp: Stamp, provider: Provider, person: Person, email: str, language: str) -> Agent:
    if provider.newcomers is None:
        raise Unauthenticated("provider_unknown")
    name = person.name.strip()[:LONGEST_NAME] or email.partition("@")[0]
    profile = Profile(name, email, role=provider.newcomers, language=ours(person.language) or language)
    return await add_agent(tx, stamp, profile, "")


async def _refuse(tx: Tx, at: int, reason: str, place: Place) -> None:
    fact = ProviderRefused(agent=None, reason=reason, address=place.address[:64])
    await append(tx, "sign-in", fact, Stamp(at, SYSTEM))
