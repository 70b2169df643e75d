"""Who is the right one to take a conversation: rules over what is known of the agents who are there."""

from collections.abc import Sequence

import msgspec

from goodword.platform.clock import MINUTE
from goodword.staff.model import Strategy


class Seat(msgspec.Struct, frozen=True):
    """An agent who is there and whose shift it is.

    What he speaks, knows and belongs to; how many conversations he has and may have, in all and by kind of channel;
    where in the log he was last given one (0: never). ``heated``: angry customers he has had in hand lately.
    """

    id: str
    languages: tuple[str, ...]
    load: int
    max_load: int
    last_given: int = 0
    skills: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    loads: dict[str, int] = msgspec.field(default_factory=dict)
    max_loads: dict[str, int] = msgspec.field(default_factory=dict)
    heated: int = 0

    def has_room(self, kind: str = "") -> bool:
        most = self.max_loads.get(kind)
        return self.load < self.max_load and (most is None or self.loads.get(kind, 0) < most)

    def has_too_much(self, kind: str = "") -> bool:
        most = self.max_loads.get(kind)
        return self.load > self.max_load or (most is not None and self.loads.get(kind, 0) > most)


class Waiting(msgspec.Struct, frozen=True):
    """A conversation that waits for a person, since when (ms), and what it takes to answer it.

    ``previous`` is the customer's last agent. ``musts``: skills without which nobody may have it. ``rank``: who has the
    lowest comes first. ``told``: the place that the customer was told. ``owner``: whose it still is, though he is gone.
    ``heated``: its customer is angry.
    """

    id: str
    language: str | None
    previous: str | None = None
    team: str | None = None
    kind: str = ""
    skills: tuple[str, ...] = ()
    musts: frozenset[str] = frozenset()
    since: int = 0
    rank: int = 0
    told: int | None = None
    owner: str | None = None
    heated: bool = False


class TeamRule(msgspec.Struct, frozen=True):
    """See ``staff.Team``."""

    strategy: Strategy = "least_loaded"
    overflow_minutes: int | None = None
    overflow_to: str | None = None
    any_language: bool = True


class Desk(msgspec.Struct, frozen=True):
    """Everyone who is there now, and the rules that hold here."""

    seats: tuple[Seat, ...]
    teams: dict[str, TeamRule] = msgspec.field(default_factory=dict)
    strategy: Strategy = "least_loaded"
    any_language: bool = True
    skill_minutes: int = 5
    last_agent_minutes: int = 0

    def given(self, agent_id: str, kind: str = "", heated: bool = False) -> "Desk":
        """The same desk after ``agent_id`` was given one more."""
        turn = 1 + max((seat.last_given for seat in self.seats), default=0)
        seats = tuple(_busier(seat, kind, turn, heated) if seat.id == agent_id else seat for seat in self.seats)
        return msgspec.structs.replace(self, seats=seats)


def _busier(seat: Seat, kind: str, turn: int, heated: bool) -> Seat:
    loads = {**seat.loads, kind: seat.loads.get(kind, 0) + 1}
    return msgspec.structs.replace(seat, load=seat.load + 1, last_given=turn, loads=loads, heated=seat.heated + heated)


def can_serve(waiting: Waiting, desk: Desk, at: int) -> tuple[Seat, ...]:
    """Who could take it, be it now or when he gets free.

    Members of its team; when it may overflow, others too. Of these only those who have what it takes without fail.
    Of these those who speak its language; where none is there those who speak its sister (zh-Hans for zh-Hant); else
    everyone, where an answer in another language is better than none. And for a while, of these, those with its skills.
    """
    able = tuple(seat for seat in _belonging(waiting, desk, at) if waiting.musts <= seat.skills)
    speakers = _speaking(waiting, able, desk)
    skilled = tuple(seat for seat in speakers if set(waiting.skills) <= seat.skills)
    waits_for_skill = at - waiting.since < desk.skill_minutes * MINUTE
    return skilled if skilled and waits_for_skill else speakers


