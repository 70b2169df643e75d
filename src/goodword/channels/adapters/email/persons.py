"""Signs that a person wrote a mail, and no program."""

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.mime.structure import Entity

_MARKERS = ("x-mailer", "user-agent")


class Persons(msgspec.Struct, frozen=True):
    answers: tuple[str, ...]
    forwards: tuple[str, ...]
    mail_programs: tuple[str, ...]


def answers(subject: str) -> bool:
    """``subject`` in small letters."""
    return _pattern("answers").match(subject) is not None


def answers_or_forwards(subject: str) -> bool:
    return answers(subject) or _pattern("forwards").match(subject) is not None


def written_in_a_mail_program(entity: Entity) -> bool:
    used = " ".join(text_of(value[:500]).lower() for name in _MARKERS for value in entity.all(name)[:2])
    return _program().search(used) is not None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    marks = "|".join(re.escape(mark) for mark in getattr(_table(), kind))
    return re.compile(rf"\s*(?:\[[^\]]{{0,40}}\]\s*)?(?:{marks})\s*(?:[\[(]\d+[\])])?\s*[:\uff1a]")


@cache
def _program() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(program)}" for program in _table().mail_programs))


@cache
def _table() -> Persons:
    found = tomllib.loads(files(__package__).joinpath("persons.toml").read_text(encoding="utf-8"))
    return msgspec.convert(found, Persons)
