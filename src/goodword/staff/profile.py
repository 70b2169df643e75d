"""What an agent's profile may say."""

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from goodword.platform.errors import BadInput
from goodword.platform.i18n import ours
from goodword.staff.model import Profile

LONGEST_NAME = 80
LONGEST_EMAIL = 254
MOST_LOAD = 200
MOST_LABELS = 30
LONGEST_LABEL = 40
MOST_MINUTES = 7 * 24 * 60
EMAIL = re.compile(r"[^@\s<>(),;:\"\\]+@[^@\s<>(),;:\"\\]+")


def checked(profile: Profile) -> Profile:
    """The profile as it is kept. ``BadInput`` names the first field that can't be."""
    language = checked_language(profile.language)
    return msgspec.structs.replace(
        profile,
        name=checked_name(profile.name),
        email=checked_email(profile.email),
        language=language,
        languages=checked_languages(profile.languages) or (language,),
        max_load=checked_load(profile.max_load),
    )


def checked_name(text: str) -> str:
    name = " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text)).split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput("name", fields={"name": "name"}, limit=LONGEST_NAME)
    return name


def folded_email(text: str) -> str:
    """One mailbox, one spelling."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_EMAIL]).strip().casefold()
    return "".join(c for c in folded if c.isprintable())


def checked_email(text: str) -> str:
    email = folded_email(text)
    if not EMAIL.fullmatch(email):
        raise BadInput("email", fields={"email": "email"})
    return email


def checked_language(tag: str) -> str:
    language = ours(tag)
    if language is None:
        raise BadInput("language", fields={"language": "language"})
    return language


def checked_languages(tags: Iterable[str]) -> tuple[str, ...]:
    """In the order given, each once."""
    return tuple(dict.fromkeys(checked_language(tag) for tag in tags))


def checked_load(most: int) -> int:
    if not 0 <= most <= MOST_LOAD:
        raise BadInput("max_load", fields={"max_load": "max_load"}, limit=MOST_LOAD)
    return most


def checked_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """Skills: folded to one spelling, each once."""
    folded = tuple(dict.fromkeys(" ".join(label.casefold().split()) for label in labels))
    if len(folded) > MOST_LABELS or not all(0 < len(label) <= LONGEST_LABEL for label in folded):
        raise BadInput("skill", fields={"skills": "skill"}, limit=LONGEST_LABEL)
    return folded


def checked_minutes(minutes: int) -> int:
    if not 0 <= minutes <= MOST_MINUTES:
        raise BadInput("minutes", limit=MOST_MINUTES)
    return minutes
