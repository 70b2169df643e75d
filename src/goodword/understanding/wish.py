"""Does the customer wish to speak with a person? Tables of phrases in `lexicon/`, a few rules here."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from goodword.platform.words import clean, fold, scripts
from goodword.understanding.spelling import corrected

_LANGUAGES = (("en", "latin"), ("fr", "latin"), ("ko", "hangul"), ("zh", "han"), ("zh", "latin"))
_LIMIT = 2_000
_KEYS = frozenset({"0", "#", "0#", "*0", "0*", "00", "*", "#0"})
_CLAUSE = re.compile(r"[^.!?,;:…。！？，；：、~\n()（）]+[?？]?")
_IN_BRACKETS = re.compile(r"[(（][^()（）]{0,80}[)）]")
_PUNCTUATION = re.compile(r"[^\w?#*:■]+")


@dataclass(frozen=True)
class Wish:
    """Whether a person is wished for, how sure that is (0 to 1), and the part of the text that says so."""

    wanted: bool
    confidence: float
    phrase: str = ""


@dataclass(frozen=True)
class _Lexicon:
    spaced: bool
    verb_first: bool
    gap: int
    brief: int
    words: frozenset[str]
    alone: frozenset[str]
    roles: dict[str, re.Pattern[str]]


# What the tables see in a text, one number each, in the order of `signs`.
_ROLES = ("person", "maybe_person", "reach", "want", "serve", "sayings", "bot", "denial", "mention", "mask")
_STRENGTHS = (0.2, 0.5, 0.9)
SIGNS = len(_ROLES) + len(_STRENGTHS) + 3


def is_command(text: str) -> bool:
    """Whether `text` is nothing but a key or a word known from the telephone: "0#", "human please", "转人工"."""
    text = clean(text, _LIMIT)
    return _compact(text) in _KEYS or any(
        _is_alone(_masked(_line(text, lexicon), lexicon), lexicon) for lexicon in _lexicons(text)
    )


def signs(text: str) -> tuple[float, ...]:
    """What the tables see in `text`, in any clause: `SIGNS` numbers, 0 or 1.

    For a head that learned to weigh them: when the tables change much, `benchmarks/understanding.py fit` is due.
    """
    text = clean(text, _LIMIT)
    seen = [_signs(clause, language) for clause in _clauses(text) for language in _languages(text)]
    return tuple(float(any(column)) for column in zip(*seen, strict=True)) or (0.0,) * SIGNS


def wants_human(text: str) -> Wish:
    """The wish for a person in `text`, in English, French, Korean or Chinese; looks at 2,000 characters.

    Mentions ("your agent told me"), refusals ("no need for a human") and questions about the assistant
    ("are you a robot?") are not wishes. `confidence` is that of the answer given: near 1 both for a plain
    request and for a text that has nothing to do with it.
    """
    text = clean(text, _LIMIT)
    if _compact(text) in _KEYS:
        return Wish(True, 0.95, text.strip())
    clauses = list(_clauses(text))
    best = max(
        ((_strength(clause, lexicon), clause) for clause in clauses for lexicon in _lexicons(text)),
        default=(0.0, ""),
        key=lambda found: found[0],
    )
    if best[0] >= 0.5:
        return Wish(True, best[0], best[1])
    return Wish(False, round(1 - max(best[0], 0.03), 2))


def _clauses(text: str) -> Iterator[str]:
    """The parts between marks; where Chinese leaves the comma out, the parts between spaces as well."""
    outside = _IN_BRACKETS.sub(" ", text)
    for found in _CLAUSE.finditer(outside if outside.strip() else text):
        clause = found.group().strip()
        if not clause:
            continue
        parts = clause.split()
        if len(parts) > 1 and all(len(part) > 1 and "han" in scripts(part) for part in parts):
            yield from parts
        else:
            yield clause


def _lexicons(text: str) -> list[_Lexicon]:
    return [_lexicon(language) for language in _languages(text)]


def _languages(text: str) -> list[str]:
    found = scripts(text)
    return [language for language, script in _LANGUAGES if script in found]


def _compact(text: str) -> str:
    return re.sub(r"[\s.!?]+", "", fold(text))


def _strength(clause: str, lexicon: _Lexicon) -> float:
    line = _masked(_line(clause, lexicon), lexicon)
    if _is_alone(line, lexicon):
        return 0.93
    if _refuses_the_bot(line, lexicon):
        return 0.8
    if lexicon.roles["mention"].search(line) or lexicon.roles["denial"].search(line):
        return 0.25 if _names_a_person(line, lexicon) else 0.0
    return _asked_for(line, lexicon)


@lru_cache(maxsize=512)  # a message and its sentences have the same clauses
def _signs(clause: str, language: str) -> tuple[bool, ...]:
    lexicon = _lexicon(language)
    whole = _line(clause, lexicon)
    line = _masked(whole, lexicon)
    strength = _strength(clause, lexicon)
    return (
        *(bool(lexicon.roles[role].search(whole if role == "mask" else line)) for role in _ROLES),
        *(strength >= bound for bound in _STRENGTHS),
        _asked_for(line, lexicon) >= 0.5,
        _refuses_the_bot(line, lexicon),
        _is_alone(line, lexicon),
    )


def _line(clause: str, lexicon: _Lexicon) -> str:
    """The clause as the tables are written: words between single spaces, or no spaces at all."""
    words = _PUNCTUATION.sub(" ", fold(clause).replace("?", " ? ")).split()
    if not lexicon.spaced:
        return "".join(words)
    if len(clause) <= lexicon.brief:
        words = [corrected(word, lexicon.words) for word in words]
    return f" {' '.join(words)} "


def _masked(line: str, lexicon: _Lexicon) -> str:
    return lexicon.roles["mask"].sub("■", line)


def _is_alone(line: str, lexicon: _Lexicon) -> bool:
    bare = line.replace("?", "").strip()
    if bare in lexicon.alone:
        return True
    bare = lexicon.roles["around"].sub("", f" {bare} " if lexicon.spaced else bare)
    bare = re.sub(r"\s+", " ", bare).strip()
    return bare in lexicon.alone or _repeated(bare) in lexicon.alone


def _repeated(line: str) -> str:
    """The part that `line` consists of when it says one thing again and again, as in 人工人工人工."""
    found = re.fullmatch(r"(.{2,8}?)\1{1,20}", line)
    return found.group(1) if found else ""


def _refuses_the_bot(line: str, lexicon: _Lexicon) -> bool:
    first, second = ("denial", "bot") if lexicon.verb_first else ("bot", "denial")
    return _follows(line, first, second, lexicon)


def _names_a_person(line: str, lexicon: _Lexicon) -> bool:
    return any(lexicon.roles[role].search(line) for role in ("person", "maybe_person"))


def _asked_for(line: str, lexicon: _Lexicon) -> float:
    if lexicon.roles["sayings"].search(line):
        return 0.9
    brief = len(line) <= lexicon.brief
    if _in_order(line, "reach", "person", lexicon) and (brief or lexicon.roles["want"].search(line)):
        return 0.95
    if _in_order(line, "reach", "maybe_person", lexicon) and brief:
        return 0.9
    if _in_order(line, "want", "person", lexicon) and brief:
        return 0.9
    if _follows(line, "person", "serve", lexicon) and brief:
        return 0.8
    if _follows(line, "maybe_person", "serve", lexicon) and brief:
        return 0.6
    return 0.25 if _names_a_person(line, lexicon) else 0.0


def _in_order(line: str, verb: str, noun: str, lexicon: _Lexicon) -> bool:
    return _follows(line, verb, noun, lexicon) if lexicon.verb_first else _follows(line, noun, verb, lexicon)


def _follows(line: str, first: str, second: str, lexicon: _Lexicon) -> bool:
    starts = [found.end() for found in lexicon.roles[first].finditer(line)]
    if not starts:
        return False
    return any(
        0 <= found.start() - end <= lexicon.gap for found in lexicon.roles[second].finditer(line) for end in starts
    )


@cache
def _lexicon(language: str) -> _Lexicon:
    source = files(__package__).joinpath("lexicon", f"wish.{language}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    phrases = {role: value for role, value in table.items() if isinstance(value, list)}
    return _Lexicon(
        spaced=table["spaced"],
        verb_first=table["verb_first"],
        gap=table["gap"],
        brief=table["brief"],
        words=frozenset(_single_words(phrases)),
        alone=frozenset(phrases["alone"]),
        roles={role: _pattern(listed, table["spaced"]) for role, listed in phrases.items()},
    )


def _single_words(phrases: dict[str, list[str]]) -> Iterator[str]:
    for role in ("person", "maybe_person", "reach", "alone"):
        for phrase in phrases[role]:
            yield from phrase.split()


def _pattern(phrases: list[str], spaced: bool) -> re.Pattern[str]:
    """One expression for all phrases; a star stands for an ending (spaced) or for up to four characters."""
    star = "[a-z]*" if spaced else "[^■]{0,4}?"
    longest_first = sorted(phrases, key=len, reverse=True)
    choice = "|".join(re.escape(phrase).replace(r"\*", star) for phrase in longest_first) or "(?!)"
    return re.compile(rf"(?<![^ ])(?:{choice})s?(?![^ ])" if spaced else f"(?:{choice})")
