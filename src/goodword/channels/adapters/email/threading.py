"""Where a mail belongs, decided from what it says of itself and from what we know of it; no database here.

What we signed is believed of anybody: who has it had it from us or from somebody who did. That a mail refers to another
customer's mail is believed only of somebody who took part there. A subject alone says nothing.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

# A list of ten thousand references is an attack or a loop: the nearest ones say where a mail belongs.
MOST_ANSWERED: Final = 5
MOST_REFERENCES: Final = 30
# Re:, Aw:, 回复: and the like, also numbered and repeated.
PREFIX = re.compile(
    r"(?:re|aw|sv|vs|ref|rif|odp|ynt|antw|antwort|rv|res|fw|fwd|wg|tr|enc|vb|i|回复|回覆|答复|答覆|转发|轉寄|轉發|회신|답장|전달|返信|転送)"
    r"\s*(?:[\[(（]\s*\d{1,3}\s*[\])）])?\s*[:：]\s*",
    re.IGNORECASE,
)


class Link(msgspec.Struct, frozen=True):
    """A conversation that a mail has to do with. ``seen``: we have the very mail that links them."""

    conversation_id: str
    parties: frozenset[str]
    subject: str
    seen: bool


class Evidence(msgspec.Struct, frozen=True):
    """Conversations, each in the order in which it counts.

    ``addressed``: to whose signed address it was sent; ``answered``: whose messages of ours it answers; ``cited``:
    whose mails of others it refers to; ``awaited``: where its own Message-ID has been referred to before it came;
    ``named``: whose signed token stands in its subject.
    """

    addressed: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    cited: tuple[Link, ...] = ()
    awaited: tuple[Link, ...] = ()
    named: tuple[str, ...] = ()


def belongs_to(evidence: Evidence, sender: str, subject: str, doubted: bool = False) -> str | None:
    """The conversation, or None for a new one. ``doubted``: the sender may be another than he says."""
    signed = (*evidence.addressed, *evidence.answered)
    if signed:
        return signed[0]
    for link in () if doubted else (*evidence.cited, *evidence.awaited):
        if sender in link.parties and (link.seen or base_subject(subject) == base_subject(link.subject)):
            return link.conversation_id
    return next(iter(evidence.named), None)


def nearest_references(in_reply_to: Sequence[str], references: Sequence[str]) -> tuple[str, ...]:
    """The Message-IDs to look for, nearest first, each once."""
    return tuple(_once((*in_reply_to[:MOST_ANSWERED], *reversed(references[-MOST_REFERENCES:]))))


def base_subject(subject: str) -> str:
    """Without what answering and forwarding put in front of it."""
    left = " ".join(subject.split())[:1_000]
    while (prefix := PREFIX.match(left)) is not None:
        left = left[prefix.end() :]
    return left.casefold()


def _once(references: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(reference for reference in references if reference)
