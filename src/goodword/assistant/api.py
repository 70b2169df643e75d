"""Why the assistant said what it said, over HTTP."""

from typing import Any

import msgspec
from litestar import Router, get

from goodword.assistant.store import Trace, trace_of
from goodword.platform.db import Database
from goodword.staff import Caller


class TraceShown(msgspec.Struct):
    """``checks``: ``{name, passed, detail}`` each; ``model``: what a language model did, None where there is none."""

    message_id: str
    decision: str
    rule: str
    understood: dict[str, Any]
    looked_up: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    model: dict[str, Any] | None
    ms: dict[str, int]


@get("/conversations/{conversation_id:str}/messages/{message_id:str}/trace")
async def show_trace(database: Database, caller: Caller, conversation_id: str, message_id: str) -> TraceShown:
    caller.need("conversations.read")
    return _shown(await database.read(trace_of, conversation_id, message_id))


def _shown(found: Trace) -> TraceShown:
    return msgspec.convert(
        {"message_id": found.message_id, "decision": found.decision, "rule": found.rule, **found.trace}, TraceShown
    )


routes = Router("/api/v1", route_handlers=[show_trace])
