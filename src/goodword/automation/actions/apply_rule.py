"""A rule does what it says, once for each thing that happens, and tells why."""

from typing import Literal

import msgspec

from goodword.automation import doings, store
from goodword.automation.actions.carry_out import Hand, carry_out_all
from goodword.automation.doings import Told
from goodword.automation.events import Refusal, RuleApplied
from goodword.automation.filling import Voice
from goodword.automation.loading import members, situation_of
from goodword.automation.matching import Reason, matches
from goodword.automation.model import MOST_A_MINUTE, MOST_HOPS_BEFORE, Happening, Rule
from goodword.automation.situation import Situation
from goodword.automation.steps import without_secrets
from goodword.automation.supposing import reverse_of
from goodword.conversations import store as conversations
from goodword.conversations.model import Ref
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Actor, Event, Stamp, by_id

Outcome = Literal["applied", "not_now", "own_doing", "too_often", "too_long"]


class Moment(msgspec.Struct, frozen=True):
    """What a rule looks at. ``key`` is the same however often it is looked at; ``at``: when it came about."""

    key: str
    event: Event
    happening: Happening
    about: str
    at: int


async def apply_rule(
    tx: Tx, moment: Moment, rule_id: str, voice: Voice, now: int, refused: tuple[Refusal, ...] = ()
) -> Outcome:
    """Look again, with nobody else changing the conversation, and carry out the steps but those of ``refused``.

    ``StepRefused`` where one more is refused. What was applied before is not applied again, and nothing is applied to
    what the rule did itself.
    """
    event = moment.event
    conversation = await conversations.hold(tx, event.stream)
    applied_id = ids.derived("evt", moment.key, rule_id)
    if await by_id(tx, applied_id):
        return "applied"
    rule = await _still_in_force(tx, rule_id)
    situation = await situation_of(tx, event, moment.happening, moment.about, moment.at)
    why = matches(rule, situation) if rule and not conversation.merged_into else None
    if rule is None or why is None:
        return "not_now"
    if trouble := await _what_forbids_it(tx, rule, event, now):
        if trouble != "own_doing":
            told = Told(why, tuple(map(without_secrets, rule.steps)), trouble=trouble)
            await doings.note(tx, rule.id, event.stream, applied_id, now, trouble, told)
        return trouble
    await _carry_out(tx, rule, why, situation, moment, applied_id, voice, now, refused)
    return "applied"


async def _carry_out(
    tx: Tx,
    rule: Rule,
    why: tuple[Reason, ...],
    situation: Situation,
    moment: Moment,
    applied_id: str,
    voice: Voice,
    now: int,
    refused: tuple[Refusal, ...],
) -> None:
    event = moment.event
    trigger = event.actor.id if event.actor.kind == "agent" else None
    without = {refusal.step for refusal in refused}
    done = [step for place, step in enumerate(rule.steps) if place not in without]
    stamp = event.stamp(now, Actor("system", rule.id, rule.name))
    fact = RuleApplied(
        rule=Ref(rule.id, rule.name),
        why=why,
        steps=tuple(map(without_secrets, rule.steps)),
        refused=refused,
        reverse=tuple(reverse_of(done, situation, await members(tx), trigger)),
    )
    await record(tx, event.stream, fact, stamp, event_id=applied_id)
    because = Stamp(now, stamp.actor, applied_id, stamp.hops + 1)
    hand = Hand(applied_id, rule.id, rule.name, voice, voice.assistant.name, trigger)
    await carry_out_all(tx, because, event.stream, rule.steps, hand, refused)
    told = Told(why, fact.steps, tuple((one.step, one.code) for one in refused))
    await doings.note(tx, rule.id, event.stream, applied_id, now, "applied", told)


async def _still_in_force(tx: Tx, rule_id: str) -> Rule | None:
    try:
        rule = await store.get_rule(tx, rule_id)
    except NotFound:
        return None
    return rule if rule.enabled else None


async def _what_forbids_it(
    tx: Tx, rule: Rule, event: Event, now: int
) -> Literal["own_doing", "too_often", "too_long"] | None:
    if await store.caused_by_rule(tx, event, rule.id):
        return "own_doing"
    if event.hops > MOST_HOPS_BEFORE:
        return "too_long"
    if await doings.applied_lately(tx, rule.id, event.stream, now) >= MOST_A_MINUTE:
        return "too_often"
    return None
