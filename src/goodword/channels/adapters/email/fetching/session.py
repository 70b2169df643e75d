"""One mailbox, open: what a listener asks of a mail server, each with an end to its patience.

The protocol is spoken on a thread of its own; who stops waiting cuts the line, so no thread is left behind in it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, TypeVar

import msgspec
from imapclient import SEEN
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError, ProtocolError

from goodword.channels.adapters.email.fetching.connecting import (
    Client,
    MailboxTrouble,
    Way,
    cut,
    hang_up,
    sign_in,
    trouble,
)
from goodword.channels.adapters.email.fetching.cursor import Numbering
from goodword.platform.clock import DAY, SECOND

T = TypeVar("T")

PATIENCE: Final = 90.0
LONGEST_FETCH: Final = 300.0
GOODBYE: Final = 3.0
PIECE: Final = 2_000_000
LARGEST_MAIL: Final = 50_000_000
LARGEST_HEAD: Final = 200_000


class Refused(Exception):
    """The server said no to this one thing; the line goes on."""


class Sight(msgspec.Struct, frozen=True):
    """What is known of a mail before it is fetched. ``got_at``: when the server got it, in milliseconds."""

    uid: int
    size: int
    got_at: int | None


class Session:
    """See ``opened``. Whatever raises ``MailboxTrouble`` leaves a line that is of no use any more."""

    def __init__(self, client: Client, thread: ThreadPoolExecutor) -> None:
        self._client = client
        self.thread = thread
        self.can_wait: bool = client.has_capability("IDLE")

    async def folders(self) -> list[str]:
        """The names of those that hold mail."""
        return await self._ask(self._folders)

    async def look_at(self, folder: str, *, writing: bool = False) -> Numbering:
        """Turn to a folder. ``MailboxTrouble`` ("folder"): there is none of this name, or it isn't for us."""
        try:
            return await self._ask(self._look_at, folder, writing)
        except Refused as no:
            raise MissingFolder("folder", f"{folder}: {no}") from no

    async def uids(self, first: int, last: int, since: int | None = None) -> list[int]:
        """Those that are there, in order; ``since``: of that day or later, whatever the server's zone."""
        return await self._ask(self._uids, first, last, since)

    async def sights(self, uids: list[int]) -> list[Sight]:
        return await self._ask(self._sights, uids, patience=LONGEST_FETCH)

    async def raws(self, uids: list[int]) -> dict[int, bytes]:
        """The mails as they are, unread as they were; one that is gone meanwhile is missing. ``Refused``."""
        return await self._ask(self._raws, uids, patience=LONGEST_FETCH)

    async def large(self, uid: int) -> bytes | None:
        """As ``raws``, for one that is fetched piece by piece. None where it never ends."""
        whole = bytearray()
        while len(whole) <= LARGEST_MAIL:
            piece = await self._ask(self._piece, uid, len(whole), patience=LONGEST_FETCH)
            whole += piece
            if len(piece) < PIECE:
                return bytes(whole)
        return None

    async def head(self, uid: int) -> bytes:
        return await self._ask(self._head, uid)

    async def mark_seen(self, uids: list[int]) -> None:
        """``Refused``."""
        await self._ask(self._client.add_flags, uids, [SEEN], True)

    async def move(self, uids: list[int], folder: str) -> None:
        """Into a folder that is made where there is none. ``Refused``."""
        await self._ask(self._move, uids, folder)

    async def news(self, patience: float) -> bool:
        """Wait until something happens in the folder, or for ``patience`` seconds; where the server can't tell, so
        long."""
        if not self.can_wait:
            await asyncio.sleep(patience)
            return False
        return await self._ask(self._news, patience, patience=patience + PATIENCE)

    async def _ask(self, deed: Callable[..., T], *args: Any, patience: float = PATIENCE) -> T:
        try:
            async with asyncio.timeout(patience):
                return await self._on_the_line(partial(deed, *args))
        except IMAPClientReadOnlyError as error:
            raise Refused(str(error)) from error
        except (IMAPClientAbortError, ProtocolError, OSError) as error:
            raise trouble(error) from error
        except IMAPClientError as error:
            raise Refused(str(error)) from error

    async def _on_the_line(self, deed: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self.thread, deed)
        except asyncio.CancelledError:
            cut(self._client)
            raise

    def _folders(self) -> list[str]:
        found = self._client.list_folders()
        return [str(name) for flags, _, name in found if not {b"\\noselect", b"\\nonexistent"} & _lower(flags)]

    def _look_at(self, folder: str, writing: bool) -> Numbering:
        try:
            told = self._client.select_folder(folder, readonly=not writing)
        except IMAPClientReadOnlyError:
            told = self._client.select_folder(folder, readonly=True)
        highest = max(self._client.search(["UID", "*"]), default=0)
        uidnext = max(int(told.get(b"UIDNEXT") or 1), highest + 1)
        return Numbering(int(told.get(b"UIDVALIDITY") or 1), uidnext, highest)

    def _uids(self, first: int, last: int, since: int | None) -> list[int]:
        criteria: list[Any] = ["UID", f"{first}:{last}"]
        if since is not None:
            day = datetime.fromtimestamp(max(since - DAY, 0) / SECOND, UTC).date()
            criteria += ["SINCE", day]
        # A server may name the last one it has for a range beyond it.
        return sorted(uid for uid in set(self._client.search(criteria)) if first <= uid <= last)

    def _sights(self, uids: list[int]) -> list[Sight]:
        self._client.normalise_times = False
        told = self._client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        return [_sight(uid, told.get(uid, {})) for uid in uids]

    def _raws(self, uids: list[int]) -> dict[int, bytes]:
        told = self._client.fetch(uids, ["BODY.PEEK[]"])
        return {uid: said[b"BODY[]"] for uid, said in told.items() if said.get(b"BODY[]") is not None}

    def _piece(self, uid: int, start: int) -> bytes:
        told = self._client.fetch([uid], [f"BODY.PEEK[]<{start}.{PIECE}>"]).get(uid, {})
        return told.get(f"BODY[]<{start}>".encode()) or b""

    def _head(self, uid: int) -> bytes:
        told = self._client.fetch([uid], [f"BODY.PEEK[HEADER]<0.{LARGEST_HEAD}>"]).get(uid, {})
        return told.get(b"BODY[HEADER]<0>") or b""

    def _move(self, uids: list[int], folder: str) -> None:
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)
        if self._client.has_capability("MOVE"):
            self._client.move(uids, folder)
            return
        self._client.copy(uids, folder)
        self._client.delete_messages(uids, silent=True)
        # Without this the server would remove everything that anybody has marked.
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)

    def _news(self, patience: float) -> bool:
        if self._client.has_grown:
            return True
        self._client.idle()
        told = self._client.idle_check(0) or self._client.idle_check(patience)
        _, more = self._client.idle_done()
        return bool(told or more)


