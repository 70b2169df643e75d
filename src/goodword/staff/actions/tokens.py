"""Keys for other programs."""

from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append
from goodword.staff import keys
from goodword.staff.events import TokenCreated, TokenRevoked
from goodword.staff.model import Named, Token, check_scopes
from goodword.staff.profile import checked_name


async def create_token(
    tx: Tx, stamp: Stamp, *, name: str, scopes: tuple[str, ...], expires_at: int | None = None
) -> tuple[Token, str]:
    """The token and its secret, which is shown this once. ``Forbidden``: more than the giver may do himself.

    It opens until ``expires_at`` (None: until it is revoked), and no more than the giver may at that time.
    """
    stamp.need("tokens.manage")
    allowed = check_scopes(scopes, stamp.rights)
    if expires_at is not None and expires_at <= stamp.at:
        raise BadInput("until_past", fields={"expires_at": "until_past"})
    secret = ids.secret("gw")
    token = Token(
        id=ids.new("tok", stamp.at),
        name=checked_name(name),
        scopes=allowed,
        created_by=stamp.actor.id or "",
        created_at=stamp.at,
        expires_at=expires_at,
    )
    await keys.issue_token(tx, token, ids.fingerprint(secret))
    fact = TokenCreated(token=Named(token.id, token.name), scopes=allowed, expires_at=expires_at)
    await append(tx, token.id, fact, stamp)
    return token, secret


async def revoke_token(tx: Tx, stamp: Stamp, token_id: str) -> None:
    """From now on it opens nothing."""
    stamp.need("tokens.manage")
    token = await keys.get_token(tx, token_id)
    await keys.drop_token(tx, token_id)
    await append(tx, token_id, TokenRevoked(token=Named(token.id, token.name)), stamp)
