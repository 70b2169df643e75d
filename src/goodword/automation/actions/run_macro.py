"""An agent sets off a macro: all of its steps in one transaction, with his rights and in his name."""

from goodword.automation import store
from goodword.automation.actions.carry_out import Hand, StepRefused, carry_out_all
from goodword.automation.events import MacroApplied
from goodword.automation.filling import Voice
from goodword.automation.loading import members, state_of
from goodword.automation.model import Macro
from goodword.automation.steps import without_secrets
from goodword.automation.supposing import reverse_of
from goodword.conversations import store as conversations
from goodword.conversations.model import Ref
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Event, Stamp, by_id
from goodword.staff import all_teams, may_use


async def usable(tx: Tx, macro_id: str, agent_id: str | None) -> Macro:
    """``NotFound``: there is none, or it is not for this agent."""
    macro = await store.get_macro(tx, macro_id)
    if not may_use(macro, agent_id, [team.id for team in await all_teams(tx) if agent_id in team.members]):
        raise NotFound("macro")
    return macro


async def run_macro(
    tx: Tx,
    stamp: Stamp,
    conversation_id: str,
    macro_id: str,
    voice: Voice,
    text: str | None = None,
    client_id: str | None = None,
) -> str | None:
    """``text`` is said in place of the macro's reply, as the agent left it. The same ``client_id`` is carried out once.

    What comes back undoes it (``take_back``); None where nothing can be undone. ``BadInput``: a step can't be carried
    out; nothing has been done then.
    """
    stamp.need("conversations.answer")
    macro = await usable(tx, macro_id, stamp.actor.id)
    conversation = await conversations.hold(tx, conversation_id)
    applied_id = _name(stamp, conversation_id, client_id)
    if (before := await by_id(tx, applied_id)) is not None:
        return applied_id if _applied(before).reverse else None
    state = await state_of(tx, conversation, stamp.at)
    reverse = tuple(reverse_of(macro.steps, state, await members(tx), stamp.actor.id))
    fact = MacroApplied(
        macro=Ref(macro.id, macro.name), steps=tuple(map(without_secrets, macro.steps)), reverse=reverse
    )
    await record(tx, conversation_id, fact, stamp, event_id=applied_id)
    because = Stamp(stamp.at, stamp.actor, applied_id, stamp.hops + 1, stamp.rights)
    name = stamp.actor.name
    hand = Hand(applied_id, macro.id, macro.name, voice, name, stamp.actor.id, speaks=True, text=text or None)
    try:
        await carry_out_all(tx, because, conversation_id, macro.steps, hand)
    except StepRefused as no:
        raise no.error from no
    return applied_id if reverse else None


def _name(stamp: Stamp, conversation_id: str, client_id: str | None) -> str:
    if client_id is None:
        return ids.new("evt", stamp.at)
    return ids.derived("evt", conversation_id, "macro", stamp.actor.id or stamp.actor.kind, client_id)


def _applied(event: Event) -> MacroApplied:
    fact = event.fact()
    assert isinstance(fact, MacroApplied)
    return fact
