"""A colleague writes something that the customer never sees."""

from collections.abc import Sequence

import msgspec

from goodword.conversations import store
from goodword.conversations.actions.receive import Received, message_of, said_before
from goodword.conversations.events import NoteAdded
from goodword.conversations.mentions import call, colleagues
from goodword.conversations.model import Draft, checked
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def add_note(tx: Tx, stamp: Stamp, conversation_id: str, draft: Draft, mentions: Sequence[str] = ()) -> Received:
    """The same ``draft.client_id`` is noted once; the agents in ``mentions`` are called.

    ``BadInput``: one of them doesn't work here.
    """
    stamp.need("conversations.answer")
    checked(draft)
    await store.hold(tx, conversation_id)
    message_id = ids.derived("msg", conversation_id, "note", stamp.actor.id or stamp.actor.kind, draft.client_id)
    if before := await store.said_before(tx, message_id):
        return await said_before(tx, before)
    draft = msgspec.structs.replace(draft, mentions=await colleagues(tx, mentions))
    message = message_of(draft, message_id, stamp, kind="note")
    seq = await record(tx, conversation_id, NoteAdded(message=message), stamp)
    await store.say(tx, conversation_id, message, seq)
    await call(tx, stamp, conversation_id, draft.mentions, seq)
    await store.drop_draft(tx, conversation_id, stamp.actor.id)
    return Received(message, await store.get(tx, conversation_id), seq, fresh=True)
