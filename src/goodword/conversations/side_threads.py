"""What colleagues talk about among themselves beside a conversation."""

from collections.abc import Sequence

import msgspec

from goodword.conversations.model import Ref
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, NotFound

LONGEST_TITLE = 120
KEEP = """
INSERT INTO side_threads (id, conversation_id, title, members, at) VALUES (:id, :conversation_id, :title, :members, :at)
ON CONFLICT (id) DO NOTHING
"""


class SideThread(msgspec.Struct, frozen=True):
    id: str
    conversation_id: str
    title: str
    members: tuple[Ref, ...]
    closed: bool = False


def checked_title(title: str) -> str:
    """One line. ``BadInput``: empty or too long."""
    title = " ".join(title.split())
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise BadInput("title", limit=LONGEST_TITLE)
    return title


async def keep(tx: Tx, thread: SideThread, at: int) -> bool:
    """False when it was there already."""
    members = msgspec.json.encode(thread.members).decode()
    values = {"id": thread.id, "conversation_id": thread.conversation_id, "title": thread.title}
    return bool(await tx.run(KEEP, **values, members=members, at=at))


async def get(tx: Tx, id: str, streams: Sequence[str]) -> SideThread:
    """``NotFound``: there is none, or not beside any of these conversations."""
    row = await tx.row("SELECT * FROM side_threads WHERE id = :id", id=id)
    if row is None or row["conversation_id"] not in streams:
        raise NotFound("side_thread")
    members = msgspec.json.decode(row["members"], type=tuple[Ref, ...])
    return SideThread(row["id"], row["conversation_id"], row["title"], members, bool(row["closed"]))


async def set_closed(tx: Tx, id: str, closed: bool) -> None:
    await tx.run("UPDATE side_threads SET closed = :closed WHERE id = :id", id=id, closed=closed)
