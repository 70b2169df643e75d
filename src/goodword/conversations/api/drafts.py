"""What an agent is writing and has not sent."""

from typing import Annotated, Literal

import msgspec
from litestar import post, put
from msgspec import Meta

from goodword.conversations import store
from goodword.platform.bus import Bus, Signal
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.words import clean
from goodword.staff import Caller


class KeptDraft(msgspec.Struct):
    text: Annotated[str, Meta(max_length=20_000)]
    kind: Literal["reply", "note"] = "reply"


class WrittenDraft(KeptDraft):
    """``device``: any name that the writer's own line told, too; it isn't told there what was written here."""

    device: Annotated[str, Meta(max_length=80)] = ""


class Typing(msgspec.Struct):
    on: bool


@post("/conversations/{id:str}/typing", status_code=204)
async def tell_typing(id: str, data: Typing, caller: Caller, bus: Bus) -> None:
    """Tell the customer and colleagues that one is writing, or no more."""
    caller.need("conversations.answer")
    who = caller.person
    bus.send(Signal("typing", id, {"name": who.name, "kind": "agent", "on": data.on, "id": who.id}))


@put("/conversations/{id:str}/draft", status_code=204)
async def keep_draft(id: str, data: WrittenDraft, caller: Caller, database: Database, clock: Clock, bus: Bus) -> None:
    """Keep what is not sent yet; an empty text forgets it. The agent's other devices are told."""
    caller.need("conversations.answer")
    who = caller.person
    await database.write(_keep_draft, id, who.id, data, clock.now())
    # Between processes a signal may be too long to get through: the other device finds the draft when it looks.
    bus.send(Signal("draft", id, {"id": who.id, "device": data.device, "text": data.text, "kind_of": data.kind}))


routes = [tell_typing, keep_draft]


async def _keep_draft(tx: Tx, id: str, agent_id: str, draft: KeptDraft, at: int) -> None:
    await store.get(tx, id)
    if draft.text:
        await store.keep_draft(tx, id, agent_id, draft.kind, clean(draft.text), at)
    else:
        await store.drop_draft(tx, id, agent_id)
