"""One question to the assistant outside of any conversation: for the command line and for trying things out."""

from collections.abc import Sequence
from typing import Any

from goodword.assistant.deciding import decide, question_to_look_up
from goodword.assistant.looking_up import Asks, Lookup
from goodword.assistant.model import Situation, Turn
from goodword.platform.embedding import Embedder
from goodword.platform.i18n import FALLBACK, ours
from goodword.understanding import read_message


async def ask(
    search: Asks,
    text: str,
    language: str | None = None,
    context: Sequence[str] = (),
    *,
    fallback: str = FALLBACK,
    embedder: Embedder,
) -> dict[str, Any]:
    """What it would say: ``decision``, ``rule``, ``text``, ``language``, ``choices`` and ``sources`` with ``article``,
    ``heading``, ``passage``, ``score`` and ``url`` each.

    ``context``: what the customer wrote before, oldest first; each is answered in its turn. Nothing is stored.
    """
    lookup = Lookup(search)
    past: tuple[Turn, ...] = ()
    answer: dict[str, Any] = {}
    for line in (*context, text):
        reading = await read_message(line, hint=language or fallback, embedder=embedder)
        tongue = ours(language) or ours(reading.language) or fallback
        situation = Situation(
            message_id="",
            question=line,
            language=tongue,
            wants_human=reading.wants_human,
            past=past,
            introduced=True,
        )
        found = await lookup.find(question_to_look_up(situation), tongue)
        decision = decide(situation, found)
        passages = tuple(source.passage_id for source in decision.sources)
        past = (*past, Turn(line, decision.kind, decision.rule, decision.text, passages))
        answer = {
            "decision": decision.kind,
            "rule": decision.rule,
            "text": decision.text,
            "language": tongue,
            "sources": [
                {"article": one.title, "heading": one.heading, "passage": one.text, "score": one.score, "url": one.url}
                for one in decision.sources
            ],
            "choices": [choice.label for choice in decision.choices],
        }
    return answer