def _belonging(waiting: Waiting, desk: Desk, at: int) -> tuple[Seat, ...]:
    team = desk.teams.get(waiting.team or "")
    if waiting.team is None or team is None:
        return desk.seats
    members = tuple(seat for seat in desk.seats if waiting.team in seat.teams)
    if team.overflow_minutes is None:
        return members
    waited_enough = at - waiting.since >= team.overflow_minutes * MINUTE
    if members and (not waited_enough or any(seat.has_room(waiting.kind) for seat in members)):
        return members
    other = team.overflow_to
    return tuple(seat for seat in desk.seats if other is None or other in seat.teams or waiting.team in seat.teams)


def _speaking(waiting: Waiting, able: tuple[Seat, ...], desk: Desk) -> tuple[Seat, ...]:
    language = waiting.language
    kin = tuple(seat for seat in able if any(_primary(spoken) == _primary(language) for spoken in seat.languages))
    speakers = tuple(seat for seat in kin if language in seat.languages)
    team = desk.teams.get(waiting.team or "")
    anybody = language is None or (team.any_language if team else desk.any_language)
    return speakers or kin or (able if anybody else ())


def _primary(language: str | None) -> str:
    return (language or "").split("-")[0]


def choose(waiting: Waiting, desk: Desk, at: int) -> Seat | None:
    """Who takes it now.

    The one who had it before, who may be waited for a little; else whoever's turn it is: the one with the least to do
    who has waited longest, or in a round the one who has waited longest. What is heated goes to whoever has had the
    least of that. None: all are full.
    """
    able = can_serve(waiting, desk, at)
    known = next((seat for seat in able if seat.id == waiting.previous), None)
    if known and known.has_room(waiting.kind):
        return known
    if known and at - waiting.since < desk.last_agent_minutes * MINUTE:
        return None
    free = [seat for seat in able if seat.has_room(waiting.kind)]
    team = desk.teams.get(waiting.team or "")
    in_turn = (team.strategy if team else desk.strategy) == "round_robin"

    def turn(seat: Seat) -> tuple[int, int, int, str]:
        return seat.heated if waiting.heated else 0, 0 if in_turn else seat.load, seat.last_given, seat.id

    return min(free, key=turn, default=None)


def handed_out(queue: Sequence[Waiting], desk: Desk, at: int) -> list[tuple[Waiting, Seat]]:
    """Who gets which of ``queue`` (lowest rank first).

    One whom nobody free can serve holds up only those he competes with.
    """
    given: list[tuple[Waiting, Seat]] = []
    for waiting in queue:
        seat = choose(waiting, desk, at)
        if seat is not None:
            given.append((waiting, seat))
            desk = desk.given(seat.id, waiting.kind, waiting.heated)
    return given


def competing(queue: Sequence[Waiting], waiting: Waiting, desk: Desk, at: int) -> list[Waiting]:
    """Those of ``queue`` who wait for the same agents; the others don’t hold him up."""
    servers = {seat.id for seat in can_serve(waiting, desk, at)}
    return [other for other in queue if servers & {seat.id for seat in can_serve(other, desk, at)}]


def position_in(queue: Sequence[Waiting], id: str, desk: Desk, at: int) -> int:
    """His place, from 1, among those who wait for the same agents. ``LookupError``: he isn’t in it."""
    for place, waiting in enumerate(queue):
        if waiting.id == id:
            return 1 + len(competing(queue[:place], waiting, desk, at))
    raise LookupError(id)


def rank_at_arrival(since: int, head_start: int, rivals: Sequence[Waiting]) -> int:
    """Where in the queue he comes who arrives at ``since``: fixed then, so that nobody waits for ever.

    A head start brings him before those who came a little earlier, but never before one who was told that he is next,
    and not before anybody who came at the same moment.
    """
    taken = {rival.rank for rival in rivals}
    rank = max([since - head_start, *(rival.rank + 1 for rival in rivals if rival.told == 1)])
    while rank in taken:
        rank += 1
    return rank
