"""What the assistant says around an answer, from the catalogue."""

from collections.abc import Iterable

from goodword.assistant.model import Found
from goodword.platform.i18n import LANGUAGES, has_text, text


def say(language: str, key: str, **facts: object) -> str:
    return text(language, f"assistant.{key}", **facts)


def first_unsaid(language: str, key: str, said: Iterable[str]) -> str:
    """The first of ``key.1``, ``key.2`` … that wasn't said yet; empty when all were."""
    before = set(said)
    number = 1
    while has_text(f"assistant.{key}.{number}"):
        sentence = say(language, f"{key}.{number}")
        if not any(sentence in earlier for earlier in before):
            return sentence
        number += 1
    return ""


def in_his_language(found: Found, answer: str, language: str) -> str:
    """The answer, with a word about its language where it isn't the customer's."""
    if found.language == language or found.language not in LANGUAGES:
        return answer
    tongue = say(language, f"language.{found.language}")
    return f"{say(language, 'answer.other_language', tongue=tongue)}\n\n{answer}"
