"""An event forgets what it said."""

import msgspec

from goodword.platform.audit import store
from goodword.platform.audit.events import STREAM, EventRedacted
from goodword.platform.audit.model import content_hash
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Fact, Stamp, append


async def redact(tx: Tx, stamp: Stamp, seq: int, said: Fact, *, actor_name: str = "", reason: str) -> None:
    """Let the event ``seq`` say ``said`` from now on, a fact of its own type without what must go.

    That it happened, when and by whose hand stays; ``actor_name`` is what its actor is called from now on. The hash of
    what it said stays too, so the chain fits, and a record of the redaction joins it. Whoever asks for the right to do
    so is the caller's business. ``NotFound``: there is no such event.
    """
    row = await tx.row("SELECT type, actor_name, data FROM events WHERE seq = :seq", seq=seq)
    if row is None:
        raise NotFound("event")
    assert type(said).__name__ == row["type"]
    left = msgspec.json.encode(said).decode()
    await store.take_out(tx, seq, content_hash(row["actor_name"], row["data"]), actor_name, left)
    await append(tx, STREAM, EventRedacted(seq=seq, type=row["type"], reason=reason), stamp)
