"""What happened at Fennel & Oak, before a row is written: who wrote when about what, who answered, how it ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from goodword.platform.clock import DAY, HOUR, MINUTE
from goodword.platform.i18n import LANGUAGES
from goodword.rig.cast import ADA, JUN, LI_NA, NOOR, THEO, CastAgent
from goodword.rig.demo.dates import about, first_day, moment, morning_after, pause
from goodword.rig.demo.material import Script, Turn, scripts
from goodword.rig.demo.orders import Purchase, purchase
from goodword.rig.demo.people import Person, cast_of, others, stranger

Ending = Literal["closed", "unread", "answered", "snoozed", "assistant", "queue"]

SHARE: Final = {"en": 34, "fr": 24, "ko": 16, "zh-Hans": 14, "zh-Hant": 12}
SPEAKERS: Final[dict[str, tuple[CastAgent, ...]]] = {
    "en": (ADA, NOOR, THEO, ADA, NOOR, JUN, LI_NA),
    "fr": (THEO, THEO, NOOR, ADA),
    "ko": (JUN,),
    "zh-Hans": (LI_NA,),
    "zh-Hant": (LI_NA,),
}
# Of those to whom nobody says his name, so many never say it either.
STRANGERS: Final = 0.55
RETURNING: Final = 0.5
AT_LEAST_AGO: Final = 45 * MINUTE

# What is on everyone's desk just now: in which language, how it stands, how many minutes ago something last happened.
_RUNNING: Final[tuple[tuple[CastAgent | None, str, Ending, int], ...]] = (
    (ADA, "en", "unread", 6), (ADA, "en", "answered", 47), (ADA, "fr", "unread", 118),
    (ADA, "en", "snoozed", 1_460), (NOOR, "en", "unread", 11), (NOOR, "fr", "answered", 95),
    (NOOR, "en", "answered", 1_530), (NOOR, "fr", "snoozed", 2_890), (THEO, "fr", "unread", 4),
    (THEO, "fr", "unread", 33), (THEO, "fr", "answered", 160), (THEO, "en", "snoozed", 1_250),
    (JUN, "ko", "unread", 8), (JUN, "ko", "unread", 72), (JUN, "ko", "answered", 205), (JUN, "ko", "snoozed", 1_700),
    (LI_NA, "zh-Hans", "unread", 5), (LI_NA, "zh-Hant", "unread", 27), (LI_NA, "zh-Hant", "answered", 64),
    (LI_NA, "zh-Hans", "answered", 310), (LI_NA, "zh-Hant", "snoozed", 2_100),
    (None, "en", "assistant", 3), (None, "fr", "assistant", 14), (None, "ko", "assistant", 22),
    (None, "zh-Hans", "assistant", 9), (None, "zh-Hant", "assistant", 38), (None, "en", "assistant", 56),
    (None, "en", "queue", 7), (None, "fr", "queue", 3), (None, "ko", "queue", 4), (None, "zh-Hant", "queue", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Episode:
    """One conversation: the ``turns`` of its script that were played, and when each was (ms since 1970 UTC)."""

    number: int
    script: Script
    turns: tuple[Turn, ...]
    times: tuple[int, ...]
    person: Person
    purchase: Purchase
    agent: CastAgent
    ending: Ending
    until: int | None = None

    @property
    def language(self) -> str:
        return self.person.language

    @property
    def starts_with_assistant(self) -> bool:
        return len(self.script.turns) > 1 and self.script.turns[1].who == "assistant"

    @property
    def by_people(self) -> bool:
        """Whether anybody of the staff had a part in it."""
        return any(turn.who in ("agent", "note") for turn in self.turns)


def episodes(random: Random, now: int, count: int) -> list[Episode]:
    """``count`` conversations of the last five weeks, 31 of them not closed; in no particular order."""
    people = {language: _crowd(random, language) for language in LANGUAGES}
    running: list[Episode] = []
    for number in range(len(_RUNNING)):
        running.append(_running(random, now, number, people, {episode.script for episode in running}))
    past = [
        _past(random, now, number, language, people)
        for number, language in enumerate(_languages(count - len(running)), len(running))
    ]
    return running + past


def _languages(count: int) -> Iterator[str]:
    """Each language as often as its share asks, in turns."""
    due = dict.fromkeys(SHARE, 0.0)
    for _ in range(count):
        for language, share in SHARE.items():
            due[language] += share
        chosen = max(due, key=lambda language: due[language])
        due[chosen] -= sum(SHARE.values())
        yield chosen


class _Crowd:
    """Who may write next. Whoever writes through the chat does so once: a second time he would go on where he was."""

    def __init__(self, new: Iterator[Person], cast: list[Person]) -> None:
        self._new = new
        self._now = list(cast)
        self._before = list(cast)
        self.known: list[Person] = list(cast)

    def writes_now(self) -> Person:
        return self._now.pop() if self._now else self.anybody()

    def wrote_long_ago(self) -> Person | None:
        return self._before.pop() if self._before else None

    def anybody(self) -> Person:
        person = next(self._new)
        self.known.append(person)
        return person


def _crowd(random: Random, language: str) -> _Crowd:
    return _Crowd(others(language, random), cast_of(language))


def _running(random: Random, now: int, number: int, people: dict[str, _Crowd], told: set[Script]) -> Episode:
    agent, language, ending, minutes = _RUNNING[number]
    fitting = {script: turns for script in scripts()[language] if (turns := _until(script, ending))}
    script = random.choice([script for script in fitting if script not in told])
    turns = fitting[script]
    last = now - minutes * MINUTE - random.randrange(MINUTE)
    times = _times(random, turns, 0)
    times = tuple(at + last - times[-1] for at in times)
    return Episode(
        number=number,
        script=script,
        turns=turns,
        times=times,
        person=people[language].writes_now(),
        purchase=purchase(random, number, script, times[0], now),
        agent=agent or random.choice(SPEAKERS[language]),
        ending=ending,
        until=morning_after(now, random.choice((1, 1, 2, 3)), language) if ending == "snoozed" else None,
    )


def _past(random: Random, now: int, number: int, language: str, people: dict[str, _Crowd]) -> Episode:
    long_ago = people[language].wrote_long_ago()
    latest = now - 18 * DAY if long_ago else now - AT_LEAST_AGO
    room = latest - first_day(now)
    script = random.choice([script for script in scripts()[language] if _fits(script, room, long_ago)])
    person = long_ago or _somebody(random, script, number, people[language], language)
    longest = round(script.seconds * 1_300)
    start = moment(random, language, first_day(now), latest - longest)
    return Episode(
        number=number,
        script=script,
        turns=script.turns,
        times=_times(random, script.turns, start),
        person=person,
        purchase=purchase(random, number, script, start, now),
        agent=random.choice(SPEAKERS[language]),
        ending="closed",
    )


def _fits(script: Script, room: int, long_ago: Person | None) -> bool:
    """Only what came to an end; and of what a customer of the cast asked long ago, only what he asked in the chat."""
    return script.closed and script.seconds * 1_300 < room and (long_ago is None or script.channel == "webchat")


def _somebody(random: Random, script: Script, number: int, crowd: _Crowd, language: str) -> Person:
    if script.channel == "webchat" and not script.names_the_customer and random.random() < STRANGERS:
        return stranger(number, language)
    if script.channel == "api" and random.random() < RETURNING:
        return random.choice(crowd.known)
    return crowd.anybody()


def _until(script: Script, ending: Ending) -> tuple[Turn, ...]:
    """As much of a script as makes it end so; nothing where it can't, or where nobody would care."""
    if script.channel != "webchat" or script.seconds > 6 * HOUR // 1_000 or script.topic == "praise":
        return ()
    if ending in ("unread", "queue") and script.mood == "calm":
        return ()
    turns, people = script.turns, _first_person(script.turns)
    attended = people < len(turns)
    match ending:
        case "assistant":
            return _left_with_assistant(script, people)
        case "queue":
            return turns[:people] if people > 1 and (attended or not script.closed) else ()
        case "unread":
            return turns[: _next(turns, "customer", people) + 1]
        case _:
            return _cut(turns, "agent") if attended else ()