class MissingFolder(MailboxTrouble):
    """One folder is missing; the line, and the other folders, go on."""


@asynccontextmanager
async def opened(way: Way) -> AsyncIterator[Session]:
    """A session that ends with the block. ``MailboxTrouble``."""
    thread = ThreadPoolExecutor(1, "mailbox")
    connecting = thread.submit(sign_in, way)
    try:
        client = await asyncio.wrap_future(connecting)
    except BaseException:
        connecting.add_done_callback(_hang_up_late)
        thread.shutdown(wait=False)
        raise
    try:
        yield Session(client, thread)
        # Only a line on which all went well is worth a goodbye.
        with suppress(Exception):
            await asyncio.wait_for(asyncio.wrap_future(thread.submit(client.logout)), GOODBYE)
    finally:
        cut(client)
        thread.submit(hang_up, client)
        thread.shutdown(wait=False)


def _hang_up_late(connecting: Any) -> None:
    """Nobody waits any more for a connection that was under way."""
    with suppress(BaseException):
        hang_up(connecting.result())


def _sight(uid: int, said: dict[bytes, Any]) -> Sight:
    got = said.get(b"INTERNALDATE")
    return Sight(uid, int(said.get(b"RFC822.SIZE") or 0), int(got.timestamp() * SECOND) if got else None)


def _lower(flags: Iterable[bytes]) -> set[bytes]:
    return {bytes(flag).lower() for flag in flags}
