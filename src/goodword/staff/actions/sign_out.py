"""An agent signs out."""

from goodword.platform.db import Tx
from goodword.staff import keys
from goodword.staff.model import Caller


async def sign_out(tx: Tx, caller: Caller) -> None:
    """From now on his session opens nothing; his other ones stay."""
    if caller.session_hash:
        await keys.close_session(tx, caller.session_hash)
