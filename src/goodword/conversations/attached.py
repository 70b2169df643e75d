"""Files that messages came with, and lose when nobody's message has them any more."""

import msgspec

from goodword.conversations.actions.remove_message import DROP_FILES
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.files import FileStore, find, forget
from goodword.platform.jobs import Handler, Run

__all__ = ["DROP_FILES", "drop_files", "forget_unused"]

OURS = "fil_"
# No message can have it that is older than it.
SAID = """
SELECT 1 FROM messages m JOIN events e ON e.seq = m.seq
WHERE m.at >= :since AND m.files > 0 AND e.data LIKE :named LIMIT 1
"""
WAITING = "SELECT 1 FROM scheduled_replies WHERE state = 'waiting' AND attachments LIKE :named LIMIT 1"


def drop_files(files: FileStore) -> Handler:
    """Of a message that was removed: those that no other has. Safe to run twice."""

    async def handle(run: Run) -> None:
        ids = [id for id in run.job.payload["ids"] if id.startswith(OURS)]
        for id in await run.database.write(forget_unused, ids):
            await files.drop(id)
        await run.finish(_nothing)

    return handle


async def forget_unused(tx: Tx, ids: list[str]) -> list[str]:
    """Those of them that are no file any more; their bytes may go."""
    unused = [id for id in ids if not await _is_used(tx, id)]
    for id in unused:
        await forget(tx, id)
    return unused


async def _is_used(tx: Tx, id: str) -> bool:
    try:
        since = (await find(tx, id)).created_at
    except NotFound:
        return False
    named = f"%{msgspec.json.encode(id).decode()}%"
    return (await tx.value(SAID, since=since, named=named) or await tx.value(WAITING, named=named)) is not None


async def _nothing(tx: Tx) -> None:
    """Only the job ends."""
