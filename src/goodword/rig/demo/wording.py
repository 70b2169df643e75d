"""What is said in an episode, and what it means."""

import re
from collections.abc import Mapping
from functools import cache

from goodword.conversations import Draft, Received, Summary
from goodword.conversations.model import MOODS, HandoverReason, KnownFact, Said
from goodword.rig.demo.episodes import Episode
from goodword.rig.demo.steps import mood_at
from goodword.understanding.language import Language, detect
from goodword.understanding.model import Reading
from goodword.understanding.wish import Wish, wants_human


def draft(episode: Episode, turn: int) -> Draft:
    return Draft(f"{episode.number}-{turn}", filled(episode, turn), episode.language)


def filled(episode: Episode, turn: int) -> str:
    """With everybody's name in it."""
    language = episode.language
    text = episode.turns[turn].text
    for hole, value in (
        ("customer", episode.person.called),
        ("agent", episode.agent.signature(language)),
        ("order", episode.purchase.number),
        ("product", episode.purchase.main.names[language]),
    ):
        text = text.replace(f"{{{hole}}}", value)
    return text


def reading(episode: Episode, turn: int) -> Reading:
    """Language and wish as the desk itself reads them; mood and topic as whoever wrote the script marked them."""
    text = _without_holes(episode.turns[turn].text)
    language, wish = _language(text, episode.language), _wish(text)
    return Reading(
        language=language.tag,
        wants_human=wish.wanted,
        mood=mood_at(episode, turn),
        topic=episode.script.topic,
        confidence={"language": language.confidence, "wants_human": wish.confidence, "mood": 1.0, "topic": 1.0},
    )


def reason(episode: Episode) -> HandoverReason:
    """Why the assistant fetched somebody."""
    if any(turn.who == "customer" and _wish(_without_holes(turn.text)).wanted for turn in episode.turns):
        return "asked"
    if MOODS.index(episode.script.mood) >= MOODS.index("angry"):
        return "angry"
    return "no_knowledge"


def summary(episode: Episode, said: Mapping[int, Received]) -> Summary:
    """What whoever takes over must know, each line with its message."""
    lines = [(episode.turns[turn].who, Said(filled(episode, turn), one.message.id)) for turn, one in said.items()]
    number = episode.purchase.number
    facts = [KnownFact("order", number, line.message_id) for _, line in lines if number in line.text]
    return Summary(
        asked=tuple(line for who, line in lines if who == "customer"),
        tried=tuple(line for who, line in lines if who == "assistant"),
        language=episode.language,
        facts=tuple(facts[:1]),
    )


def _without_holes(text: str) -> str:
    """``{agent}`` is somebody's name, not the word."""
    return re.sub(r"\{\w+\}", "", text)


@cache
def _language(text: str, hint: str) -> Language:
    return detect(text, hint=hint)


@cache
def _wish(text: str) -> Wish:
    return wants_human(text)
