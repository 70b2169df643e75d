"""What customers think of how they were served: one rating for each time a conversation was closed."""

from typing import Final

import msgspec

from goodword.conversations.events import RatingAsked, StatusChanged
from goodword.conversations.model import RatingReason
from goodword.platform.clock import DAY
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import by_seq

SCORES: Final = (1, 2, 3, 4, 5)
REASONS: Final[tuple[RatingReason, ...]] = ("slow", "unclear", "unsolved", "impolite", "other")
LONGEST_TEXT = 2_000
CHANGED_WITHIN = 7 * DAY

OCCASIONS = """
SELECT seq FROM events WHERE stream = :id AND type IN ('StatusChanged', 'RatingAsked') ORDER BY seq DESC LIMIT 100
"""
KEEP = """
INSERT INTO ratings (conversation_id, closed_seq, kind, score, reason, text, first_at, at)
VALUES (:conversation_id, :closed_seq, 'csat', :score, :reason, :text, :at, :at)
ON CONFLICT (conversation_id, closed_seq, kind) DO UPDATE
SET score = excluded.score, reason = excluded.reason, text = excluded.text, at = excluded.at
"""
GIVEN = "SELECT * FROM ratings WHERE conversation_id = :id AND closed_seq = :closed_seq AND kind = 'csat'"


class Rating(msgspec.Struct, frozen=True):
    score: int
    reason: RatingReason | None = None
    text: str | None = None
    first_at: int = 0


class Occasion(msgspec.Struct, frozen=True):
    """What is rated: one time that it was done. ``seq``: the event that closed it or, before that, asked."""

    seq: int
    asked: bool


def checked_rating(score: int, reason: str | None, text: str | None) -> None:
    """``BadInput``: no such score or reason, or too long a text."""
    if score not in SCORES:
        raise BadInput("score")
    if reason is not None and reason not in REASONS:
        raise BadInput("rating_reason")
    if text and len(text) > LONGEST_TEXT:
        raise BadInput("text_too_long", limit=LONGEST_TEXT)


async def occasion(tx: Tx, conversation_id: str) -> Occasion | None:
    """The newest one; None while it was never closed and nobody has asked. Each reopening makes room for another."""
    first, asked = 0, False
    for row in await tx.rows(OCCASIONS, id=conversation_id):
        event = await by_seq(tx, row["seq"])
        fact = event.fact() if event else None
        if isinstance(fact, RatingAsked):
            first, asked = row["seq"], True
        elif not isinstance(fact, StatusChanged) or fact.reason in ("merged", "spam"):
            continue
        elif fact.status == "closed":
            first = row["seq"]
        elif fact.previous == "closed" and first:
            break
    return Occasion(first, asked) if first else None


async def given(tx: Tx, conversation_id: str, closed_seq: int) -> Rating | None:
    row = await tx.row(GIVEN, id=conversation_id, closed_seq=closed_seq)
    return None if row is None else Rating(row["score"], row["reason"], row["text"], row["first_at"])


async def keep(tx: Tx, conversation_id: str, closed_seq: int, rating: Rating, at: int) -> None:
    await tx.run(
        KEEP,
        conversation_id=conversation_id,
        closed_seq=closed_seq,
        score=rating.score,
        reason=rating.reason,
        text=rating.text,
        at=at,
    )
