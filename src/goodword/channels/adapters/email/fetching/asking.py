"""Asks a server for mails so that one which can't be had never stands in the way of those behind it.

A server may say no to one mail, or break the line over it, again and again. What it refuses in company is asked for
alone; over which the line has broken twice, that one is left behind.
"""

from collections import Counter
from collections.abc import Coroutine
from typing import Any, Final

from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble
from goodword.channels.adapters.email.fetching.session import Refused, Session, Sight

SIGHTS_AT_ONCE: Final = 500
MOST_BREAKS: Final = 2
BREAKS = "the line breaks over it"
NOTHING = "nothing came"


class Asking:
    """Of one folder, over any number of sessions: it remembers where lines broke."""

    def __init__(self) -> None:
        self.alone: frozenset[int] = frozenset()
        self.at_once = SIGHTS_AT_ONCE
        self._breaks: Counter[int] = Counter()

    def forget(self, uid: int) -> None:
        """That a line broke over this one: it is given another try."""
        self._breaks.pop(uid, None)

    async def sights(self, session: Session, uids: list[int]) -> list[Sight]:
        """One for each; nothing is known of those that the server won't speak of."""
        if self._is_hopeless(uids):
            return [Sight(uids[0], 0, None)]
        try:
            found = await session.sights(uids)
        except Refused:
            if len(uids) == 1:
                return [Sight(uids[0], 0, None)]
            half = len(uids) // 2
            return await self.sights(session, uids[:half]) + await self.sights(session, uids[half:])
        except MailboxTrouble:
            self.at_once = max(len(uids) // 8, 1)
            self._note_break(uids)
            raise
        self.at_once = min(self.at_once * 2, SIGHTS_AT_ONCE)
        return found

    async def raws(self, session: Session, uids: list[int]) -> tuple[dict[int, bytes], dict[int, str]]:
        """The bytes, and why there are none of others. One that was removed meanwhile is in neither."""
        if self._is_hopeless(uids):
            return {}, {uids[0]: BREAKS}
        try:
            raws = await session.raws(uids)
        except Refused as no:
            return await self._one_by_one(session, uids) if len(uids) > 1 else ({}, {uids[0]: str(no)})
        except MailboxTrouble:
            self._note_break(uids)
            raise
        return raws, await self._missing(session, [uid for uid in uids if uid not in raws])

    async def large(self, session: Session, uid: int) -> tuple[bytes | None, dict[int, str]]:
        """As ``raws``, of a mail that comes in pieces. None: it is too large."""
        return await self._alone(session, uid, session.large(uid))

    async def head(self, session: Session, uid: int) -> tuple[bytes | None, dict[int, str]]:
        """As ``raws``, of a mail's headers."""
        return await self._alone(session, uid, session.head(uid))

    async def _alone(
        self, session: Session, uid: int, asked: Coroutine[Any, Any, bytes | None]
    ) -> tuple[bytes | None, dict[int, str]]:
        if self._is_hopeless([uid]):
            asked.close()
            return b"", {uid: BREAKS}
        try:
            raw = await asked
        except Refused as no:
            return b"", {uid: str(no)}
        except MailboxTrouble:
            self._note_break([uid])
            raise
        return raw, await self._missing(session, [uid]) if raw == b"" else {}

    async def _one_by_one(self, session: Session, uids: list[int]) -> tuple[dict[int, bytes], dict[int, str]]:
        raws: dict[int, bytes] = {}
        left: dict[int, str] = {}
        for uid in uids:
            one, none = await self.raws(session, [uid])
            raws |= one
            left |= none
        return raws, left

    async def _missing(self, session: Session, uids: list[int]) -> dict[int, str]:
        """Those that are still there although nothing came."""
        return {uid: NOTHING for uid in uids if await session.uids(uid, uid)}

    def _is_hopeless(self, uids: list[int]) -> bool:
        return len(uids) == 1 and self._breaks[uids[0]] >= MOST_BREAKS

    def _note_break(self, uids: list[int]) -> None:
        """Next time each goes by itself."""
        if len(uids) == 1:
            self._breaks[uids[0]] += 1
        self.alone |= frozenset(uids)
