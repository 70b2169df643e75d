"""The customer says how he was served."""

from goodword.conversations import ratings, store
from goodword.conversations.events import RatingGiven
from goodword.conversations.model import Conversation, RatingReason
from goodword.conversations.ratings import CHANGED_WITHIN, Rating, checked_rating
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.errors import Conflict
from goodword.platform.events import Stamp


async def rate(
    tx: Tx,
    stamp: Stamp,
    conversation_id: str,
    score: int,
    reason: RatingReason | None = None,
    text: str | None = None,
) -> Conversation:
    """One rating for each time it was closed; within a week a later one takes its place.

    ``score`` from 1 to 5. Whose conversation it is, the caller has made sure of. ``Conflict``: there is nothing to
    rate yet, or the week is over. A low score alone makes it no work again.
    """
    checked_rating(score, reason, text)
    await store.hold(tx, conversation_id)
    occasion = await ratings.occasion(tx, conversation_id)
    if occasion is None:
        raise Conflict("rating_not_yet")
    rating = Rating(score, reason, text or None)
    before = await ratings.given(tx, conversation_id, occasion.seq)
    if before and stamp.at - before.first_at > CHANGED_WITHIN:
        raise Conflict("rating_too_late")
    if before is None or (before.score, before.reason, before.text) != (score, reason, text or None):
        await ratings.keep(tx, conversation_id, occasion.seq, rating, stamp.at)
        fact = RatingGiven(score=score, reason=reason, text=text or None)
        await record(tx, conversation_id, fact, stamp, rating=score)
    return await store.get(tx, conversation_id)
