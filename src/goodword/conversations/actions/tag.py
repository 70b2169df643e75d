"""Tags are put on and taken off."""

from collections.abc import Sequence

from goodword.conversations import store
from goodword.conversations.events import Tagged, Untagged
from goodword.conversations.model import MOST_TAGS, Conversation, checked_tag
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp


async def tag(tx: Tx, stamp: Stamp, conversation_id: str, add: Sequence[str], remove: Sequence[str]) -> Conversation:
    """``BadInput``: a tag that is empty, too long or one too many."""
    stamp.need("conversations.answer")
    await store.hold(tx, conversation_id)
    for name in remove:
        if await store.remove_tag(tx, conversation_id, name):
            await record(tx, conversation_id, Untagged(tag=name), stamp)
    for name in map(checked_tag, add):
        if await store.add_tag(tx, conversation_id, name):
            await record(tx, conversation_id, Tagged(tag=name), stamp)
    if len(await store.tags(tx, conversation_id)) > MOST_TAGS:
        raise BadInput("too_many_tags", limit=MOST_TAGS)
    return await store.get(tx, conversation_id)
