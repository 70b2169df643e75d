"""Texts from the one catalogue: ``texts/<language>/<namespace>.json``, the same keys in every language."""

import re
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

LANGUAGES: Final = ("en", "fr", "ko", "zh-Hans", "zh-Hant")
FALLBACK: Final = "en"
# What browsers and people call our languages.
ALIASES: Final = {
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
}
PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
WEIGHT: Final = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE | re.ASCII)


@cache
def catalogue(language: str, namespace: str) -> dict[str, str]:
    """All texts of one namespace; ``FileNotFoundError`` where there is none."""
    path = files("goodword").joinpath("texts", language, f"{namespace}.json")
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])


def text(language: str, key: str, /, **facts: object) -> str:
    """``text("fr", "errors.not_found")``: the sentence with its placeholders filled.

    A language that isn't ours gives English. ``count`` picks ``.one`` or ``.other``. A placeholder without a fact is
    left as it is. ``KeyError``: no such key.
    """
    namespace, _, name = key.partition(".")
    language = language if language in LANGUAGES else FALLBACK
    texts = catalogue(language, namespace)
    if "count" in facts and name not in texts:
        name = f"{name}.{plural(language, int(str(facts['count'])))}"
        name = name if name in texts else f"{name.rpartition('.')[0]}.other"
    return PLACEHOLDER.sub(lambda found: str(facts.get(found[1], found[0])), texts[name])


def has_text(key: str) -> bool:
    namespace, _, name = key.partition(".")
    return name in catalogue(FALLBACK, namespace)


def plural(language: str, count: int) -> str:
    """``one`` or ``other``."""
    one = {"en": count == 1, "fr": count in (0, 1)}.get(language, False)
    return "one" if one else "other"


def ours(tag: str | None) -> str | None:
    """The language of ours that ``tag`` means: ``fr-CA`` → ``fr``, ``zh-TW`` → ``zh-Hant``; None when it isn't one."""
    if not tag:
        return None
    low = tag.strip().replace("_", "-").lower()
    region = "-".join(low.split("-")[:2])
    if region in ALIASES:
        return ALIASES[region]
    for language in LANGUAGES:
        if f"{low}-".startswith(f"{language.lower()}-"):
            return language
    return ALIASES["zh"] if low.startswith("zh-") else None


def preferred(accept_language: str | None, fallback: str = FALLBACK) -> str:
    """Our best answer to an ``Accept-Language`` header."""
    offers = []
    for place, part in enumerate((accept_language or "")[:500].split(",")):
        tag, _, weight = part.partition(";")
        language = ours(tag)
        if language and _weight(weight):
            offers.append((-_weight(weight), place, language))
    return min(offers)[2] if offers else fallback


def _weight(parameter: str) -> float:
    """1 where none is given; 0, which says "never", where it is nonsense."""
    if not parameter.strip():
        return 1.0
    found = WEIGHT.fullmatch(parameter)
    return float(found[1]) if found else 0.0
