"""What an agent must know at a hand-over.

The customer's own sentences, what was tried, and facts to act on. Nothing is made up.
"""

from collections.abc import Sequence

from goodword.assistant import phrases
from goodword.assistant.facts import Line, facts_in
from goodword.conversations.model import Said, Summary
from goodword.knowledge.passages import sentences
from goodword.platform.words import terms
from goodword.understanding import wants_human

MOST_SENTENCES = 6
LONGEST_SENTENCE = 300


def summarise(asked: Sequence[Line], tried: Sequence[Said], language: str | None) -> Summary:
    """``asked``: the customer's messages, oldest first; ``tried``: what the assistant offered, and in which message."""
    return Summary(asked=_key_sentences(asked), tried=tuple(tried), language=language, facts=facts_in(asked))


def _key_sentences(lines: Sequence[Line]) -> tuple[Said, ...]:
    """Every sentence that says something, in its order; the first and the last ones when there are many."""
    told = [said for line in lines for said in _telling(line)]
    fresh = list({said.text.casefold(): said for said in reversed(told)}.values())[::-1]
    if len(fresh) > MOST_SENTENCES:
        half = MOST_SENTENCES // 2
        fresh = fresh[:half] + fresh[-half:]
    return tuple(fresh)


def _telling(line: Line) -> list[Said]:
    pieces = (piece.strip() for piece in sentences(line.text[:5_000]))
    return [
        Said(piece if len(piece) <= LONGEST_SENTENCE else f"{piece[: LONGEST_SENTENCE - 1]}…", line.message_id)
        for piece in pieces
        if terms(piece) and not phrases.small_talk(piece) and not _only_asks_for_a_person(piece)
    ]


def _only_asks_for_a_person(piece: str) -> bool:
    return len(terms(piece)) <= 8 and wants_human(piece).wanted
