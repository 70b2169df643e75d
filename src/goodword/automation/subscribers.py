"""What automation does when it hears of something, and when a time has come."""

from collections.abc import Sequence

import msgspec

from goodword.automation import store
from goodword.automation.actions.apply_rule import Moment, Outcome, apply_rule
from goodword.automation.actions.carry_out import StepRefused
from goodword.automation.actions.leave_team import leave_team
from goodword.automation.events import Refusal
from goodword.automation.filling import Voice
from goodword.automation.loading import happenings_of, situation_of
from goodword.automation.matching import matches
from goodword.automation.model import Happening, Rule
from goodword.automation.situation import Situation, is_outside
from goodword.automation.timing import is_over, wind_up
from goodword.conversations import store as conversations
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Event, by_seq
from goodword.platform.jobs import Run
from goodword.staff.events import TeamForgotten

WINDS_UP = ("MessageUnderstood", "HandoverRequested", "ReplyQueued")


class Look(msgspec.Struct, frozen=True):
    """An event as the rules see it: what it is, and which of them wait for it."""

    event: Event
    happenings: tuple[tuple[Happening, str], ...]
    rules: tuple[Rule, ...]
    spam: bool


async def forget_the_team(run: Run) -> None:
    """On ``TeamForgotten``."""
    event = await run.database.read(by_seq, run.job.payload["seq"])
    assert event is not None
    fact = event.fact()
    assert isinstance(fact, TeamForgotten)
    await run.finish(leave_team, event.stamp(run.clock.now(), event.actor), fact.team.id)


class Automation:
    """``voice`` is how rules speak to customers."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    async def consider(self, run: Run) -> None:
        """On whatever a rule in force waits for: ask the rules one after another, each in a transaction of its own.

        Later rules see what earlier ones did.
        """
        look = await run.database.read(_look, run.job.payload["seq"])
        seen: dict[Happening, Situation] = {}
        for moment, rule in _pairs(look):
            if moment.happening not in seen:
                seen[moment.happening] = await self._see(run, moment)
            if matches(rule, seen[moment.happening]) is None:
                continue
            outcome = await self._apply(run, moment, rule)
            if outcome == "applied" and rule.stop:
                break
            seen.clear()
        await run.finish(_wind_up, look.event)

    async def time_has_come(self, run: Run) -> None:
        """The clock that ``timing`` has set."""
        now, payload = run.clock.now(), run.job.payload
        rule = await run.database.read(_rule_if_any, payload["rule_id"])
        event = await run.database.read(is_over, rule, payload, now) if rule else None
        if rule and event:
            key = ids.derived("evt", event.stream, rule.when.event, str(payload["since"]))
            moment = Moment(key, event, rule.when.event, "", now)
            if matches(rule, await self._see(run, moment)) is not None:
                await self._apply(run, moment, rule)

    async def _see(self, run: Run, moment: Moment) -> Situation:
        return await run.database.read(situation_of, moment.event, moment.happening, moment.about, moment.at)

    async def _apply(self, run: Run, moment: Moment, rule: Rule) -> Outcome:
        """In one transaction; where a step is refused, in another one without it."""
        refused: tuple[Refusal, ...] = ()
        while True:
            try:
                now = run.clock.now()
                return await run.database.write(apply_rule, moment, rule.id, self._voice, now, refused)
            except StepRefused as no:
                refused = (*refused, no.refusal)


def _pairs(look: Look) -> Sequence[tuple[Moment, Rule]]:
    """Which rule looks at what, in the order of the rules. Spam is answered by nobody, and by no rule."""
    if look.spam and look.event.type != "MarkedSpam":
        return ()
    return [
        (Moment(look.event.id, look.event, happening, about, look.event.at), rule)
        for rule in look.rules
        for happening, about in look.happenings
        if rule.when.event == happening
    ]


async def _look(tx: Tx, seq: int) -> Look:
    event = await by_seq(tx, seq)
    assert event is not None
    found = await happenings_of(tx, event)
    rules = await store.in_force(tx, [happening for happening, _ in found])
    spam = (await conversations.get(tx, event.stream)).spam if rules else False
    return Look(event, found, tuple(rules), spam)


async def _rule_if_any(tx: Tx, id: str) -> Rule | None:
    try:
        return await store.get_rule(tx, id)
    except NotFound:
        return None


async def _wind_up(tx: Tx, event: Event) -> None:
    if event.type in WINDS_UP and not is_outside(event.type, msgspec.json.decode(event.data)):
        await wind_up(tx, event)
