"""What a rule or macro did to a conversation: explained, and taken back."""

import msgspec
from litestar import get, post

from goodword.automation.actions.take_back import applied, take_back
from goodword.automation.api.shapes import voice_of
from goodword.automation.events import RuleApplied
from goodword.automation.filling import Voice
from goodword.automation.naming import names
from goodword.automation.sentences import Words
from goodword.conversations import inbox
from goodword.conversations.inbox import InboxRow
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp
from goodword.platform.settings import Settings
from goodword.staff import Caller


class Explained(msgspec.Struct):
    """Each reason and each step as a sentence; of a step that was refused it says why."""

    why: list[str]
    did: list[str]


class TakenBack(msgspec.Struct):
    conversation: InboxRow


@get("/conversations/{id:str}/applied/{applied_id:str}")
async def explain(id: str, applied_id: str, caller: Caller, database: Database, language: str) -> Explained:
    """What a rule or macro did (the event's id), and why."""
    caller.need("conversations.read")
    return await database.read(_explained, id, applied_id, language)


@post("/conversations/{id:str}/applied/{applied_id:str}/undo", status_code=200)
async def undo(
    id: str, applied_id: str, caller: Caller, database: Database, clock: Clock, settings: Settings
) -> TakenBack:
    """Take it back, as far as it can be."""
    return await database.write(_take_back, caller.stamp(clock.now()), id, applied_id, voice_of(settings))


handlers = [explain, undo]


async def _explained(tx: Tx, id: str, applied_id: str, language: str) -> Explained:
    fact = await applied(tx, id, applied_id)
    words = Words(language, await names(tx))
    refused = {refusal.step: refusal for refusal in fact.refused}
    return Explained(
        why=[words.line(words.reason(reason)) for reason in fact.why] if isinstance(fact, RuleApplied) else [],
        did=[
            words.refused(step, refused[place].code, refused[place].facts)
            if place in refused
            else words.line(words.step(step))
            for place, step in enumerate(fact.steps)
        ],
    )


async def _take_back(tx: Tx, stamp: Stamp, id: str, applied_id: str, voice: Voice) -> TakenBack:
    await take_back(tx, stamp, id, applied_id, voice)
    return TakenBack(await inbox.row(tx, id, stamp.actor.id))
