"""What a rule or macro did is taken back, as far as it can be."""

from goodword.automation.actions.carry_out import Hand, StepRefused, carry_out_all
from goodword.automation.events import AutomationUndone, MacroApplied, RuleApplied
from goodword.automation.filling import Voice
from goodword.conversations import store as conversations
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Stamp, by_id


async def take_back(tx: Tx, stamp: Stamp, conversation_id: str, applied_id: str, voice: Voice) -> None:
    """Once, however often it is asked for. ``NotFound``: nothing of that name has been applied here."""
    stamp.need("conversations.answer")
    await conversations.hold(tx, conversation_id)
    fact = await applied(tx, conversation_id, applied_id)
    what = fact.rule if isinstance(fact, RuleApplied) else fact.macro
    undone = ids.derived("evt", applied_id, "undone")
    if not await record(
        tx, conversation_id, AutomationUndone(applied_id=applied_id, what=what), stamp, event_id=undone
    ):
        return
    because = Stamp(stamp.at, stamp.actor, undone, stamp.hops + 1, stamp.rights)
    hand = Hand(undone, what.id, what.name, voice, stamp.actor.name, stamp.actor.id, speaks=True)
    try:
        await carry_out_all(tx, because, conversation_id, fact.reverse, hand)
    except StepRefused as no:
        raise no.error from no


async def applied(tx: Tx, conversation_id: str, applied_id: str) -> RuleApplied | MacroApplied:
    """``NotFound``: nothing of that name has been applied here."""
    event = await by_id(tx, applied_id)
    fact = event.fact() if event and event.stream == conversation_id else None
    if not isinstance(fact, RuleApplied | MacroApplied):
        raise NotFound("applied")
    return fact
