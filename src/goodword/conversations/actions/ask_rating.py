"""The customer is asked how he was served."""

from goodword.conversations import ratings, store
from goodword.conversations.events import RatingAsked
from goodword.conversations.model import Conversation
from goodword.conversations.streams import must_be_at_work
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp


async def ask_rating(tx: Tx, stamp: Stamp, conversation_id: str) -> Conversation:
    """Once for each time it is closed; asking again, or somebody who has rated it already, changes nothing."""
    stamp.need("conversations.answer")
    conversation = await must_be_at_work(tx, await store.hold(tx, conversation_id))
    occasion = await ratings.occasion(tx, conversation_id)
    rated = occasion and await ratings.given(tx, conversation_id, occasion.seq)
    if occasion is None or not (occasion.asked or rated):
        await record(tx, conversation_id, RatingAsked(), stamp)
    return conversation
