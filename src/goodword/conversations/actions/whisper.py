"""A supervisor says something in an agent's ear."""

import msgspec

from goodword.conversations import store
from goodword.conversations.actions.receive import message_of
from goodword.conversations.events import Whispered
from goodword.conversations.mentions import call, colleagues
from goodword.conversations.model import Draft, Message, checked
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def whisper(tx: Tx, stamp: Stamp, conversation_id: str, to: str, draft: Draft) -> Message:
    """Seen by agent ``to``, whoever says it and those who may read everything; the same ``draft.client_id`` once.

    It is in no list, no search and no transcript. ``BadInput``: ``to`` doesn't work here.
    """
    stamp.need("supervision.watch")
    checked(draft)
    await store.hold(tx, conversation_id)
    named = await colleagues(tx, [to])
    message_id = ids.derived("msg", conversation_id, "whisper", stamp.actor.id or stamp.actor.kind, draft.client_id)
    message = message_of(msgspec.structs.replace(draft, mentions=named), message_id, stamp, kind="note")
    event_id = ids.derived("evt", message_id, "whispered")
    seq = await record(tx, conversation_id, Whispered(message=message, to=named[0]), stamp, event_id=event_id)
    if seq:
        await call(tx, stamp, conversation_id, named, seq)
    return message
