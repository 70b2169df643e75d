"""A decision is written down, said, and where it means a person, passed on: all of it or nothing."""

from typing import Any

from goodword.assistant import store
from goodword.assistant.events import AssistantDecided
from goodword.assistant.model import Decision, Found, Situation
from goodword.assistant.standing import may_speak, summary_of
from goodword.conversations import Source, give_intake, reply, request_person
from goodword.conversations import store as conversations
from goodword.conversations.model import Draft
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def carry_out(
    tx: Tx, stamp: Stamp, conversation_id: str, situation: Situation, decision: Decision, trace: dict[str, Any]
) -> bool:
    """False: meanwhile somebody else took over, the customer wrote on, or it was done before; then nothing happens."""
    conversation = await conversations.hold(tx, conversation_id)
    if not await may_speak(tx, conversation, situation.message_id, situation.wants_human):
        return False
    event_id = ids.derived("evt", situation.message_id, "decided")
    fact = AssistantDecided(message_id=situation.message_id, decision=decision.kind, rule=decision.rule, trace=trace)
    seq = await record(tx, conversation_id, fact, stamp, event_id=event_id)
    because = Stamp(stamp.at, stamp.actor, event_id, stamp.hops + 1)
    reply_id = None
    if decision.intake:
        await give_intake(tx, because, conversation_id, decision.intake)
    if decision.text:
        said = await reply(tx, because, conversation_id, _draft(situation, decision))
        reply_id = said.message.id
    await store.keep(
        tx,
        conversation_id,
        situation.message_id,
        situation.question,
        decision,
        trace,
        event_id=event_id,
        seq=seq,
        reply_id=reply_id,
        at=stamp.at,
    )
    if decision.reason:
        await request_person(tx, because, conversation_id, decision.reason, await summary_of(tx, conversation_id))
    return True


def _draft(situation: Situation, decision: Decision) -> Draft:
    return Draft(
        client_id=f"answer:{situation.message_id}",
        text=decision.text,
        language=situation.language,
        sources=tuple(_source(found) for found in decision.sources),
        choices=decision.choices,
        template=decision.template,
    )


def _source(found: Found) -> Source:
    return Source(found.article_id, found.title, found.heading, found.url)
