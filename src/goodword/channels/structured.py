"""Settings of a channel that are more than one value: texts by language, questions, greetings."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from goodword.platform.errors import BadInput
from goodword.platform.i18n import FALLBACK, LANGUAGES

Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Words = Annotated[str, Meta(max_length=300)]
Translated = Annotated[dict[Literal["en", "fr", "ko", "zh-Hans", "zh-Hant"], Words], Meta(max_length=len(LANGUAGES))]
Pattern = Annotated[str, Meta(min_length=1, max_length=200)]

# Questions whose label the catalogue knows, and whose answer has a place of its own.
KNOWN_QUESTIONS = frozenset({"name", "email", "order", "topic"})


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a stranger is asked before his first message.

    ``key``: ``name``, ``email``, ``order``, ``topic`` or one of your own, which needs a ``label``. ``options``: he
    chooses one of these.
    """

    key: Key
    label: Translated = {}
    options: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=80)], ...], Meta(max_length=20)] = ()
    required: bool = False


class Greeting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word to a visitor who hasn't asked, and when to say it.

    ``pages``: path patterns in which ``*`` stands for anything, none meaning every page; ``seconds`` on the page;
    ``scroll``: share of the page seen, in hundredths; ``visits``: from which visit on; ``languages``: none means
    all; ``always``: also while nobody is there; ``quiet_days`` after it was dismissed.
    """

    id: Key
    text: Translated
    pages: Annotated[tuple[Pattern, ...], Meta(max_length=20)] = ()
    seconds: Annotated[int, Meta(ge=0, le=3600)] = 10
    scroll: Annotated[int, Meta(ge=0, le=100)] = 0
    visits: Annotated[int, Meta(ge=1, le=1000)] = 1
    languages: tuple[Literal["en", "fr", "ko", "zh-Hans", "zh-Hant"], ...] = ()
    always: bool = False
    quiet_days: Annotated[int, Meta(ge=0, le=365)] = 7
    enabled: bool = True


SHAPES: dict[str, Any] = {
    "translated": str | dict[Literal["en", "fr", "ko", "zh-Hans", "zh-Hant"], str],
    "languages": tuple[Literal["en", "fr", "ko", "zh-Hans", "zh-Hant"], ...],
    "questions": Annotated[tuple[Question, ...], Meta(max_length=8)],
    "greetings": Annotated[tuple[Greeting, ...], Meta(max_length=20)],
}


def trouble_in(kind: str, value: Any, longest: int = 300) -> str:
    """What is wrong with a structured setting, as a word of the catalogue; empty when nothing is.

    ``longest``: characters of a text in one language.
    """
    try:
        read = msgspec.convert(value, SHAPES[kind])
    except msgspec.ValidationError:
        return "type"
    if kind == "translated":
        texts = [read] if isinstance(read, str) else read.values()
        return "too_long" if any(len(text) > longest for text in texts) else ""
    if kind == "questions":
        return _trouble_in_questions(read)
    return _trouble_in_greetings(read) if kind == "greetings" else ""


def questions(value: Any) -> tuple[Question, ...]:
    return msgspec.convert(value or (), tuple[Question, ...])


def greetings(value: Any) -> tuple[Greeting, ...]:
    return msgspec.convert(value or (), tuple[Greeting, ...])


def in_language(text: Any, language: str) -> str:
    """The text as it is said in ``language``, else in English, else in whichever there is."""
    if isinstance(text, str):
        return text
    said: dict[str, str] = {tag: words for tag, words in (text or {}).items() if words}
    return said.get(language) or said.get(FALLBACK) or next(iter(said.values()), "")


def checked_answers(asked: tuple[Question, ...], given: dict[str, str]) -> dict[str, str]:
    """The answers that say something. ``BadInput`` with ``fields``: one is missing, unknown, or none of the options."""
    known = {question.key: question for question in asked}
    answers = {key: " ".join(text.split()) for key, text in given.items()}
    wrong = {key: "unknown" for key in answers if key not in known}
    for key, question in known.items():
        answer = answers.get(key, "")
        if question.required and not answer:
            wrong[key] = "required"
        elif len(answer) > 300:
            wrong[key] = "too_long"
        elif answer and question.options and answer not in question.options:
            wrong[key] = "unknown"
    if wrong:
        raise BadInput("answers", fields=wrong)
    return {key: answer for key, answer in answers.items() if answer}


def _trouble_in_questions(read: tuple[Question, ...]) -> str:
    keys = [question.key for question in read]
    if len(set(keys)) < len(keys):
        return "twice"
    unnamed = any(not in_language(one.label, FALLBACK) for one in read if one.key not in KNOWN_QUESTIONS)
    return "missing" if unnamed else ""


def _trouble_in_greetings(read: tuple[Greeting, ...]) -> str:
    keys = [greeting.id for greeting in read]
    if len(set(keys)) < len(keys):
        return "twice"
    return "" if all(in_language(greeting.text, FALLBACK) for greeting in read) else "missing"
