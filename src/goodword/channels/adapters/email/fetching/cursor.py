"""Where to go on in a folder: pure rules over the server's own numbers."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from goodword.platform.clock import DAY, HOUR, MINUTE, SECOND

# Between our clock and the server's, when a mailbox is looked at for the first time.
CLOCKS_APART: Final = 10 * MINUTE
# Dates in a server that was moved or restored may be off by a zone.
DATES_APART: Final = DAY

MOST_AT_ONCE: Final = 50
LARGEST_BATCH: Final = 8_000_000
FIRST_WINDOW: Final = 50_000
FEW: Final = 1_000
LONGEST_PAUSE: Final = 5 * MINUTE
LONGEST_HOLE_PAUSE: Final = 6 * HOUR
# What only a person can mend is not asked for every second: some servers lock out who tries too often.
BY_HAND: Final = frozenset({"password", "oauth", "certificate", "name", "tls"})


class Cursor(msgspec.Struct, frozen=True):
    """How far a folder has been fetched.

    ``uidvalidity`` names the server's numbering, 0 before the first look; everything up to ``last_uid`` is done.
    ``since``: from when on its mail is ours, in milliseconds. Numbers below ``adopted`` were there when this numbering
    was met: of these only what the server got at ``floor`` or later counts. ``account``: whose folder on which server.
    """

    account: str
    since: int
    uidvalidity: int = 0
    last_uid: int = 0
    adopted: int = 0
    floor: int = 0
    caught_up_at: int | None = None


class Numbering(msgspec.Struct, frozen=True):
    """How the server numbers a folder now. ``uidnext`` is what it says that comes next, ``highest`` what is there.

    Only what is there is relied on to go on from: not every server is right about what comes next.
    """

    uidvalidity: int
    uidnext: int
    highest: int


class Stretch(msgspec.Struct, frozen=True):
    """Numbers to look at, both ends included. ``floor``: only those that the server got then or later."""

    first: int
    last: int
    floor: int | None = None


def begun(account: str, now: int, import_days: float) -> Cursor:
    """The place in a folder that nobody has looked at yet: from ``now`` on, or so many days before."""
    return Cursor(account, since=now - int(max(import_days, 0) * DAY))


def moved(cursor: Cursor, account: str) -> Cursor:
    """The mailbox lies elsewhere now: what may have come between the last look there and the first one here counts."""
    seen = cursor.since if cursor.caught_up_at is None else cursor.caught_up_at - DAY
    return Cursor(account, since=max(cursor.since, seen))


def is_renumbered(cursor: Cursor, server: Numbering) -> bool:
    """Whether the cursor's numbers say nothing any more.

    A server that has forgotten numbers it gave was restored from a backup, and may give them a second time.
    """
    return cursor.uidvalidity != server.uidvalidity or server.uidnext <= cursor.last_uid


def adopt(cursor: Cursor, server: Numbering) -> Cursor:
    """Begin anew in the server's numbering; what is fetched again is recognised by its bytes."""
    margin = DATES_APART if cursor.uidvalidity else CLOCKS_APART
    return msgspec.structs.replace(
        cursor,
        uidvalidity=server.uidvalidity,
        last_uid=0,
        adopted=server.highest + 1,
        floor=cursor.since - margin,
    )


def stretches(cursor: Cursor, server: Numbering) -> Iterator[Stretch]:
    """What to look at, in order: first what was there when the numbering was met, then everything since."""
    last = server.highest
    old, new = cursor.last_uid + 1, max(cursor.last_uid + 1, cursor.adopted)
    if old < cursor.adopted:
        yield Stretch(old, min(cursor.adopted - 1, last), cursor.floor)
    if new <= last:
        yield Stretch(new, last)


def window_after(size: int, found: int) -> int:
    """How many numbers to ask for at once: an answer must fit a line, and numbers may lie far apart."""
    return size * 8 if found < FEW else FIRST_WINDOW


def batches(sizes: Iterable[tuple[int, int]], alone: frozenset[int] = frozenset()) -> Iterator[list[int]]:
    """UIDs in order, as many at once as are well held in memory; those in ``alone``, and large ones, by themselves."""
    batch: list[int] = []
    weight = 0
    for uid, size in sizes:
        single = uid in alone or size > LARGEST_BATCH
        if batch and (single or len(batch) >= MOST_AT_ONCE or weight + size > LARGEST_BATCH):
            yield batch
            batch, weight = [], 0
        if single:
            yield [uid]
            continue
        batch.append(uid)
        weight += size
    if batch:
        yield batch


def pause_after(failures: int, reason: str, chance: float) -> float:
    """Seconds until the server is asked again: 1, 2, 4 … five minutes; ``chance`` in 0..1 keeps many from coming at
    once."""
    shortest = MINUTE if reason in BY_HAND else SECOND
    pause = min(shortest << min(max(failures - 1, 0), 20), LONGEST_PAUSE)
    return pause / SECOND * (0.75 + chance / 2)


def hole_pause(tries: int) -> int:
    """Milliseconds until a mail that the server wouldn't hand over is asked for again."""
    return min(MINUTE << min(max(tries - 1, 0), 20), LONGEST_HOLE_PAUSE)
