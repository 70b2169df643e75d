"""Which language is a text written in? Decided by writing, then by tables in `lexicon/`; no model needed."""

import re
from dataclasses import dataclass
from typing import Final

from goodword.platform.words import clean, han_evidence, script_counts
from goodword.understanding.profiles import chinese_words, common_words, japanese_characters, latin_profile

_LIMIT = 2_000
_SET_ASIDE = re.compile(
    # links, addresses, tags, order numbers, names of emoji
    r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\b[\w-]{0,40}\d[\w-]*|:[a-z_]+:",
    re.IGNORECASE | re.ASCII,
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_APOSTROPHES = str.maketrans("’‘ʼ＇`´", "''''''")
_BY_SCRIPT: Final = {
    "hangul": "ko",
    "greek": "el",
    "hebrew": "he",
    "devanagari": "hi",
    "bengali": "bn",
    "tamil": "ta",
    "thai": "th",
    "lao": "lo",
    "khmer": "km",
    "myanmar": "my",
    "georgian": "ka",
    "armenian": "hy",
}
_TELLTALE: Final = {
    "cyrillic": (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђћџљњј"), ("kk", "қғңұһә"), ("bg", "ѝ")),
    "arabic": (("ur", "ٹڈڑںے"), ("fa", "پچژگ")),
}
_DEFAULT: Final = {"cyrillic": "ru", "arabic": "ar"}
_LETTERS_PER_CHARACTER = 3  # one Han or Hangul character says about as much as three Latin letters

_WORDS_OF_A_SENTENCE = 3
_LETTERS_TO_BE_SURE = 12  # of words that no list knows


@dataclass(frozen=True)
class Language:
    """A BCP 47 tag ("en", "ko", "zh-Hans", "zh-Hant", "ja" ... or "und") and how sure it is, 0 to 1."""

    tag: str
    confidence: float


UNDETERMINED: Final = Language("und", 0.0)


def detect(text: str, *, hint: str | None = None) -> Language:
    """The language of `text`, from its first 2,000 characters.

    Links, e-mail addresses, tags and anything with a digit in it are left out, and names in Latin letters
    inside a Korean or Chinese text do not count. `hint` is what the customer is believed to speak, a BCP 47
    tag: it decides only where the text itself does not. "und" when there are no words and no hint.
    """
    text = _SET_ASIDE.sub(" ", clean(text, _LIMIT).translate(_APOSTROPHES))
    counts = script_counts(text)
    if not counts:
        return Language(hint, 0.2) if hint else UNDETERMINED
    latin = _latin(text, hint)
    script = _leading_script(counts, speaks_latin=_common_words_in(text, latin.tag) >= _WORDS_OF_A_SENTENCE)
    if script == "latin":
        return latin
    return _of_script(script, counts, text, hint)


def _common_words_in(text: str, tag: str) -> int:
    """How many words in small letters are common ones of the language: names and titles are written with capitals."""
    return sum(tag in common_words().get(word, ()) for word in _WORD.findall(text))


def _leading_script(counts: dict[str, int], *, speaks_latin: bool) -> str:
    """The writing that carries the sentence; Latin letters that make no sentence are names."""
    weights = {script: count * _LETTERS_PER_CHARACTER for script, count in counts.items() if script != "latin"}
    if not weights:
        return "latin"
    leading = max(weights, key=weights.__getitem__)
    if leading == "han" and "kana" in weights and weights["kana"] * 8 > weights["han"]:
        leading = "kana"
    own = counts.get("latin", 0) * (1.0 if speaks_latin else 0.25)
    return "latin" if own > sum(weights.values()) else leading


def _of_script(script: str, counts: dict[str, int], text: str, hint: str | None) -> Language:
    share = counts[script] / sum(counts.values())
    sure = round(0.8 + 0.19 * min(1.0, share), 2)
    if script in _BY_SCRIPT:
        return Language(_BY_SCRIPT[script], sure)
    if script == "kana":
        return Language("ja", sure)
    if script == "han":
        return _chinese(text, hint)
    letters = text.casefold()
    for tag, telltale in _TELLTALE.get(script, ()):
        if any(letter in telltale for letter in letters):
            return Language(tag, 0.85)
    return Language(_DEFAULT.get(script, "und"), sure)


def _chinese(text: str, hint: str | None) -> Language:
    """Simplified or traditional by the characters only one of them uses, then by words, then by the hint."""
    if hint == "ja" or any(char in japanese_characters() for char in text):
        return Language("ja", 0.7)
    simplified, traditional = han_evidence(text)
    if simplified != traditional:
        share = max(simplified, traditional) / (simplified + traditional)
        return Language("zh-Hans" if simplified > traditional else "zh-Hant", round(0.6 + 0.39 * share, 2))
    words = {tag: sum(word in text for word in listed) for tag, listed in chinese_words().items()}
    if words["zh-Hans"] != words["zh-Hant"]:
        return Language(max(words, key=words.__getitem__), 0.7)
    return Language(hint if hint in words else "zh-Hans", 0.55)


def _latin(text: str, hint: str | None) -> Language:
    words = [word.casefold() for word in _WORD.findall(text)]
    tag, confidence = latin_profile(words, hint)
    known = any(word in common_words() for word in words)
    if confidence < 0.5 and not known:
        return Language(hint, 0.3) if hint else Language("und" if confidence < 0.3 else tag, confidence)
    if hint and hint != tag and confidence < 0.45:
        return Language(hint, 0.4)
    if not known and sum(map(len, words)) < _LETTERS_TO_BE_SURE:
        return Language(tag, min(confidence, 0.65))
    return Language(tag, confidence)
