"""Who is the right one to take a conversation: rules over what is known of the agents who are there."""

from collections.abc import Sequence
from statistics import median

import msgspec

FEWEST_WAITS = 3


class Seat(msgspec.Struct, frozen=True):
    """An agent who is there.

    What he speaks, how many conversations he has and may have, when he was last given one (ms, 0: never).
    """

    id: str
    languages: tuple[str, ...]
    load: int
    max_load: int
    last_given_at: int = 0

    @property
    def is_free(self) -> bool:
        return self.load < self.max_load


class Waiting(msgspec.Struct, frozen=True):
    """A conversation that waits for a person; ``previous`` is who had it last."""

    id: str
    language: str | None
    previous: str | None = None


class Wait(msgspec.Struct, frozen=True):
    """One that is over: how long it took (ms), and the place in the queue that it began at; None: nobody was there."""

    ms: int
    position: int | None


class Desk(msgspec.Struct, frozen=True):
    """Everyone who is there now."""

    seats: tuple[Seat, ...]

    def given(self, agent_id: str, at: int) -> "Desk":
        """The same desk after ``agent_id`` was given one more."""
        return Desk(tuple(_busier(seat, at) if seat.id == agent_id else seat for seat in self.seats))


def _busier(seat: Seat, at: int) -> Seat:
    return msgspec.structs.replace(seat, load=seat.load + 1, last_given_at=at)


def can_serve(language: str | None, desk: Desk) -> tuple[Seat, ...]:
    """Who could take a conversation in ``language``, be it now or when he gets free.

    Those who speak it; where none of them is there, those who speak its sister (zh-Hans for zh-Hant); else everyone,
    because an answer in another language is better than none.
    """
    kin = tuple(seat for seat in desk.seats if any(_primary(spoken) == _primary(language) for spoken in seat.languages))
    speakers = tuple(seat for seat in kin if language in seat.languages)
    return speakers or kin or desk.seats


def _primary(language: str | None) -> str:
    return (language or "").split("-")[0]


def choose(waiting: Waiting, desk: Desk) -> Seat | None:
    """Who takes it now.

    The one who had it before, else the one with the least to do who has waited longest; None: all are full.
    """
    free = [seat for seat in can_serve(waiting.language, desk) if seat.is_free]
    known = [seat for seat in free if seat.id == waiting.previous]
    return min(known or free, key=lambda seat: (seat.load, seat.last_given_at, seat.id), default=None)


def handed_out(queue: Sequence[Waiting], desk: Desk, at: int) -> list[tuple[Waiting, Seat]]:
    """Who gets which of ``queue`` (longest wait first).

    One whom nobody free can serve holds up only those he competes with.
    """
    given: list[tuple[Waiting, Seat]] = []
    for waiting in queue:
        seat = choose(waiting, desk)
        if seat is not None:
            given.append((waiting, seat))
            desk = desk.given(seat.id, at)
    return given


def position_in(queue: Sequence[Waiting], id: str, desk: Desk) -> int:
    """His place, from 1, among those who wait for the same agents; the others don’t hold him up.

    ``LookupError``: he isn’t in it.
    """
    ahead: list[Waiting] = []
    mine: Waiting | None = None
    for waiting in queue:
        if waiting.id == id:
            mine = waiting
            break
        ahead.append(waiting)
    if mine is None:
        raise LookupError(id)
    servers = {seat.id for seat in can_serve(mine.language, desk)}
    return 1 + sum(bool(servers & {seat.id for seat in can_serve(other.language, desk)}) for other in ahead)


def estimate_seconds(waits: Sequence[Wait], position: int) -> int | None:
    """How long somebody at ``position`` will wait, by what each place in the queue took lately.

    None while too little is known.
    """
    per_place = [wait.ms / wait.position for wait in waits if wait.position]
    if len(per_place) < FEWEST_WAITS:
        return None
    return round(median(per_place) * position / 1_000)


def expected_answer_seconds(waits: Sequence[Wait]) -> int | None:
    """How long those waited for whom nobody was there."""
    alone = [wait.ms for wait in waits if wait.position is None]
    return round(median(alone) / 1_000) if len(alone) >= FEWEST_WAITS else None