def _left_with_assistant(script: Script, people: int) -> tuple[Turn, ...]:
    """Not with its promise to fetch somebody: the last thing it says before a person comes may be that."""
    if people == len(script.turns):
        return _cut(script.turns, "assistant") if script.closed else ()
    answers = [place for place, turn in enumerate(script.turns[:people]) if turn.who == "assistant"]
    return script.turns[: answers[0] + 1] if len(answers) > 1 else ()


def _first_person(turns: tuple[Turn, ...]) -> int:
    """The place of the first turn that is a person's; the number of turns where none is."""
    return next((place for place, turn in enumerate(turns) if turn.who in ("agent", "note")), len(turns))


def _next(turns: tuple[Turn, ...], who: str, after: int) -> int:
    """The place of the next turn of ``who``; -1 where there is none."""
    return next((place for place, turn in enumerate(turns) if place > after and turn.who == who), -1)


def _cut(turns: tuple[Turn, ...], who: str) -> tuple[Turn, ...]:
    """Up to the last turn of ``who``."""
    last = max((place for place, turn in enumerate(turns) if turn.who == who), default=-1)
    return turns[: last + 1]


def _times(random: Random, turns: tuple[Turn, ...], start: int) -> tuple[int, ...]:
    times = [start]
    for turn in turns[1:]:
        times.append(times[-1] + about(random, turn.after_seconds))
    return tuple(times)


def rest(random: Random) -> int:
    """How long an agent leaves a conversation that is done before he closes it."""
    return pause(random, 2, 9)
