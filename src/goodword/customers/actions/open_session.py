"""A visitor opens the chat, for the first time or again."""

import msgspec

from goodword.customers import store
from goodword.customers.actions.claim import stand_alone
from goodword.customers.actions.identify import identify
from goodword.customers.actions.merge import join
from goodword.customers.contact import clean_email, clean_line
from goodword.customers.model import Session, SignedUser
from goodword.platform import ids
from goodword.platform.clock import DAY
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp

LIFETIME = 180 * DAY
LONGEST_PAGE = 500


async def open_session(
    tx: Tx,
    stamp: Stamp,
    channel_id: str,
    token: str | None,
    *,
    signed: SignedUser | None = None,
    language: str = "",
    page: str = "",
    title: str = "",
    referrer: str = "",
    lifetime: int = LIFETIME,
) -> tuple[Session, str]:
    """The session behind ``token``, good for another ``lifetime`` milliseconds, and the token to use from now on.

    A token that is unknown or over gives a new stranger. A stranger who is ``signed`` in keeps what he wrote before;
    whoever signs in as somebody else on the same machine starts anew, so that neither reads the other.
    """
    session = await _known(tx, stamp, channel_id, token)
    account_id = await _account(tx, stamp, channel_id, signed, language) if signed else None
    if session and account_id and session.signed_identity_id not in (None, account_id):
        session = None
    if session is None or token is None:
        token = ids.secret("gv")
        session = await _stranger(tx, stamp, channel_id, token, language)
    if account_id and session.signed_identity_id is None:
        await _become(tx, stamp, session.identity_id, account_id)
    session = msgspec.structs.replace(
        session,
        signed_identity_id=account_id or session.signed_identity_id,
        last_seen_at=stamp.at,
        expires_at=stamp.at + lifetime,
        page=clean_line(page, LONGEST_PAGE),
        title=clean_line(title, LONGEST_PAGE),
        referrer=clean_line(referrer, LONGEST_PAGE),
    )
    return await store.keep_session(tx, session), token


async def _known(tx: Tx, stamp: Stamp, channel_id: str, token: str | None) -> Session | None:
    if not token:
        return None
    # Two tabs of one browser may open at once.
    await tx.lock(f"visitor:{ids.fingerprint(token)}")
    return await store.find_session(tx, ids.fingerprint(token), channel_id, stamp.at)


async def _stranger(tx: Tx, stamp: Stamp, channel_id: str, token: str, language: str) -> Session:
    value = ids.new("vis", stamp.at)
    _, identity = await identify(tx, stamp, kind="visitor", scope=channel_id, value=value, language=language)
    return Session(
        token_hash=ids.fingerprint(token),
        channel_id=channel_id,
        identity_id=identity.id,
        signed_identity_id=None,
        created_at=stamp.at,
        last_seen_at=stamp.at,
        expires_at=stamp.at,
        page="",
        title="",
        referrer="",
    )


async def _account(tx: Tx, stamp: Stamp, channel_id: str, signed: SignedUser, language: str) -> str:
    _, identity = await identify(
        tx,
        stamp,
        kind="external",
        scope=channel_id,
        value=signed.user_id,
        verified=True,
        name=signed.name,
        email=_address(signed.email),
        language=language,
    )
    return identity.id


def _address(text: str) -> str:
    """A page that hands over something else than an address must not keep its visitors from writing."""
    try:
        return clean_email(text) if text else ""
    except BadInput:
        return ""


async def _become(tx: Tx, stamp: Stamp, visitor_id: str, account_id: str) -> None:
    """The stranger turns out to be the owner of an account: his record becomes part of it."""
    await store.hold_records(tx)
    visitor = await stand_alone(tx, stamp, await store.get_identity(tx, visitor_id))
    account = await store.get_identity(tx, account_id)
    if visitor.id != account.customer_id:
        await join(tx, stamp, visitor.id, account.customer_id, "signed")
