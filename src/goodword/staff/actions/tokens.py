"""Keys for other programs."""

from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append
from goodword.staff import keys
from goodword.staff.events import TokenCreated, TokenRevoked
from goodword.staff.model import Named, Token, check_scopes
from goodword.staff.profile import checked_name


async def create_token(tx: Tx, stamp: Stamp, *, name: str, scopes: tuple[str, ...]) -> tuple[Token, str]:
    """The token and its secret, which is shown this once. ``Forbidden``: more than the giver may do himself."""
    stamp.need("tokens.manage")
    allowed = check_scopes(scopes, stamp.rights)
    secret = ids.secret("gw")
    token = Token(ids.new("tok", stamp.at), checked_name(name), allowed, stamp.actor.id or "", stamp.at)
    await keys.issue_token(tx, token, ids.fingerprint(secret))
    await append(tx, token.id, TokenCreated(token=Named(token.id, token.name), scopes=allowed), stamp)
    return token, secret


async def revoke_token(tx: Tx, stamp: Stamp, token_id: str) -> None:
    """From now on it opens nothing."""
    stamp.need("tokens.manage")
    token = await keys.get_token(tx, token_id)
    await keys.drop_token(tx, token_id)
    await append(tx, token_id, TokenRevoked(token=Named(token.id, token.name)), stamp)
