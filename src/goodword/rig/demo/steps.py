"""An episode taken apart into dated deeds, each of which somebody or something really does at that time."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from goodword.conversations.model import MOODS, Mood
from goodword.platform.clock import HOUR, MINUTE, SECOND
from goodword.rig.demo.episodes import Episode, rest

Deed = Literal[
    "order", "write", "understand", "answer", "deliver", "seen", "note", "hand_over", "queue", "assign", "read", "tag",
    "snooze", "wake", "close", "rate", "call", "later", "ask_aside", "answer_aside",
]  # fmt: skip

LONG: Final = 5 * HOUR
"""An agent who has nothing to say for so long puts the conversation off."""

# What happens beside running conversations, by their number: how many minutes after the last word.
BESIDE: Final[dict[int, tuple[tuple[Deed, int], ...]]] = {
    1: (("call", 12),),
    10: (("later", 6),),
    18: (("ask_aside", 8), ("answer_aside", 23)),
}
RATED_OF: Final = 3


@dataclass(frozen=True, slots=True)
class Step:
    """``turn`` is what is said or read; ``until`` belongs to ``snooze`` and ``later``."""

    at: int
    deed: Deed
    episode: Episode
    turn: int = 0
    until: int = 0


def steps_of(random: Random, episode: Episode) -> Iterator[Step]:
    """In order of time."""
    if not episode.person.stranger:
        yield Step(episode.purchase.placed_at, "order", episode)
    attended = False
    for turn, (said, at) in enumerate(zip(episode.turns, episode.times, strict=True)):
        if said.who in ("agent", "note"):
            yield from _before_a_person(random, episode, turn, attended)
            attended = True
        yield from _said(random, episode, turn, at)
        if said.who == "agent" and not any(one.who == "agent" for one in episode.turns[:turn]):
            yield Step(at + 300, "tag", episode)
    yield from _ended(random, episode)
    for deed, minutes in BESIDE.get(episode.number, ()):
        at = episode.times[-1] + minutes * MINUTE
        yield Step(at, deed, episode, until=at + 24 * HOUR)


def mood_at(episode: Episode, turn: int) -> Mood:
    """Whoever is helped grows calmer with each answer a person gives him."""
    helped = sum(one.who == "agent" for one in episode.turns[:turn])
    return MOODS[max(0, MOODS.index(episode.script.mood) - helped)]


def _said(random: Random, episode: Episode, turn: int, at: int) -> Iterator[Step]:
    who = episode.turns[turn].who
    if who == "customer":
        if turn:
            yield Step(at - 250, "seen", episode)
        yield Step(at, "write", episode, turn)
        yield Step(at + random.randrange(40, 160), "understand", episode, turn)
    elif who == "note":
        yield Step(at, "note", episode, turn)
    else:
        yield Step(at, "answer", episode, turn)
        yield Step(at + random.randrange(60, 280), "deliver", episode, turn)


def _before_a_person(random: Random, episode: Episode, turn: int, attended: bool) -> Iterator[Step]:
    before, at = episode.times[turn - 1], episode.times[turn]
    if attended:
        if at - before > LONG:
            yield Step(before + MINUTE // 2, "read", episode, turn - 1)
            yield Step(before + MINUTE, "snooze", episode, until=at - MINUTE)
            yield Step(at - MINUTE, "wake", episode)
        elif episode.turns[turn - 1].who == "customer":
            yield Step(before + (at - before) // 3, "read", episode, turn - 1)
        return
    yield from _asked_for(episode, before)
    yield Step(before + round((at - before) * random.uniform(0.3, 0.6)), "assign", episode)
    yield Step(before + round((at - before) * random.uniform(0.65, 0.75)), "read", episode, turn - 1)


def _asked_for(episode: Episode, at: int) -> Iterator[Step]:
    """The way from the assistant to the staff takes a second."""
    yield Step(at + 500, "hand_over", episode)
    yield Step(at + SECOND, "queue", episode)


def _ended(random: Random, episode: Episode) -> Iterator[Step]:
    last = episode.times[-1]
    match episode.ending:
        case "closed" if episode.by_people:
            yield Step(last + SECOND, "read", episode, len(episode.turns) - 1)
            closed = last + rest(random)
            yield Step(closed, "close", episode)
            if episode.number % RATED_OF == 0:
                yield Step(closed + (3 + episode.number % 20) * MINUTE, "rate", episode)
        case "closed":
            yield Step(last + 20 * MINUTE, "tag", episode)
            yield Step(last + 20 * MINUTE, "close", episode)
        case "snoozed":
            yield Step(last + MINUTE, "snooze", episode, until=episode.until or 0)
        case "queue":
            yield from _asked_for(episode, last)
