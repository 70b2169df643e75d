"""One step of a rule or macro becomes a deed of the conversation."""

from collections.abc import Sequence

import msgspec

from goodword import conversations as deeds
from goodword.assistant.standing import summary_of
from goodword.automation.events import Refusal
from goodword.automation.filling import Voice, note_text, reply_text, without_names
from goodword.automation.loading import members
from goodword.automation.steps import (
    TRIGGER,
    AnyStep,
    AskRating,
    Assign,
    Close,
    GiveBack,
    HandOver,
    Note,
    Reopen,
    Reply,
    SetField,
    SetPriority,
    Snooze,
    Spam,
    Tag,
    Team,
    Untag,
    Webhook,
)
from goodword.automation.supposing import keeper, until_of
from goodword.channels.restraint import restraint
from goodword.conversations import letters
from goodword.conversations import store as conversations
from goodword.conversations.actions.ask_rating import ask_rating
from goodword.conversations.actions.mark_spam import mark_spam
from goodword.conversations.actions.unmark_spam import unmark_spam
from goodword.conversations.model import Draft, HandoverReason
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, CallerError, Conflict
from goodword.platform.events import Stamp
from goodword.platform.jobs import enqueue

CALL = "automation.call"
# What a rule may leave out of its answer; an agent sees it and can say something else.
NAMES_OF_PEOPLE = ("customer", "agent")


class Hand(msgspec.Struct, frozen=True):
    """By whose hand the steps are carried out.

    ``key`` makes their messages unique; ``trigger`` is the agent who set it off; ``agent`` the name under which texts
    are signed; ``speaks``: as an agent, else as the assistant; ``text`` what he made of the reply before he sent it.
    """

    key: str
    by: str
    name: str
    voice: Voice
    agent: str
    trigger: str | None = None
    speaks: bool = False
    text: str | None = None


class StepRefused(Exception):
    """The step at ``refusal.step`` can't be carried out, because of ``error``; all of this transaction is undone."""

    def __init__(self, refusal: Refusal, error: CallerError) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.error = error


async def carry_out_all(
    tx: Tx, stamp: Stamp, conversation_id: str, steps: Sequence[AnyStep], hand: Hand, refused: Sequence[Refusal] = ()
) -> None:
    """Every step but those that were refused before, in order. ``StepRefused`` at the first that is refused now."""
    without = {refusal.step for refusal in refused}
    for place, step in enumerate(steps):
        if place not in without:
            try:
                await carry_out(tx, stamp, conversation_id, step, hand, place)
            except CallerError as no:
                code = f"{no.code}.{no.reason}" if no.reason else no.code
                facts = {name: str(value) for name, value in no.facts.items()}
                raise StepRefused(Refusal(place, code, facts), no) from no


async def carry_out(tx: Tx, stamp: Stamp, conversation_id: str, step: AnyStep, hand: Hand, place: int) -> None:
    """``CallerError``: it can't be done here."""
    match step:
        case Reply():
            await _reply(tx, stamp, conversation_id, step, hand, place)
        case Note():
            conversation = await conversations.get(tx, conversation_id)
            note = await note_text(tx, step, conversation, hand.agent, hand.voice)
            await deeds.add_note(tx, stamp, conversation_id, Draft(f"{hand.key}:{place}", note.text))
        case Tag(tags=tags):
            await deeds.tag(tx, stamp, conversation_id, tags, ())
        case Untag(tags=tags):
            await deeds.tag(tx, stamp, conversation_id, (), tags)
        case Assign(agent=agent):
            await _assign(tx, stamp, conversation_id, agent, hand)
        case Team(team=team):
            await _give_to_team(tx, stamp, conversation_id, team)
        case SetPriority(priority=priority):
            await deeds.set_priority(tx, stamp, conversation_id, priority)
        case SetField(key=key, value=value):
            await deeds.set_fields(tx, stamp, conversation_id, {key: value})
        case Snooze():
            await deeds.snooze(tx, stamp, conversation_id, until_of(step, stamp.at))
        case Close():
            await deeds.close(tx, stamp, conversation_id)
        case Reopen():
            await deeds.reopen(tx, stamp, conversation_id)
        case HandOver():
            reason: HandoverReason = "agent" if hand.speaks else "policy"
            await deeds.request_person(tx, stamp, conversation_id, reason, await summary_of(tx, conversation_id))
        case GiveBack():
            await deeds.give_back(tx, stamp, conversation_id)
        case Spam(on=on):
            await (mark_spam if on else unmark_spam)(tx, stamp, conversation_id)
        case AskRating():
            await ask_rating(tx, stamp, conversation_id)
        case Webhook(url=url):
            call = {"conversation_id": conversation_id, "applied_id": hand.key, "step": place, "url": url}
            called = {"by": hand.by, "name": hand.name, **call}
            await enqueue(tx, CALL, called, at=stamp.at, dedupe=f"{CALL}:{hand.key}:{place}")


async def _reply(tx: Tx, stamp: Stamp, conversation_id: str, step: Reply, hand: Hand, place: int) -> None:
    conversation = await conversations.get(tx, conversation_id)
    filled = await reply_text(tx, step, conversation, hand.agent, hand.voice)
    used = (filled.canned,) if filled.canned else ()
    draft = Draft(f"{hand.key}:{place}", filled.text, language=filled.language, canned=used)
    if hand.speaks and hand.text is not None:
        await deeds.reply(tx, stamp, conversation_id, _as_written(draft, hand.text))
        return
    if missing := [name for name in filled.empty if hand.speaks or name not in NAMES_OF_PEOPLE]:
        raise BadInput("field_empty", names=", ".join(missing))
    if hand.speaks:
        await deeds.reply(tx, stamp, conversation_id, draft)
        return
    heard = await letters.newest_received(tx, conversation_id)
    if why := await restraint(tx, conversation, heard, stamp.at):
        raise Conflict(why)
    said = msgspec.structs.replace(draft, text=without_names(filled.text))
    await deeds.reply(tx, stamp.acting_as(hand.voice.assistant), conversation_id, said)


def _as_written(draft: Draft, text: str) -> Draft:
    return msgspec.structs.replace(draft, text=text, language=None)


async def _give_to_team(tx: Tx, stamp: Stamp, conversation_id: str, team: str) -> None:
    now = await conversations.get(tx, conversation_id)
    agent = keeper(now.assignee_id, (await members(tx)).get(team, frozenset()))
    if (now.team_id, now.assignee_id) != (team, agent) or now.handler == "assistant":
        await deeds.assign(tx, stamp, conversation_id, agent_id=agent, team_id=team)


async def _assign(tx: Tx, stamp: Stamp, conversation_id: str, agent: str | None, hand: Hand) -> None:
    if agent == TRIGGER and hand.trigger is None:
        raise BadInput("nobody_triggered")
    agent_id = hand.trigger if agent == TRIGGER else agent
    reason = "taken" if agent_id and agent_id == stamp.actor.id else "assigned"
    await deeds.assign(tx, stamp, conversation_id, agent_id=agent_id, reason=reason)  # type: ignore[arg-type]
