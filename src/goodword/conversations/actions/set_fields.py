"""Fields of one's own get a value, another one, or none."""

from collections.abc import Mapping

import msgspec

from goodword.conversations import store
from goodword.conversations.events import FieldSet
from goodword.conversations.model import Conversation
from goodword.conversations.timeline import record
from goodword.fields import check
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def set_fields(tx: Tx, stamp: Stamp, conversation_id: str, values: Mapping[str, object]) -> Conversation:
    """None takes a value away. ``BadInput``: a field that nobody defined, or a value that it doesn't take."""
    stamp.need("conversations.answer")
    conversation = await store.hold(tx, conversation_id)
    kept = dict(conversation.fields)
    for key, value in (await check(tx, "conversation", values)).items():
        previous = kept.pop(key, None)
        if value is not None:
            kept[key] = value
        if (type(value), value) != (type(previous), previous):
            fact = FieldSet(key=key, value=value, previous=previous)
            await record(tx, conversation_id, fact, stamp, fields=msgspec.json.encode(kept).decode())
    return await store.get(tx, conversation_id)
